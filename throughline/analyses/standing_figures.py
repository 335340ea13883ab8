"""What is worth asking of any partnership, with this one's figures beside England's."""

import polars as pl

from throughline import wording
from throughline.analyses.asked import Asked
from throughline.analyses.measure_tables import measure_table
from throughline.analyses.measures import MISSING, SCHEMA, joined, meaning
from throughline.analyses.scope import Scope
from throughline.charts import shares
from throughline.report import Chart, Finding
from throughline.wording import measures
from throughline.wording import questions as words

STANDING = (
    ("CV9", "total", "Triage: partners not of one mind"),
    ("CV3", "total", "Decision: a local review"),
    ("DM6", "ethnicity:rapid_review", "Ethnicity recorded, not considered"),
    ("DM6", "disability:rapid_review", "Disability recorded, not considered"),
    ("TM11", "local_review:family_told", "Family told of a local review"),
    ("TM11", "local_review:practitioners_told", "Practitioners told of a local review"),
    ("TM10", "total", "Effect of finished actions checked"),
)


def standing_finding(asked: Asked) -> Finding:
    """The figures behind what a scrutineer asks anywhere, each beside England's."""
    beside = asked.england.filter(pl.col("indicator").is_in({indicator for indicator, _, _ in STANDING}))
    of_england = {(row["indicator"], row["breakdown"]): row for row in beside.iter_rows(named=True)}
    rows = pl.DataFrame(
        [
            {
                **joined(
                    indicator,
                    breakdown,
                    name,
                    asked.figure(indicator, breakdown) or MISSING,
                    of_england.get((indicator, breakdown), MISSING),
                ),
                "meaning": meaning(asked.release, indicator, breakdown),
            }
            for indicator, breakdown, name in STANDING
        ],
        schema=SCHEMA,
    )
    known = rows["value"].drop_nulls().len()
    scope = Scope(
        area_type="partnership",
        area_code=asked.code,
        area_name=asked.name,
        period_type="three_years",
        period=asked.period,
        is_part_period=False,
        is_own=asked.has_right,
        filters=(),
        notices=(),
    )
    chart = Chart(
        "standing-chart", shares.beside_england(rows), words.standing_alternative(rows.to_dicts(), asked.said)
    )
    said = wording.period_in_words("three_years", asked.period)
    return Finding(
        "standing",
        words.standing_heading(rows, asked.said),
        f"Percentage of cases, {asked.name} and England, {said}.",
        (chart,) if known else (),
        words.STANDING_KEY,
        (measure_table("standing-table", "What is worth asking anywhere", "What is asked about", rows, scope),),
        measures.hidden_notice(rows),
        words.NEVER_SETTLED,
    )
