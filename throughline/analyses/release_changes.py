"""This release against an earlier one: which returns are new, what each figure was, what is measured, what made it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from throughline import wording
from throughline.charts import shares
from throughline.query import Choice, Query
from throughline.release import Release, earlier_releases
from throughline.report import Column, Filter, Finding, Table
from throughline.wording import overview as words
from throughline.wording.about_release import no_such_release

AGAINST = "against"  # the name of the earlier release in an address


@dataclass(frozen=True)
class Changes:
    """What is new, gone or kept among the returns, and the release before, where there is one."""

    before: Release | None
    new: frozenset[str]
    gone: frozenset[str]

    @property
    def as_at_before(self) -> date | None:
        """The day of the release before."""
        return self.before.as_at_date if self.before else None


def choose_earlier(release: Release, query: Query) -> tuple[Release | None, tuple[Filter, ...]]:
    """The release to compare with, the one before unless another is asked for; and what to choose from, if anything."""
    older = earlier_releases(release)
    by_name = {one.release_id: one for one in older}
    asked = query.given.get(AGAINST)
    if asked and asked not in by_name:
        query.problems[AGAINST] = no_such_release(asked)
    chosen = by_name.get(asked, older[0] if older else None)
    if len(older) < 2:
        return chosen, ()
    choices = tuple(Choice(one.release_id, words.release_named(one.as_at_date, one.release_id)) for one in older)
    against = chosen.release_id
    return chosen, (Filter(AGAINST, "Compare with the release", choices, against, query.problems.get(AGAINST, "")),)


@lru_cache(maxsize=8)
def changes(release: Release, before: Release | None) -> Changes:
    """Which submissions are counted here and were not before, and the other way round."""
    if before is None:
        return Changes(None, frozenset(), frozenset())
    now, then = (frozenset(one.manifest.get("submissions", [])) for one in (release, before))
    return Changes(before, now - then, then - now)


def finding(release: Release, change: Changes, then: pl.DataFrame | None, now: pl.DataFrame, place: str) -> Finding:
    """What changed, counted; never which partnership's return it was. `then` and `now` are the place's figures."""
    heading = words.change_heading(len(change.new), len(change.gone), release.as_at_date, change.as_at_before)
    measured = "Returns, figures, measures and versions of this release and of an earlier one."
    if change.before is None or then is None:
        return Finding("changed", heading, measured, notices=(words.NO_EARLIER,))
    return Finding(
        "changed",
        heading,
        measured,
        tables=(
            Table(
                "changed-table",
                f"This release and the earlier one ({change.before.release_id})",
                (Column("What"), Column("Before", numeric=True), Column("Now", numeric=True), Column("Change")),
                [*counted(release, change), *versions(release, change.before)],
            ),
            figures_table(then, now, place),
        ),
        caveat="A return that replaces an earlier one counts as new, and the one that it replaces as no longer "
        "counted. A figure can also move because a measure or a program changed.",
    )


def figures_table(then: pl.DataFrame, now: pl.DataFrame, place: str) -> Table:
    """Each figure of one place and period as the earlier release had it and as this one has it."""
    measure = ("indicator", "breakdown")
    earlier = {tuple(row[name] for name in measure): row for row in then.iter_rows(named=True)}
    rows = []
    for row in now.iter_rows(named=True):
        before = earlier.get(tuple(row[name] for name in measure))
        rows.append([row["name"], shares.said(before) if before else "[x]", shares.said(row)])
    columns = (Column("Measure"), Column("Before", numeric=True), Column("Now", numeric=True))
    return Table("figures-table", f"The same figures in both releases, {place}", columns, rows, words.FIGURES_OF_BOTH)


def counted(release: Release, change: Changes) -> list[list[str]]:
    """The rows that are counts."""
    before = change.before
    measures_now, measures_then = (set(one.indicators()["indicator"]) for one in (release, before))
    published_now, published_then = (one.published_notifications().height for one in (release, before))
    returns_now, returns_then = (len(one.manifest.get("submissions", [])) for one in (release, before))
    added = sorted(measures_now - measures_then)
    gone = sorted(measures_then - measures_now)
    said = [f"new: {wording.listed(added)}" if added else "", f"gone: {wording.listed(gone)}" if gone else ""]
    return [
        [
            "Data as at",
            wording.full_date(before.as_at_date),
            wording.full_date(release.as_at_date),
            "The same day" if before.as_at_date == release.as_at_date else "Newer",
        ],
        [
            "Returns counted",
            wording.rounded(returns_then),
            wording.rounded(returns_now),
            f"{len(change.new)} new, {len(change.gone)} no longer counted",
        ],
        ["Measures", str(len(measures_then)), str(len(measures_now)), "; ".join(filter(None, said)) or "The same"],
        [
            "Figures published by DfE",
            str(published_then),
            str(published_now),
            "The same number" if published_now == published_then else f"{published_now - published_then:+d}",
        ],
    ]


def versions(release: Release, before: Release) -> list[list[str]]:
    """Programs of which another version made this release."""
    now, then = (one.manifest.get("versions", {}) for one in (release, before))
    return [
        [f"Program: {name}", then.get(name, "not used"), now.get(name, "not used"), "Another version"]
        for name in sorted({*now, *then})
        if now.get(name) != then.get(name)
    ]
