"""What asks for attention, by which rule, and where to look: partnerships, open reviews, few notifications, returns."""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from throughline.analyses import notification_watch
from throughline.analyses.measures import Measure
from throughline.analyses.scope import ENGLAND, Scope, names_of_areas, partnerships_of
from throughline.analyses.side_by_side import LOOKED_AT
from throughline.charts.comparison_rows import flags_from_chance
from throughline.release import Release, Viewer
from throughline.report import Column, Finding, Link, Table
from throughline.wording import breakdowns
from throughline.wording import overview as words
from throughline.wording.measures import lower_first
from throughline.wording.scope import area_in_a_sentence


@dataclass(frozen=True)
class Matter:
    """One thing that asks for attention: what, how many, why, and where it can be looked at.

    `in_brief` is how the page's answer names it: a clause of its own, or of `is_unlike` ones the measure alone.
    """

    what: str
    number: int
    why: str
    address: str
    in_brief: str
    is_unlike: bool = False


def matters(release: Release, viewer: Viewer, scope: Scope) -> list[Matter]:
    """Everything that asks for attention in an area, as far as the reader may see it, in the order of the process."""
    found = [differing(release, viewer, scope, one) for one in LOOKED_AT]
    return [
        one
        for one in (
            few(release, viewer, scope),
            *found,
            overdue(release, viewer, scope),
            missing(release, viewer, scope),
        )
        if one
    ]


def in_brief(matters: list[Matter]) -> list[str]:
    """The same for the page's answer: those unlike England in one clause for all measures, after the others."""
    unlike = {matter.in_brief: matter.number for matter in matters if matter.is_unlike}
    others = [matter.in_brief for matter in matters if not matter.is_unlike]
    return [*others, words.unlike_matter(unlike)] if unlike else others


def differing(release: Release, viewer: Viewer, scope: Scope, measure: Measure) -> Matter | None:
    """Partnerships that differ from England on one measure, with how many chance alone would flag."""
    indicator, breakdown = measure.indicator, measure.breakdown
    catalogue = release.indicator(indicator)
    everywhere, england_value = set_beside_england(release, viewer, measure, scope.period_type, scope.period)
    compared = everywhere.filter(pl.col("area_code").is_in(partnerships_of(release, scope)))
    flagged = int(compared["standing"].str.ends_with("998").sum())
    if not flagged:
        return None
    title = breakdowns.title(catalogue, breakdown, "short_title")
    expected = flags_from_chance(compared, england_value, catalogue["unit"])
    group = f"&group=region:{scope.area_code}" if scope.area_code != ENGLAND else ""
    return Matter(
        f"{title}: partnerships unlike England",
        flagged,
        words.differing_why(flagged, compared.height, expected),
        f"/compare-partnerships?indicator={indicator}&breakdown={breakdown}{group}",
        lower_first(title),
        is_unlike=True,
    )


@lru_cache(maxsize=32)
def set_beside_england(
    release: Release, viewer: Viewer, measure: Measure, period_type: str, period: str
) -> tuple[pl.DataFrame, float | None]:
    """The partnerships that one measure sets beside England, of which a region has a part; and England's value."""
    rows = release.indicator_values(
        viewer,
        indicator=measure.indicator,
        breakdown=measure.breakdown,
        period_type=period_type,
        period=period,
    )
    england = rows.filter(pl.col("area_type") == "england")["value"]
    standing = pl.col("comparisons").str.json_path_match("$.england")
    of_partnerships = rows.filter((pl.col("area_type") == "partnership") & pl.col("value").is_not_null())
    compared = of_partnerships.with_columns(standing=standing).filter(pl.col("standing").is_not_null())
    return compared, england[0] if england.len() else None


def few(release: Release, viewer: Viewer, scope: Scope) -> Matter | None:
    """Partnerships with fewer notifications than luck would give."""
    rows, years = notification_watch.watched(release, viewer, scope.area_code)
    flagged = rows.filter("is_few").height
    if not flagged:
        return None
    luck = words.flags_in_words(float(rows["luck"].sum()))
    return Matter(
        "Partnerships with few notifications",
        flagged,
        f"{flagged} of {rows.height} notified so few over {len(years)} years that luck would give it less than once in "
        f"a hundred; chance alone would give {luck}",
        f"/notification-trends?area={scope.area_code}",
        words.few_matter(flagged),
    )


def overdue(release: Release, viewer: Viewer, scope: Scope) -> Matter | None:
    """Reviews open past their time, of the partnerships that the reader has a right to."""
    reviews = release.by_partnership("open_reviews", viewer)
    here = reviews.filter(pl.col("partnership_code").is_in(partnerships_of(release, scope)))
    past = here.filter(pl.col("due_state") == "overdue")
    if past.is_empty():
        return None
    places = past["partnership_code"].n_unique()
    soon = here.filter(pl.col("due_state") == "due_soon").height
    only = past["partnership_code"][0] if places == 1 else None
    return Matter(
        "Reviews open past their time",
        past.height,
        words.overdue_why(here.height, past.height, places, soon),
        f"/timeliness?area={only or scope.area_code}#open-title",
        words.overdue_matter(past.height, said_of(release, only) if only else None),
    )


def said_of(release: Release, code: str) -> str:
    """A partnership as a sentence names it."""
    return area_in_a_sentence("partnership", names_of_areas(release)["partnership", code])


def missing(release: Release, viewer: Viewer, scope: Scope) -> Matter | None:
    """Partnerships from which no return came."""
    quality = release.by_partnership("submission_quality", viewer)
    here = quality.filter(pl.col("partnership_code").is_in(partnerships_of(release, scope)))
    absent = here.filter(~pl.col("is_returned")).height
    if not absent:
        return None
    return Matter(
        "Partnerships without a return",
        absent,
        f"{absent} of {here.height} have sent none, and are in no figure: that is neither nil nor zero",
        "/data-quality",
        words.missing_matter(absent),
    )


def finding(found: list[Matter], area_name: str, viewer: Viewer, ended: int = 0) -> Finding:
    """The matters with their reasons, each leading to where it can be looked at; `ended` partnerships are in none."""
    rows = [[Link(one.what, one.address), str(one.number), f"{one.why}."] for one in found]
    table = Table(
        "attention-table",
        f"What asks for attention, {area_name}",
        (Column("What"), Column("How many", numeric=True), Column("Why it is here")),
        rows,
        "In the order of the process, and never of importance. Each leads to the page on which it can be looked at. "
        f"{words.ended_note(ended)}".strip(),
    )
    return Finding(
        "attention",
        words.attention_heading(len(found)),
        f"What stands out by rules that are the same everywhere: {area_name}{words.as_far_as_seen(viewer.role)}.",
        tables=(table,) if found else (),
        notices=() if found else (words.NOTHING_TO_ATTEND,),
        caveat=words.ATTENTION_LIMIT,
    )
