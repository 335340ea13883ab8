"""A quality profile of a draft set of recommendations, beside England's shares: something to hand back, not a grade."""

from datetime import date
from pathlib import Path

import polars as pl

from throughline.analyses.asked_before import codes_in_words
from throughline.charts import shares
from throughline.draft_recommendations import TEXT, Draft
from throughline.draft_shares import coded_rows
from throughline.query import Choice
from throughline.release import Release
from throughline.repetition.draft_words import Told, read_words
from throughline.report import Chart, Column, Filter, Finding, Report, Statements, Table
from throughline.report_files.facts import words as words_of
from throughline.wording import interval, measures, period_in_words, rounded, symbol_note
from throughline.wording import quality_profile as words

PATH = "/quality-profile"
TEXTS = "texts-table"


def quality_profile(draft: Draft, release: Release | None) -> Report:
    """The profile of a draft; where there is a release, beside the newest three years published of England."""
    told = [read_words(text) if text else None for text in draft.rows[TEXT]]
    rows, period = coded_rows(draft, release)
    raised = raised_by(told)
    texts = sum(one is not None for one in told)
    findings = [
        *([codes_finding(draft, rows, period)] if rows.height else []),
        *([change_finding(draft)] if "change_type" in draft.codes else []),
        words_finding(raised, texts),
        texts_finding(draft, told),
    ]
    return Report(
        PATH,
        "Quality profile",
        words.QUESTION,
        words.answer(draft.rows.height, first_counts(rows, raised, texts)),
        release.as_at_date if release else date.today(),
        release.release_id if release else "none",
        release.is_synthetic if release else False,
        findings,
        filters=(Filter("draft", "Draft", (Choice(draft.file, draft.file),), draft.file),),
        notices=() if rows.height else (words.NOT_CODED,),
        statements=(Statements("not-a-grade", "How to read this profile", words.NOT_A_GRADE),),
    )


def raised_by(told: list[Told | None]) -> dict[str, int]:
    """How many texts raise each question."""
    flags = [words.flags_of(one) for one in told if one is not None]
    return {name: sum(one[name] for one in flags) for name in words.FLAGS}


def first_counts(rows: pl.DataFrame, raised: dict[str, int], texts: int) -> list[str]:
    """What the first sentence tells: by codes where they are given, else by words."""
    counts = coded_counts(rows)
    flags = ["several_asks"] if counts else ["training_only", "no_agency", "several_asks"]
    return [*counts, *(words.count_said(raised[flag], texts, words.RAISED[flag]) for flag in flags if texts)]


def coded_counts(rows: pl.DataFrame) -> list[str]:
    """Training, structure and addressees by the codes, those of them that are coded."""
    held = {row["breakdown"]: row for row in rows.iter_rows(named=True) if row["denominator"]}
    return [
        words.count_said(int(held[name]["numerator"]), int(held[name]["denominator"]), said)
        for name, said in words.CODED.items()
        if name in held
    ]


def codes_finding(draft: Draft, rows: pl.DataFrame, period: str) -> Finding:
    """Every share that the codes give, each beside England's."""
    beside = f"England: {period_in_words('three_years', period)}." if period else "No figure of England is published."
    drawn = bool(rows["value"].drop_nulls().len())
    what = "Share of this draft, by the codes it was given"
    key = [("dot", "This draft, with its 95% interval")]
    key += [("england-square", "England, with its 95% interval")] if rows["england_value"].drop_nulls().len() else []
    alternative = measures.shares_alternative(rows, what, "this draft", "as it was read")
    return Finding(
        "codes",
        words.codes_heading(coded_counts(rows)),
        f"{what}. {beside}",
        (Chart("codes-chart", shares.beside_england(rows), alternative),) if drawn else (),
        tuple(key),
        (codes_table(draft, rows),),
        () if drawn else (measures.why_hidden(rows),),
        words.CODES_CAVEAT,
    )


def codes_table(draft: Draft, rows: pl.DataFrame) -> Table:
    """The same as fractions, with England's percentage."""
    lines = [
        [
            row["name"],
            row["label"] if row["denominator"] else "[z]",
            interval(row["lower95"], row["upper95"], "proportion") if row["value"] is not None else "[z]",
            row["england_shown"],
            interval(row["england_lower95"], row["england_upper95"], "proportion")
            if row["england_value"] is not None
            else row["england_shown"],
        ]
        for row in rows.iter_rows(named=True)
    ]
    columns = [
        Column("Share"),
        Column("This draft", numeric=True),
        Column("95% interval", numeric=True),
        Column("England", numeric=True),
        Column("England's 95% interval", numeric=True),
    ]
    england = [{"status": row["england_status"], "reason": row["england_reason"]} for row in rows.iter_rows(named=True)]
    missing = (
        "[x] means not available: no such figure is published." if any(row["status"] == "x" for row in england) else ""
    )
    others = symbol_note([*rows.iter_rows(named=True), *(row for row in england if row["status"] != "x")])
    note = " ".join(part for part in (words.codes_note(draft.not_understood), missing, others) if part)
    return Table("codes-table", "This draft by its codes, beside England", columns, lines, note)


def change_finding(draft: Draft) -> Finding:
    """Kinds of change in the order of the code list."""
    held = dict(draft.rows.group_by("change_type").len().iter_rows())
    rows = [
        [name, f"{rounded(held[code])} of {rounded(draft.rows.height)}"]
        for code, name in {**codes_in_words("change_type"), None: "Not coded"}.items()
        if code in held
    ]
    columns = [Column("Kind of change"), Column("This draft", numeric=True)]
    kinds = len(held) - (None in held)
    return Finding(
        "change",
        f"{rounded(kinds)} {'kind' if kinds == 1 else 'kinds'} of change",
        "Recommendations of this draft by kind of change.",
        tables=(Table("change-table", "Kinds of change in this draft", columns, rows),),
    )


def words_finding(raised: dict[str, int], texts: int) -> Finding:
    """How many texts raise each question by their words alone."""
    rows = [
        [words.FLAGS[name], f"{rounded(number)} of {rounded(texts)}" if texts else "[z]"]
        for name, number in raised.items()
    ]
    columns = [Column("Question that the words raise"), Column("This draft", numeric=True)]
    note = "" if texts else "[z] means not applicable: no words can be read."
    return Finding(
        "words",
        words.words_heading(raised, texts),
        "What the words alone can tell.",
        tables=(Table("words-table", "What the words of this draft leave open", columns, rows, note),),
        caveat=words.WORDS_CAVEAT,
    )


def texts_finding(draft: Draft, told: list[Told | None]) -> Finding:
    """Each recommendation with its own questions: the part to hand back."""
    rows = []
    for row, one in zip(draft.rows.iter_rows(named=True), told, strict=True):
        if one is None:
            rows.append([row["name"], "[z]", words.HELD_BACK if row["is_held_back"] else words.WITHOUT_WORDS])
        else:
            rows.append([row["name"], row[TEXT], words.flags_said(words.flags_of(one), one.asks)])
    columns = [Column("Recommendation"), Column("Its words"), Column("What to ask")]
    note = "[z] means not applicable: there are no words to show." if any(one is None for one in told) else ""
    return Finding(
        "texts",
        "One by one",
        "The draft's own words, with the questions that they raise.",
        tables=(Table(TEXTS, "Each recommendation of this draft", columns, rows, note),),
    )


def profile_lines(report: Report) -> list[str]:
    """The profile for a terminal; the recommendations are named there and not quoted."""
    lines = [report.question, f"  {report.answer}", *(f"  {notice}" for notice in report.notices)]
    for one in report.findings:
        lines += ["", one.heading]
        for table in one.tables:
            lines += table_lines(table)
        lines += [f"  {one.caveat}"] if one.caveat else []
    for group in report.statements:
        lines += ["", group.title, *(f"  {claim}: {reason}" for claim, reason in group.items)]
    return lines


def table_lines(table: Table) -> list[str]:
    """A table as aligned columns, without the words of the draft."""
    left_out = {1} if table.name == TEXTS else set()
    rows = [[column.heading for column in table.columns], *([words_of(cell) for cell in row] for row in table.rows)]
    kept = [[cell for place, cell in enumerate(row) if place not in left_out] for row in rows]
    widths = [max(len(row[place]) for row in kept) for place in range(len(kept[0]))]
    lines = [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in kept
    ]
    return [*lines, *([f"  {table.note}"] if table.note else [])]


def write_profile(report: Report, release: Release, file: Path) -> Path:
    """The profile as one HTML page that opens anywhere, with the draft's own words."""
    from throughline.packs.page import Section, render

    title = f"Quality profile of a draft: {report.filters[0].in_words}"
    page = render(title, words.READER, "this draft", release, [Section("quality_profile", report)])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8")
    return file
