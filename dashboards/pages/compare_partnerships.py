"""Do partnerships differ by more than chance? Each with its interval, beside England and its group pooled."""

import dash
import polars as pl
from dash import html

from dashboards import components, downloads
from dashboards.data import current_release, needs_release, neighbours_model_year
from dashboards.views.compare_partnerships import View, download, read_view
from dashboards.views.comparison_tables import comparison_table, definition
from throughline import wording
from throughline.charts import comparison
from throughline.query import Query
from throughline.wording import comparison as words

QUESTION = "Do partnerships differ by more than chance?"
PATH = "/compare-partnerships"

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", order=2, notebook="compare_partnerships")
downloads.register(PATH, download)


@needs_release
def layout(
    indicator: str | None = None,
    breakdown: str | None = None,
    group: str | None = None,
    period: str | None = None,
    **_,
) -> html.Div:
    """The page for one indicator, breakdown, group and period."""
    release = current_release()
    query = Query({"indicator": indicator, "breakdown": breakdown, "group": group, "period": period})
    view = read_view(release, query)
    cut = words.CUT_INTERVALS if comparison.is_cut(view.rows, view.references, view.unit) else ""
    measured = {"proportion": ", percentage", "days": ", days"}.get(view.unit, "")
    return components.page(
        "Compare partnerships",
        QUESTION,
        words.comparison_headline(view.rows, view.unit, view.expected_flags),
        components.key_figures("Key figures", key_figures(view)),
        form(view, query),
        html.Div([components.inset(notice) for notice in view.notices]) if view.notices else None,
        components.warning(words.PART_PERIOD) if view.is_part_period else None,
        components.finding(
            "comparison",
            words.comparison_finding(view.rows, view.unit, view.short_title, view.group_name),
            f"{view.title}{measured}: {view.group_name}, {view.period_words}.",
            drawing(view) if view.has_figures else None,
            [
                comparison_table(view),
                components.download(downloads.address(PATH, view.chosen), "Download this table with its caveats (CSV)"),
            ],
            f"{cut}{words.NOT_A_PERFORMANCE_MEASURE} {view.catalogue['caveat']}",
            wording.as_at_in_words(release.as_at_date, release.is_synthetic),
            before=html.Div([beside_neighbours(view), chart_key(view) if view.has_figures else None]),
        ),
        definition(view),
        problems=query.problems,
    )


def form(view: View, query: Query) -> html.Form:
    """What can be chosen."""
    labels = {"indicator": "Measure", "breakdown": "Breakdown", "group": "Partnerships of", "period": "Period"}
    return components.filter_form(
        PATH,
        "Choose what to compare",
        *(
            components.select(name, label, view.lists[name], view.chosen[name], query.problems.get(name))
            for name, label in labels.items()
        ),
    )


def beside_neighbours(view: View) -> html.P | None:
    """How the partnership whose neighbours these are stands to them."""
    if view.group_type != "statistical_neighbours":
        return None
    own = view.rows.filter(pl.col("area_code") == view.group_code)
    if own.is_empty():
        return None
    pool = view.references.row(1, named=True)
    return html.P(
        words.beside_neighbours(own.row(0, named=True), pool, view.unit, neighbours_model_year()),
        className="govuk-body",
    )


def key_figures(view: View) -> list[components.KeyFigure]:
    """England and the group together, how many stand out, and how many cases must wait."""
    unit = view.unit
    pooled = [
        components.KeyFigure(
            row["area_name"], words.pooled_value(row, unit), words.reference_detail(row, unit), "returns"
        )
        for row in view.references.iter_rows(named=True)
    ]
    compared = view.rows["standing"].drop_nulls().len()
    waiting = view.rows["immature"].drop_nulls()
    if unit != "count" and compared:
        pooled.append(
            components.KeyFigure(
                "Partnerships that differ",
                f"{int(view.rows['differs'].sum())} of {compared}",
                f"from England, at 99.8%; {words.chance_in_short(view.expected_flags)}",
                "returns",
            )
        )
    if unit != "count" and waiting.len():
        pooled.append(
            components.KeyFigure(
                "Too recent to count",
                wording.rounded(waiting.sum()),
                "cases in these partnerships, told apart",
                "returns",
            )
        )
    return pooled


def drawing(view: View) -> html.Div:
    """The dots, in one image with its text alternative."""
    alternative = words.comparison_alternative(
        view.rows, view.references, view.unit, view.short_title, view.group_name, view.period_words
    )
    # England's count would dwarf every partnership's, and none is to be read against it.
    lines = view.references.clear() if view.unit == "count" else view.references
    figure = comparison.dots_with_intervals(view.rows, lines, view.unit)
    return components.graph("comparison-dots", figure, alternative)


def chart_key(view: View) -> html.Ul:
    """What the marks stand for."""
    pooled = view.references.row(1, named=True)["area_name"]
    entries = [("dot", "Partnership, with its 95% interval, in name order")]
    if view.unit != "count":
        entries += [("england", "England"), ("group", pooled)]
    if view.rows["differs"].any():
        entries.insert(1, ("differs", "Differs from England by more than chance (99.8%)"))
    return components.key(*entries)
