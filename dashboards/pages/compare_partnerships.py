"""Do partnerships differ by more than chance? Each with its interval, beside England and its group pooled."""

import dash
from dash import html

from dashboards import components, downloads
from dashboards.data import current_release, needs_release
from dashboards.query import Query
from dashboards.views.compare_partnerships import (
    View,
    download,
    group_choices,
    indicator_choices,
    period_choices,
    read_view,
)
from throughline import wording
from throughline.charts import comparison
from throughline.release import Release
from throughline.wording import comparison as words

QUESTION = "Do partnerships differ by more than chance?"
PATH = "/compare-partnerships"

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", order=2, notebook="compare_partnerships")
downloads.register(PATH, download)


@needs_release
def layout(indicator: str | None = None, group: str | None = None, period: str | None = None, **_) -> html.Div:
    """The page for one indicator, group and period."""
    release = current_release()
    query = Query({"indicator": indicator, "group": group, "period": period})
    view = read_view(release, query)
    catalogue, unit = view.catalogue, view.catalogue["unit"]
    cut = words.CUT_INTERVALS if comparison.is_cut(view.rows, view.references, unit) else ""
    per_cent = ", percentage" if unit == "proportion" else ""
    headline = words.comparison_headline(view.rows, unit, view.expected_flags)
    as_at = wording.as_at_in_words(release.as_at_date, release.is_synthetic)
    return components.page(
        "Compare partnerships",
        QUESTION,
        headline,
        components.key_figures("Key figures", key_figures(view)),
        form(release, view, query),
        components.warning(words.PART_PERIOD) if view.is_part_period else None,
        components.finding(
            "comparison",
            words.comparison_finding(view.rows, unit, catalogue["short_title"], view.group_name),
            f"{catalogue['title']}{per_cent}: {view.group_name}, {view.period_words}.",
            drawing(view),
            [
                comparison_table(view),
                components.download(downloads.address(PATH, view.chosen), "Download this table with its caveats (CSV)"),
            ],
            f"{cut}{words.NOT_A_PERFORMANCE_MEASURE} {catalogue['caveat']}",
            as_at,
            before=chart_key(view),
        ),
        definition(catalogue),
        problems=query.problems,
    )


def form(release: Release, view: View, query: Query) -> html.Form:
    """What can be chosen."""
    chosen = view.chosen
    lists = [
        ("indicator", "Measure", indicator_choices(release)),
        ("group", "Partnerships of", group_choices(release)),
        ("period", "Period", period_choices(release, chosen["indicator"])),
    ]
    return components.filter_form(
        PATH,
        "Choose what to compare",
        *(
            components.select(name, label, choices, chosen[name], query.problems.get(name))
            for name, label, choices in lists
        ),
    )


def key_figures(view: View) -> list[components.KeyFigure]:
    """England and the group together, how many stand out, and how many cases must wait."""
    unit = view.catalogue["unit"]
    pooled = [
        components.KeyFigure(
            row["area_name"], wording.value_or_symbol(row, unit), words.reference_detail(row, unit), "returns"
        )
        for row in view.references.iter_rows(named=True)
    ]
    if unit == "count":
        return pooled
    compared = view.rows["standing"].drop_nulls().len()
    return [
        *pooled,
        components.KeyFigure(
            "Partnerships that differ",
            f"{int(view.rows['differs'].sum())} of {compared}",
            f"from England, at 99.8%; chance alone: {words.flags_in_words(view.expected_flags)}",
            "returns",
        ),
        components.KeyFigure(
            "Too recent to count",
            wording.rounded(view.rows["immature"].fill_null(0).sum()),
            "cases in these partnerships, told apart",
            "returns",
        ),
    ]


def drawing(view: View) -> html.Div:
    """The dots, in one image with its text alternative."""
    unit = view.catalogue["unit"]
    alternative = words.comparison_alternative(
        view.rows, view.references, unit, view.catalogue["short_title"], view.group_name, view.period_words
    )
    # England's count would dwarf every partnership's, and none is to be read against it.
    lines = view.references.clear() if unit == "count" else view.references
    figure = comparison.dots_with_intervals(view.rows, lines, unit)
    return components.graph("comparison-dots", figure, alternative)


def chart_key(view: View) -> html.Ul:
    """What the marks stand for."""
    pooled = view.references.row(1, named=True)["area_name"]
    entries = [("dot", "Partnership, with its 95% interval, in name order")]
    if view.catalogue["unit"] != "count":
        entries += [("england", "England"), ("group", pooled)]
    if view.rows["differs"].any():
        entries.insert(1, ("differs", "Differs from England by more than chance (99.8%)"))
    return components.key(*entries)


def comparison_table(view: View) -> html.Div:
    """The same figures as words and numbers."""
    catalogue, unit = view.catalogue, view.catalogue["unit"]
    columns = [
        components.Column("Partnership"),
        components.Column("Cases", numeric=True),
        components.Column("Out of", numeric=True),
        components.Column(wording.UNIT_IN_WORDS[unit], numeric=True),
        components.Column("95% interval", numeric=True),
        components.Column("Too recent to count", numeric=True),
        components.Column("Compared with England"),
    ]
    rows = [table_row(row, unit, "Not compared: pooled figure") for row in view.references.iter_rows(named=True)]
    rows += [table_row(row, unit, words.standing_in_words(row, unit)) for row in view.rows.iter_rows(named=True)]
    no_base = ["z"] if unit == "count" else []
    symbols = wording.symbol_note([*view.rows["status"], *view.references["status"], *no_base])
    meaning = f"Cases: {lower_first(catalogue['numerator'])}. Out of: {lower_first(catalogue['denominator'])}."
    note = " ".join(part for part in (meaning, symbols, words.immature_sentence(view.rows)) if part)
    caption = f"{catalogue['title']}, {view.group_name}, {view.period_words}"
    return components.table("comparison-table", caption, columns, rows, note)


def table_row(row: dict, unit: str, compared: str) -> list[str]:
    """One row of the table; whatever has no number shows its status."""
    status = f"[{row['status'] if row['status'] != 'ok' else 'z'}]"
    shown = row["value"] is not None

    def count(name: str) -> str:
        places = 1 if name == "denominator" and unit == "observed_over_expected" else 0
        return wording.rounded(row[name], places) if row[name] is not None else status

    return [
        row["area_name"],
        count("numerator"),
        count("denominator"),
        wording.value_or_symbol(row, unit),
        wording.interval(row["lower95"], row["upper95"], unit) if shown else status,
        count("immature"),
        compared,
    ]


def lower_first(text: str) -> str:
    """A catalogue entry as part of a sentence."""
    return text[0].lower() + text[1:]


def definition(catalogue: dict) -> html.Section:
    """How the indicator is defined, word for word from the catalogue."""
    year_of = wording.FIELD_IN_WORDS.get(catalogue["cohort_date"], catalogue["cohort_date"])
    matures = catalogue["matures_after_working_days"]
    time = f"A case counts once it has had {matures} working days." if matures else "A case counts at once."
    return components.statements(
        "definition",
        "How this measure is defined",
        [
            ("Counted", catalogue["numerator"] + "."),
            ("Out of", catalogue["denominator"] + "."),
            ("Left out", catalogue["exclusions"] + "."),
            (
                "Year and time",
                f"The year is that of {year_of}. {time}",
            ),
            ("Interval", wording.METHOD_IN_WORDS[catalogue["method"]]),
            ("Source", catalogue["source"] + "."),
        ],
    )
