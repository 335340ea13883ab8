"""Do partnerships differ by more than chance? Each with its interval, over the years, on a funnel and on a map."""

from functools import cache

import polars as pl

from throughline import wording
from throughline.analyses import own_group
from throughline.analyses.comparison_funnel import funnel_finding
from throughline.analyses.comparison_map import map_findings
from throughline.analyses.comparison_tables import comparison_table, definition
from throughline.analyses.comparison_trends import trends_finding
from throughline.analyses.comparison_view import View, read_view
from throughline.analyses.ended_partnerships import marked
from throughline.analyses.measures import term
from throughline.charts import comparison
from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.replies import replies_of
from throughline.report import Chart, Filter, Finding, KeyFigure, Report
from throughline.wording import comparison as words
from throughline.workspace import PROJECT

QUESTION = "Do partnerships differ by more than chance?"
PATH = "/compare-partnerships"
LABELS = {"indicator": "Measure", "breakdown": "Breakdown", "group": "Partnerships of", "period": "Period"}


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The comparison of the indicator, breakdown, group and period that an address names."""
    view = read_view(release, viewer, query)
    funnel, in_england = funnel_finding(view)
    answer = words.comparison_headline(view.rows, view.unit, view.expected_flags, view.group_said)
    return Report(
        path=PATH,
        topic="Compare partnerships",
        question=QUESTION,
        answer=f"{answer} {in_england}".strip(),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        findings=(dots(view), trends_finding(view), funnel, *map_findings(view)),
        filters=(
            *(
                Filter(name, label, tuple(view.lists[name]), view.chosen[name], query.problems.get(name, ""))
                for name, label in LABELS.items()
            ),
            *own_group.filters(release, query, view.chosen["group"]),
        ),
        key_figures=key_figures(view),
        warnings=(words.PART_PERIOD,) if view.is_part_period else (),
        notices=tuple(view.notices),
        statements=(definition(view),),
        replies=replies_of(release, view.rows["area_code"]),
        problems=query.problems,
    )


@cache
def neighbours_model_year() -> int:
    """The year of DfE's statistical-neighbour model that pooled neighbours follow, where the build itself reads it."""
    import yaml

    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    return project["vars"]["statistical_neighbours_model_year"]


def dots(view: View) -> Finding:
    """Every partnership of the group with its interval, beside England and the group pooled."""
    cut = words.CUT_INTERVALS if comparison.is_cut(view.rows, view.references, view.unit) else ""
    measured = {"proportion": ", percentage", "days": ", days"}.get(view.unit, "")
    return Finding(
        "comparison",
        words.comparison_finding(view.rows, view.unit, view.short_title, view.group_said),
        f"{view.title}{measured}: {view.group_name}, {view.period_words}.",
        (drawing(view),) if view.has_figures else (),
        chart_key(view),
        (comparison_table(view),),
        beside_neighbours(view),
        f"{cut}{words.caveat(view.unit, view.catalogue['caveat'])}",
        terms=(term(view.release, view.catalogue["indicator"], view.short_title, view.breakdown),),
    )


def beside_neighbours(view: View) -> tuple[str, ...]:
    """How the partnership whose neighbours these are stands to them."""
    if view.group_type != "statistical_neighbours":
        return ()
    own = view.rows.filter(pl.col("area_code") == view.group_code)
    if own.is_empty():
        return ()
    pool = view.references.row(1, named=True)
    return (words.beside_neighbours(own.row(0, named=True), pool, view.unit, neighbours_model_year()),)


def key_figures(view: View) -> tuple[KeyFigure, ...]:
    """England and the group together, how many stand out, and how many cases must wait."""
    unit = view.unit
    pooled = [
        KeyFigure(row["area_name"], words.pooled_value(row, unit), words.reference_detail(row, unit), "returns")
        for row in view.references.iter_rows(named=True)
    ]
    compared = view.rows["standing"].drop_nulls().len()
    waiting = view.rows["immature"].drop_nulls()
    if unit != "count" and compared:
        share = f"{int(view.rows['differs'].sum())} of {compared}"
        detail = f"from England, at 99.8%; {words.chance_in_short(view.expected_flags)}"
        pooled.append(KeyFigure("Partnerships that differ", share, detail, "returns"))
    if unit != "count" and waiting.sum():
        detail = "cases in these partnerships, told apart"
        pooled.append(KeyFigure("Too recent to count", wording.rounded(waiting.sum()), detail, "returns"))
    return tuple(pooled)


def drawing(view: View) -> Chart:
    """The dots, in one image with its text alternative."""
    alternative = words.comparison_alternative(
        view.rows, view.references, view.unit, view.short_title, view.group_said, view.period_words
    )
    # England's count would dwarf every partnership's, and none is to be read against it.
    lines = view.references.clear() if view.unit == "count" else view.references
    return Chart(
        "comparison-dots",
        comparison.dots_with_intervals(marked(view.release, view.rows), lines, view.unit),
        alternative,
    )


def chart_key(view: View) -> tuple[tuple[str, str], ...]:
    """What the marks stand for."""
    entries = [("dot", "Partnership, with its 95% interval, in name order")]
    if view.unit != "count":
        marks = ("england", "group")
        entries += list(zip(marks, view.references["area_name"], strict=False))
    if view.rows["differs"].any():
        entries.insert(1, ("differs", "Differs from England by more than chance (99.8%)"))
    return tuple(entries)
