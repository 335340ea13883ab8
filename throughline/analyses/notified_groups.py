"""Children notified by ethnic group against the area's residents: a ratio between two kinds of doubt, or refused."""

import polars as pl

from throughline.analyses.scope import Scope
from throughline.charts import recording
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Table
from throughline.wording import interval, measure, rounded
from throughline.wording import recording as words

LEVELS = {"major": "Ethnic group", "minor": "Ethnic group in detail", "any": "Disability"}
KEY = (
    ("dot", "Ratio with its 95% interval"),
    ("unknown-range", "Range of the ratio that unrecorded ethnicity leaves"),
)


def ratio_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Each group's rate over everybody else's, or why there is none."""
    held = release.by_area("disproportionality", viewer, scope.place)
    groups = held.filter(pl.col("group_level") == "major").sort("group_name")
    measured = (
        f"Children notified of each ethnic group for each resident of it, over the same of everybody else: "
        f"{scope.area_name}, {scope.period_words}."
    )
    if not groups.height:
        heading = words.ratio_heading(groups, scope.area_said)
        return Finding("ratios", heading, measured, notices=(why_none(scope),), is_withheld=not scope.is_own)
    named = groups.with_columns(
        name=pl.col("group_name").replace(words.GROUPS_IN_SHORT),
        said=pl.Series([words.ratio_said(row) for row in groups.iter_rows(named=True)]),
    )
    has_ratios = bool(groups["ratio"].drop_nulls().len())
    chart = Chart("ratios-chart", recording.ratio_dots(named), words.ratio_alternative(named, scope.area_name))
    return Finding(
        "ratios",
        words.ratio_heading(groups, scope.area_said),
        f"{measured} {words.unrecorded_sentence(groups)}",
        (chart,) if has_ratios else (),
        KEY,
        tuple(group_table(held, level, scope) for level in LEVELS if level in set(held["group_level"])),
        ratio_notices(named, has_ratios),
        words.RATIO_CAVEAT,
    )


def ratio_notices(named: pl.DataFrame, has_ratios: bool) -> tuple[str, ...]:
    """Which groups are clear of 1, or that nothing could be compared."""
    if not has_ratios:
        return ("Every comparison was refused. The reasons are in the table.",)
    return tuple(filter(None, (words.clear_sentence(named),)))


def why_none(scope: Scope) -> str:
    """Why there is nothing to compare."""
    if scope.area_type not in ("england", "region", "partnership"):
        return words.NO_RATIO_HERE
    return words.NO_CHILDREN if scope.is_own else words.NO_RATIO


def group_table(held: pl.DataFrame, level: str, scope: Scope) -> Table:
    """Each group with its children, its share and ratio with both ranges, and why either was refused."""
    rows = []
    for row in held.filter(pl.col("group_level") == level).sort("group_name").iter_rows(named=True):
        has_share, has_ratio = row["share"] is not None, row["ratio"] is not None
        refusals = [text for text in dict.fromkeys((row["share_refusal"], row["ratio_refusal"])) if text]
        rows.append(
            [
                row["group_name"],
                f"{rounded(row['children'])} of {rounded(row['recorded'])}",
                share_said(row) if has_share else "[u]",
                measure(row["population_share"], "proportion") if row["population_share"] is not None else "[z]",
                words.ratio_said(row) if has_ratio else ("[z]" if level == "any" else "[u]"),
                interval(row["lowest_ratio"], row["highest_ratio"], "ratio") if has_ratio else "[z]",
                " ".join(refusals) or "Not refused",
            ]
        )
    columns = [
        Column(LEVELS[level]),
        Column("Children, of those recorded", numeric=True),
        Column("Share, and as unknowns fall", numeric=True),
        Column("Of residents", numeric=True),
        Column("Ratio (95% interval)", numeric=True),
        Column("Ratio as unknowns fall", numeric=True),
        Column("Refused, and why"),
    ]
    caption = f"{LEVELS[level]} of children notified, {scope.area_name}, {scope.period_words}"
    note = (
        "[u] means not reliable: refused, for the reason in the last column. [z] means not applicable. As unknowns "
        "fall: from none to all of the children not recorded belonging to the group."
    )
    return Table(f"groups-{level}-table", caption, columns, rows, note)


def share_said(row: dict) -> str:
    """A share with the range that unknowns leave."""
    return (
        f"{measure(row['share'], 'proportion')} ({interval(row['lowest_share'], row['highest_share'], 'proportion')})"
    )
