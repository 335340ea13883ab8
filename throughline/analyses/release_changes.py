"""This release against the one before it: which returns are new, what is measured, and what made it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from throughline import wording
from throughline.release import LAYOUT, Release, list_releases
from throughline.report import Column, Finding, Table
from throughline.wording import overview as words
from throughline.workspace import Workspace


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


def release_before(release: Release) -> Release | None:
    """The newest release older than this one that this version can read."""
    workspace = Workspace(release.folder.parent.parent)
    older = [one for one in list_releases(workspace) if one.release_id < release.release_id]
    readable = [one for one in older if one.manifest.get("layout") == LAYOUT]
    return readable[-1] if readable else None


@lru_cache(maxsize=8)
def changes(release: Release) -> Changes:
    """Which submissions are counted here and were not before, and the other way round."""
    before = release_before(release)
    if before is None:
        return Changes(None, frozenset(), frozenset())
    now, then = (frozenset(one.manifest.get("submissions", [])) for one in (release, before))
    return Changes(before, now - then, then - now)


def finding(release: Release, change: Changes) -> Finding:
    """What changed, counted; never which partnership's return it was."""
    heading = words.change_heading(len(change.new), len(change.gone), release.as_at_date, change.as_at_before)
    measured = "Returns, measures and versions of this release and of the one before it."
    if change.before is None:
        return Finding("changed", heading, measured, notices=(words.NO_EARLIER,))
    return Finding(
        "changed",
        heading,
        measured,
        tables=(
            Table(
                "changed-table",
                f"This release and the one before it ({change.before.release_id})",
                (Column("What"), Column("Before", numeric=True), Column("Now", numeric=True), Column("Change")),
                [*counted(release, change), *versions(release, change.before)],
            ),
        ),
        caveat="A return that replaces an earlier one counts as new, and the one that it replaces as no longer "
        "counted. A figure can also move because a measure or a program changed.",
    )


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
