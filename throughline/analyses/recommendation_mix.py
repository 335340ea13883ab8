"""What recommendations ask for: level, depth, SMART and structural as separate questions, kinds of change, to whom."""

from dataclasses import replace

import polars as pl

from throughline.analyses.asked_before import codes_in_words
from throughline.analyses.dots import dots_finding
from throughline.analyses.measures import Measure, measure_rows
from throughline.analyses.recommendation_pairs import days_of, in_scope
from throughline.analyses.scope import Scope
from throughline.charts import recommendations as charts
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Table
from throughline.statistics import too_few
from throughline.wording import measure, rounded
from throughline.wording import recommendation_mix as words

LEVELS = [
    Measure("RC7", "local", "Aimed at local bodies"),
    Measure("RC7", "regional", "Aimed at regional bodies"),
    Measure("RC7", "national", "Aimed at national bodies"),
]
DEPTH = [
    Measure("RC9", "total", "Training or a briefing"),
    Measure("RC8", "single", "Single loop"),
    Measure("RC8", "double", "Double loop"),
    Measure("RC8", "triple", "Triple loop"),
]
SMART = [
    Measure("RC10", "smart_structural", "SMART and structural"),
    Measure("RC10", "smart_only", "SMART, not structural"),
    Measure("RC10", "structural_only", "Structural, not SMART"),
    Measure("RC10", "neither", "Neither"),
]
BLANK = "BLANK"


def mix_findings(release: Release, viewer: Viewer, scope: Scope) -> list[Finding]:
    """Each question on its own, beside England where everybody may read England."""
    rows = {name: measure_rows(release, viewer, scope, asked) for name, asked in MEASURED.items()}
    return [
        dots_finding(
            "level",
            words.level_heading(rows["level"], scope.area_said),
            "Recommendations by the level they are aimed at",
            rows["level"],
            scope,
            words.LEVEL_CAVEAT,
            "Level",
        ),
        dots_finding(
            "depth",
            words.loop_heading(rows["depth"], scope.area_said),
            "Recommendations by depth of learning, and those for training or a briefing",
            rows["depth"],
            scope,
            words.LOOP_CAVEAT,
            "Share",
        ),
        smart_finding(rows["smart"], scope),
        change_finding(release, viewer, scope),
    ]


def smart_finding(rows: pl.DataFrame, scope: Scope) -> Finding:
    """Two questions and their overlap, with how many answer to each."""
    found = dots_finding(
        "smart",
        words.smart_heading(rows, scope.area_said),
        "Recommendations that are SMART, structural, both or neither",
        rows,
        scope,
        words.SMART_CAVEAT,
        "Share",
    )
    return replace(found, measured=f"{found.measured} {words.smart_sentence(rows)}".strip())


MEASURED = {"level": LEVELS, "depth": DEPTH, "smart": SMART}


def change_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Kinds of change as bars from zero, with everything else that was coded in a table, for those with a right."""
    codes = codes_held(release.by_area("recommendation_mix", viewer, scope.place))
    kinds = kinds_of_change(codes.get("change_type", {}))
    if not kinds:
        heading = f"Kinds of change are not shown for {scope.area_said}"
        why = words.NO_MIX_FOR_YOU if not scope.is_own else f"No recommendation was made in the {scope.period_words}."
        measured = "Recommendations by kind of change."
        return Finding("change", heading, measured, notices=(why,), is_withheld=not scope.is_own)
    every = sum(row["count"] for row in kinds)
    bars = [{**row, "said": share_in_short(row["count"], every)} for row in kinds]
    drawn = pl.DataFrame(bars, schema={"name": pl.String, "count": pl.Int64, "said": pl.String})
    alternative = words.change_alternative(kinds, scope.area_name, scope.period_words)
    return Finding(
        "change",
        words.change_heading(kinds, scope.area_said),
        f"Recommendations by kind of change: {scope.area_name}, {scope.period_words}. "
        f"{nobody_sentence(release, viewer, codes, scope)}".strip(),
        (Chart("change-chart", charts.count_bars(drawn, "Recommendations"), alternative),),
        (),
        (kinds_table(kinds, scope), codes_table(codes, scope)),
        caveat=words.CHANGE_CAVEAT,
    )


def kinds_of_change(held: dict[str, int]) -> list[dict]:
    """Each kind of change in the order of its code list, with how many asked for it."""
    every = sum(held.values())
    named = {**codes_in_words("change_type"), BLANK: "Not coded"}
    return [
        {"name": name, "count": held[code], "said": share_said(held[code], every)}
        for code, name in named.items()
        if code in held
    ]


def share_said(count: int, every: int) -> str:
    """A count of all; the percentage too where there are enough for one."""
    said = f"{rounded(count)} of {rounded(every)}"
    return said if too_few(denominator=every) else f"{said} ({measure(count / every, 'proportion')})"


def share_in_short(count: int, every: int) -> str:
    """The count, with its percentage where there are enough for one."""
    return (
        rounded(count) if too_few(denominator=every) else f"{rounded(count)} ({measure(count / every, 'proportion')})"
    )


def codes_held(mix: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Recommendations by question and code."""
    held: dict[str, dict[str, int]] = {}
    for axis, code, number in mix.select("axis", "value", "recommendations").iter_rows():
        held.setdefault(axis, {})[code] = number
    return held


def nobody_sentence(release: Release, viewer: Viewer, codes: dict[str, dict[str, int]], scope: Scope) -> str:
    """How many are addressed to nobody, and how many have no day by which they are due."""
    every = sum(codes["level"].values())
    first, last = days_of(scope)
    own = release.recommendations(viewer).filter(
        pl.col("is_own") & in_scope(release, scope) & pl.col("date_made").is_between(first, last)
    )
    number, without_day = own.select(pl.len(), pl.col("date_due").null_count()).collect().row(0)
    return words.nobody_sentence(codes["target"].get(BLANK, 0), every, without_day, number)


def kinds_table(kinds: list[dict], scope: Scope) -> Table:
    """The bars as numbers."""
    rows = [[row["name"], rounded(row["count"]), row["said"]] for row in kinds]
    columns = [Column("Kind of change"), Column("Recommendations", numeric=True), Column("Share", numeric=True)]
    return Table("change-table", f"Kinds of change, {scope.area_name}, {scope.period_words}", columns, rows)


def codes_table(codes: dict[str, dict[str, int]], scope: Scope) -> Table:
    """Everything else that was coded, each question in the order of its code list."""
    rows = []
    for axis, (title, code_list) in words.AXES.items():
        held = codes.get(axis, {})
        every = sum(held.values())
        named = (
            codes_in_words(code_list) if code_list else words.VALUES.get(axis, {code: code for code in sorted(held)})
        )
        for code, name in {**named, BLANK: "Not coded"}.items():
            if code in held:
                rows.append([title, name, rounded(held[code]), share_said(held[code], every)])
    columns = [
        Column("Question"),
        Column("Answer"),
        Column("Recommendations", numeric=True),
        Column("Share", numeric=True),
    ]
    caption = f"What else was coded, {scope.area_name}, {scope.period_words}"
    return Table("codes-table", caption, columns, rows)
