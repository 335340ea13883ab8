"""The table that stands beside the dots of a comparison, and the statements that say how its measure is defined."""

from urllib.parse import urlencode

from throughline import wording
from throughline.analyses.comparison_view import View
from throughline.analyses.ended_partnerships import ended_in
from throughline.release import Release
from throughline.report import Column, Link, Statements, Table
from throughline.wording import breakdowns
from throughline.wording import comparison as words
from throughline.wording.medians import cases_heading
from throughline.wording.standing import POOLED, earlier_in_words, pooled_in_words, standing_in_words

YEARS_BACK = {"year": 1, "three_years": 3}


def comparison_table(view: View) -> Table:
    """The same figures as words and numbers."""
    shows_earlier = bool(view.rows["earlier"].drop_nulls().len())
    columns = [
        Column("Partnership"),
        *figure_columns(view.unit, view.catalogue["indicator"]),
        *([Column("Too recent to count", numeric=True)] if view.shows_immature else []),
        Column("Compared with England"),
        *([Column(f"Compared with its own {earlier_years(view)}")] if shows_earlier else []),
    ]
    rows = []
    for row in view.references.iter_rows(named=True):
        rows.append([row["area_name"], *figures(row, view), pooled_in_words(row)])
    for row in view.rows.iter_rows(named=True):
        rows.append([name_of(row, view.release), *figures(row, view), standing_in_words(row, view.unit)])
    if shows_earlier:
        pooled = [POOLED] * view.references.height
        own = [earlier_in_words(row, view.unit) for row in view.rows.iter_rows(named=True)]
        rows = [[*cells, said] for cells, said in zip(rows, [*pooled, *own], strict=True)]
    caption = f"{view.title}, {view.group_name}, {view.period_words}"
    return Table("comparison-table", caption, columns, rows, note(view))


def earlier_years(view: View) -> str:
    """The whole period just before this one that shares no year with it, as a column's heading says it."""
    years = YEARS_BACK[view.period_type]
    last = int(view.period[-4:]) - years
    return f"{last - 2} to {last}" if years > 1 else str(last)


def name_of(row: dict, release: Release) -> str | Link:
    """A partnership's name, which leads to its profile; one that has ended has none, and its last month instead."""
    ended = ended_in(release).get(row["area_code"])
    if ended:
        return words.ended(row["area_name"], ended)
    return Link(row["area_name"], f"/profile?{urlencode({'partnership': row['area_code']})}")


def note(view: View) -> str:
    """What the columns count, and every letter and gap in them."""
    counted, out_of, _ = breakdowns.counted(view.catalogue, view.breakdown)
    shown = [*view.references.iter_rows(named=True), *view.rows.iter_rows(named=True)]
    no_base = ["z"] if view.unit == "count" else []
    parts = (
        f"{cases_heading(view.unit, view.catalogue['indicator'])}: {lower_first(counted)}. "
        f"Out of: {lower_first(out_of)}.",
        wording.symbol_note([*shown, *no_base]),
        words.fraction_note(view.rows, view.unit),
        words.immature_sentence(view.rows),
        words.ENDED if ended_in(view.release).keys() & set(view.rows["area_code"]) else "",
    )
    return " ".join(part for part in parts if part)


def figures(row: dict, view: View) -> list[str]:
    """The cells of one row that hold numbers, those too recent to count among them where any are told."""
    if not view.shows_immature:
        return figure_cells(row, view.unit)
    untold = "Not told" if row["status"] == "ok" else letter(row)
    immature = untold if row["immature"] is None else wording.rounded(row["immature"])
    return [*figure_cells(row, view.unit), immature]


def figure_columns(unit: str, indicator: str) -> list[Column]:
    """The headings of a figure's cells."""
    return [
        Column(cases_heading(unit, indicator), numeric=True),
        Column("Out of", numeric=True),
        Column(wording.UNIT_IN_WORDS[unit], numeric=True),
        Column("95% interval", numeric=True),
    ]


def figure_cells(row: dict, unit: str) -> list[str]:
    """A figure's cells: its counts, the value and the interval; whatever has none shows its status."""
    places = 1 if unit == "observed_over_expected" else 0
    numerator, denominator = row["numerator"], row["denominator"]
    return [
        letter(row) if numerator is None else wording.rounded(numerator),
        letter(row) if denominator is None else wording.rounded(denominator, places),
        wording.value_or_symbol(row, unit),
        wording.interval(row["lower95"], row["upper95"], unit) if row["value"] is not None else letter(row),
    ]


def letter(row: dict) -> str:
    """The symbol in place of a number that a row has not."""
    return f"[{row['status'] if row['status'] != 'ok' else 'z'}]"


def lower_first(text: str) -> str:
    """A catalogue entry as part of a sentence."""
    return text[0].lower() + text[1:]


def definition(view: View) -> Statements:
    """How the indicator is defined, word for word from the catalogue, and why nothing is ranked by it."""
    catalogue = view.catalogue
    counted, out_of, left_out = breakdowns.counted(catalogue, view.breakdown)
    return Statements(
        "definition",
        "How this measure is defined",
        [
            ("Counted", counted + "."),
            ("Out of", out_of + "."),
            ("Left out", left_out + "."),
            ("Year and time", year_and_time(catalogue)),
            ("Interval", wording.METHOD_IN_WORDS[catalogue["method"]]),
            ("Why nothing is ranked", words.why_no_rank(view.rows, view.direction)),
            ("Source", catalogue["source"] + "."),
        ],
    )


def year_and_time(catalogue: dict) -> str:
    """Which day decides the year, and what time must have passed; where that is no count of days, "Out of" says it."""
    year = f"The year is that of {wording.FIELD_IN_WORDS[catalogue['cohort_date']]}."
    matures = catalogue["matures_after_working_days"]
    if matures is None:
        return f"{year} A case counts once the time named under “Out of” is over."
    if not matures:
        return f"{year} No time has to pass before a case counts."
    return f"{year} A case counts once it has had {matures} working days."
