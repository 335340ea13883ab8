"""Has this been recommended before? The nearest earlier recommendations, and the history of their theme."""

from collections.abc import Sequence
from functools import cache, lru_cache

import polars as pl

from throughline.query import Choice, Query, in_order_of_label
from throughline.release import Release, Viewer
from throughline.repetition.ask import LONGEST_TEXT, MOST_IN_A_PLACE, Answer, ask
from throughline.report import Column, Filter, Finding, Report, Statements, Table, TextFilter
from throughline.wording import asked_before as words
from throughline.wording import full_date, listed, short_name
from throughline.workspace import PROJECT

PATH = "/has-this-been-recommended-before"
ANYWHERE = "any"
FOUND = (
    "Earlier recommendation",
    "How alike",
    "Words or meanings in both",
    "Partnership",
    "Made",
    "Asked of",
    "What came of it",
)
CODE_LISTS = PROJECT / "seeds" / "code_lists.csv"


@cache
def codes_in_words(code_list: str) -> dict[str, str]:
    """What each code of a list means."""
    from throughline.door.specification import read_code_lists

    return {code.code: code.label for code in read_code_lists(CODE_LISTS)[code_list]}


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The report on the draft text in the address, as seen from a partnership where one is chosen."""
    text = (query.given.get("text") or "").strip()
    problems = query.problems
    if len(text) > LONGEST_TEXT:
        problems["text"] = f"Write {LONGEST_TEXT:,} characters at most. Only the first of them were looked at."
        text = text[:LONGEST_TEXT]
    choices = partnership_choices(release, viewer)
    partnership = query.choose("partnership", "partnership", choices, choices[0].value)
    theme = theme_named(text)
    code = None if partnership == ANYWHERE else partnership
    found = ask(release, viewer, "" if theme else text, code)
    rows = found.found.to_dicts()
    theme = theme or likely_theme(rows)
    is_public = viewer.role == "public"
    findings = [near(release, place, found) for place in found.places if text and not theme_named(text)]
    if theme:
        findings.append(history(release, viewer, theme, code))
    return Report(
        path=PATH,
        topic="Recommendations",
        question=words.QUESTION,
        answer=theme_answer(release, viewer, theme)
        if theme_named(text)
        else words.answer(rows, found.places, bool(text), is_public, MOST_IN_A_PLACE),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        filters=(
            TextFilter("text", "Draft recommendation or theme", words.HINT, text, problems.get("text", "")),
            Filter("partnership", "As seen from", choices, partnership, problems.get("partnership", "")),
        ),
        findings=findings,
        notices=() if is_public or found.looked_at else ("This release holds no recommendation that you may read.",),
        statements=(
            Statements("likeness", "How alike is alike", [*words.LIKENESSES_EXPLAINED, ("Method", words.METHOD_NOTE)]),
        ),
        problems=problems,
    )


def partnership_choices(release: Release, viewer: Viewer) -> list[Choice]:
    """The partnerships from which a reader may look: their own, those of their region, or all."""
    areas = release.areas().filter((pl.col("area_type") == "partnership") & pl.col("is_current"))
    if viewer.role == "partnership":
        own = areas.filter(pl.col("area_code") == viewer.area_code)
        named = [Choice(code, short_name(name)) for code, name in own.select("area_code", "area_name").iter_rows()]
        return named or [Choice(ANYWHERE, "England")]
    if viewer.role == "region":
        areas = areas.filter(pl.col("region_code") == viewer.area_code)
    named = (Choice(code, short_name(name)) for code, name in areas.select("area_code", "area_name").iter_rows())
    return [Choice(ANYWHERE, "The whole region" if viewer.role == "region" else "England"), *in_order_of_label(named)]


def theme_named(text: str) -> str | None:
    """The theme whose code or name is all that was written."""
    written = text.casefold().strip(" .")
    themes = codes_in_words("theme").items()
    return next((code for code, label in themes if written in (code.casefold(), label.casefold())), None)


def likely_theme(rows: Sequence[dict]) -> str | None:
    """The theme of most of what was found to be the same or related; none where nothing was."""
    themes = [row["theme_primary"] for row in rows if row["likeness"] != "same_theme" and row["theme_primary"]]
    return max(sorted(set(themes)), key=themes.count) if themes else None


@lru_cache(maxsize=4)
def partnership_names(release: Release) -> dict[str, str]:
    """The short name of each partnership, by its code."""
    areas = release.areas().filter(pl.col("area_type") == "partnership")
    return {code: short_name(name) for code, name in areas.select("area_code", "area_name").iter_rows()}


def near(release: Release, place: str, found: Answer) -> Finding:
    """What was found in one place, with what came of it."""
    rows = found.found.filter(pl.col("place") == place).to_dicts()
    names = partnership_names(release)
    shown = [
        [
            row["rec_text"],
            words.LIKENESSES[row["likeness"]],
            listed(sorted(row["shared"])) or "none",
            names[row["partnership_code"]],
            full_date(row["date_made"]),
            listed([codes_in_words("agency").get(code, code) for code in row["targets"].split(";")]),
            words.came_of_it(row),
        ]
        for row in rows
    ]
    columns = [Column(heading) for heading in FOUND]
    return Finding(
        name=f"near-{place}",
        heading=words.place_heading(place, rows, MOST_IN_A_PLACE),
        measured=f"The likeliest {MOST_IN_A_PLACE} at most, nearest first. Free text is shown as it was sent.",
        tables=[Table(f"near-{place}-table", words.PLACES[place], columns, shown)] if shown else [],
        caveat=words.NOT_A_JUDGEMENT if shown else "",
    )


def theme_answer(release: Release, viewer: Viewer, theme: str) -> str:
    """The first sentence where a theme was asked about."""
    label = codes_in_words("theme")[theme]
    if viewer.role == "public":
        return words.public_theme(public_row(release, theme), label)
    return heading_of(label, of_theme(release, viewer, theme)) + "."


def public_row(release: Release, theme: str) -> dict | None:
    """The theme's row in what everybody may read."""
    rows = release.table("recurring_themes").filter(pl.col("theme_primary") == theme)
    return rows.row(0, named=True) if rows.height else None


@lru_cache(maxsize=64)
def of_theme(release: Release, viewer: Viewer, theme: str) -> pl.DataFrame:
    """How many recommendations of a theme, main or second, the reader may read of each partnership and year."""
    year = pl.col("date_made").dt.offset_by("-3mo").dt.year() + 1
    return (
        release.recommendations(viewer)
        .filter((pl.col("theme_primary") == theme) | (pl.col("theme_secondary") == theme).fill_null(False))
        .group_by("partnership_code", reporting_year=year)
        .agg(
            recommendations=pl.len(),
            done=(pl.col("action_status") == "DONE").sum(),
            own=pl.col("is_own").sum(),
        )
        .collect()
    )


def heading_of(label: str, rows: pl.DataFrame) -> str:
    """How often a theme came up, and in how many partnerships."""
    return words.theme_heading(label, rows["recommendations"].sum(), rows["partnership_code"].n_unique())


def history(release: Release, viewer: Viewer, theme: str, code: str | None) -> Finding:
    """When a theme came up, where, how often, whether it was done, and how often in the partnership looked from."""
    label = codes_in_words("theme")[theme]
    if viewer.role == "public":
        return Finding(
            name="theme-history",
            heading=f"“{label}” in England",
            measured="Counted by partnership and not by document, in the months that the radar looks back.",
            notices=[words.public_theme(public_row(release, theme), label)],
        )
    rows = of_theme(release, viewer, theme)
    is_own = pl.col("own") if code is None else pl.col("recommendations").filter(pl.col("partnership_code") == code)
    yearly = (
        rows.group_by("reporting_year")
        .agg(
            pl.col("recommendations").sum(),
            pl.col("partnership_code").n_unique().alias("partnerships"),
            pl.col("done").sum(),
            is_own.sum().alias("own"),
        )
        .sort("reporting_year")
    )
    columns = [
        Column("Year ending March"),
        Column("Recommendations", numeric=True),
        Column("Partnerships", numeric=True),
        Column("Marked done", numeric=True),
    ]
    own = words.own_column(partnership_names(release).get(code) if code else None, viewer.role)
    if own:
        columns.append(Column(own, numeric=True))
    else:
        yearly = yearly.drop("own")  # all that there are
    shown = [[str(cell) for cell in row] for row in yearly.iter_rows()]
    return Finding(
        name="theme-history",
        heading=heading_of(label, rows),
        measured="Recommendations that you may read with this as main or second theme, by the day they were made.",
        tables=[Table("theme-history-table", f"History of “{label}”", columns, shown)] if shown else [],
        caveat="Outside your own areas only recommendations count that may be shared, so this is not all that was said."
        if viewer.role != "panel"
        else "",
    )


def answer_lines(release: Release, viewer: Viewer, text: str, partnership_code: str | None = None) -> list[str]:
    """The same answer for a terminal; raises ValueError where there is no such partnership to look from."""
    report = analyse(release, viewer, Query({"text": text, "partnership": partnership_code}))
    if "partnership" in report.problems:
        choices = [choice.value for choice in partnership_choices(release, viewer)]
        raise ValueError(f"partnership {partnership_code!r}: write one of {', '.join(choices)}")
    lines = [*report.problems.values(), report.answer]
    for found in report.findings:
        lines += ["", found.heading]
        for table in found.tables:
            headings = [column.heading for column in table.columns]
            for row in table.rows:
                first, *rest = row
                lines.append(f"  {first}")
                lines.append(
                    "    " + "; ".join(f"{name}: {cell}" for name, cell in zip(headings[1:], rest, strict=True))
                )
        lines += [f"  {found.caveat}"] if found.caveat else []
    return lines
