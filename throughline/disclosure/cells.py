"""Indicator values as cells to protect: which rows speak of the same cases, and what a reader could count in them.

Rows of one place (an area and a period) form groups that are hidden together, because one gives another away. Groups
may depend on another, whose count is their own number of cases, and several groups may rest on one population.
"""

import polars as pl

from throughline import settings

PLACE = ["area_type", "area_code", "period_type", "period"]
PLACE_AND_GROUP = [*PLACE, "group"]

# The count of notifications and the rates of it, all of which give it away.
OF_NOTIFICATIONS = ["NT2", "NT3", "NT5"]
# Indicators whose breakdowns divide the same cases between them.
DIVIDED = ["RC7", "RC8", "RC10", "RC11"]
# Indicators whose breakdowns divide what is left beside the headline, and may be hidden without it.
DIVIDED_BESIDE_TOTAL = ["CV3", "TM2", "TM4", "TM4b"]
IMPACT = ["DM5", "DM5b", "DM6"]
AWARENESS, NATURES, NOTIFICATIONS = "awareness", "natures of notification", "notifications"
# Their totals (each area's notifications, England's by nature) are in DfE's own series.
KNOWN_GROUPS = [NOTIFICATIONS, NATURES]

# Within a group, cases of the first are among those of the second.
AMONG = {"NT7|over_30_days": "NT7|over_5_working_days", "RC11|total": "RC11|answered_or_acknowledged"}
# Across groups, cases of the first are among those of the second, or among what is left of it.
WITHIN = [("TM2b", "TM2"), ("TM4", "TM4b"), ("DM1", "DM2")]
WITHIN_THE_REST = [("DM3", "DM2")]
LEAD_CHILD = ":lead_child"
# CV8 leaves out duplicates alone. The others leave them out among more, and would tell how many they are: by what is
# left of another's number left out, or of all notifications.
DUPLICATES_ALONE = "CV8"
DUPLICATES_AMONG_OTHERS = ["NT1", "NT4", "TM1", "TM2", "TM2b", "CV2", "CV4"]

# Shown for regions and partnerships too; all other measures are shown for England alone.
HEADLINES = [
    *("CV1", "CV2", "CV3", "CV4", "CV5", "CV6", "CV7", "CV8", "CV9"),
    *("TM1", "TM2", "TM3", "TM4", "TM4b"),
    *("NT1", "NT2", "NT3", "NT4", "NT5", "NT6", "NT7"),
    *("DM1", "DM2", "DM5", "DM5b", "DM6"),
    *("RC1", "RC7", "RC8", "RC9", "RC12"),
]


def with_groups(values: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """Adds unit, `group`, the group that it `depends_on` and the `population` whose size it tells."""
    grouped = values.join(catalogue.select("indicator", "unit"), on="indicator").with_columns(group=_group())
    return grouped.with_columns(depends_on=_depends_on(), population=_population())


def _group() -> pl.Expr:
    indicator, breakdown = pl.col("indicator"), pl.col("breakdown")
    return (
        pl.when(((indicator == "NT1") & (breakdown == "total")) | indicator.is_in(OF_NOTIFICATIONS))
        .then(pl.lit(NOTIFICATIONS))
        .when(indicator.is_in(["NT1", "NT4"]))
        .then(pl.lit(NATURES))
        .when((indicator == "NT7") | ((indicator == "TM1") & (breakdown == "total")))
        .then(pl.lit(AWARENESS))
        .when(indicator.is_in(DIVIDED))
        .then(indicator)
        .when(indicator.is_in(DIVIDED_BESIDE_TOTAL) & (breakdown != "total"))
        .then(pl.concat_str(indicator, pl.lit("|beside")))
        .when(indicator.is_in(IMPACT))
        .then(pl.concat_str(pl.lit("impact|"), breakdown))
        .when(indicator == "TM5")
        .then(pl.concat_str(pl.lit("TM5|"), breakdown.str.strip_suffix("_less_pauses")))
        .otherwise(pl.concat_str(indicator, pl.lit("|"), breakdown))
    )


def _depends_on() -> pl.Expr:
    """The group that gives this one's number of cases, or would be given away by it; hidden with it."""
    group, breakdown = pl.col("group"), pl.col("breakdown")
    characteristic = breakdown.str.split(":").list.first()
    is_at_lcspr = breakdown.str.ends_with("lcspr") & pl.col("indicator").is_in(["DM1", "DM2", "DM3", "DM7"])
    return (
        pl.when(group.str.starts_with("impact|"))
        .then(pl.concat_str(pl.lit("DM1|"), breakdown))
        .when(breakdown.str.ends_with(LEAD_CHILD))
        .then(group.str.strip_suffix(LEAD_CHILD))
        .when(group.str.ends_with("|beside"))
        .then(pl.concat_str(pl.col("indicator"), pl.lit("|total")))
        .when(group.str.starts_with("TM7|rapid_review:"))
        .then(pl.lit("TM2|total"))
        .when(group.str.starts_with("TM7|local_review:"))
        .then(pl.lit("TM4|total"))
        .when(group == "TM5|published")
        .then(pl.lit("TM4|beside"))
        .when(group == "TM5|signed_off")
        .then(pl.lit("TM4b|beside"))
        .when(is_at_lcspr)
        .then(pl.concat_str(pl.lit("DM9|"), characteristic))
    )


SUBMITTED = ["CV3|total", "CV3|beside", "TM3|total", "RC1|rapid_review", "TM11|rapid_review:practitioners_told"]
LOCAL_REVIEWS = ["TM4|total", "TM4|beside", "TM4b|total", "TM4b|beside", "TM5|signed_off", "TM5|published"]


def _population() -> pl.Expr:
    """Groups of one population tell its size alike, so a small size is hidden in all of them or in none."""
    group, breakdown = pl.col("group"), pl.col("breakdown")
    parts = breakdown.str.split(":").list
    own_scope = pl.when(parts.first() == "sexual_orientation").then(pl.lit(" of an age")).otherwise(pl.lit(""))
    is_recorded = pl.col("indicator").is_in(["DM1", "DM2", "DM3", "DM4"]) & ~breakdown.str.ends_with(LEAD_CHILD)
    return (
        pl.when(group.is_in(["CV2|total", "CV4|total", "TM2|total", "TM2|beside", "TM2b|total"]))
        .then(pl.lit("notifications in scope"))
        .when(group.is_in(SUBMITTED))
        .then(pl.lit("submitted rapid reviews"))
        .when(group.is_in(LOCAL_REVIEWS))
        .then(pl.lit("local reviews"))
        .when(group.is_in(["RC1|lcspr", "TM6|first_draft_to_sign_off"]))
        .then(pl.lit("local reviews signed off"))
        .when(group.is_in(["TM9|total", "TM6|sign_off_to_publication"]) | group.str.starts_with("TM11|local_review"))
        .then(pl.lit("local reviews published"))
        .when(group.is_in(["RC4|total", "RC7", "RC8", "RC9|total", "RC10", "RC12|total"]))
        .then(pl.lit("recommendations"))
        .when(is_recorded)
        .then(pl.concat_str(pl.lit("children at "), parts.last(), own_scope))
    )


def counted_kinds(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a place, group and kind of case, with its count; kinds of one group have no case in common.

    Shares count successes and the rest; divided indicators each part and what is left; medians closed and open cases;
    reviews and their recommendations are two counts; all else is one.
    """
    known = rows.filter(pl.col("numerator").is_not_null())
    name = pl.concat_str("indicator", pl.lit("|"), "breakdown")
    parts = known.filter(~pl.col("indicator").is_in([*OF_NOTIFICATIONS, "NT4"])).select(
        *PLACE_AND_GROUP, kind=name, count="numerator"
    )
    # Where cases of one row are among those of another, the other counts what it has beyond them.
    wider = pl.col("kind").str.replace(r"^DM5b\|", "DM5|").replace(AMONG)
    beyond = parts.with_columns(wider=wider).filter(pl.col("wider") != pl.col("kind"))
    parts = pl.concat([parts, beyond.select(*PLACE_AND_GROUP, kind="wider", count=-pl.col("count"))])
    parts = parts.group_by(*PLACE_AND_GROUP, "kind").agg(pl.col("count").sum())
    # A median with pauses taken out has the same cases as without: they are counted once.
    parts = parts.filter(~pl.col("kind").str.ends_with("_less_pauses"))

    is_share = pl.col("unit").is_in(["proportion", "days"]) & ~pl.col("group").is_in(KNOWN_GROUPS)
    sizes = known.filter(is_share).group_by(PLACE_AND_GROUP).agg(size=pl.col("denominator").max())
    taken = parts.group_by(PLACE_AND_GROUP).agg(taken=pl.col("count").sum())
    rest = sizes.join(taken, on=PLACE_AND_GROUP).select(
        *PLACE_AND_GROUP, kind=pl.lit("the rest"), count=(pl.col("size") - pl.col("taken")).clip(0)
    )
    reviews = known.filter(pl.col("unit") == "per_review").select(
        *PLACE_AND_GROUP, kind=pl.lit("reviews"), count="denominator"
    )
    return pl.concat([parts, rest, reviews])


def places(rows: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """One row a place and group: whether it is a small number itself, known already, and of a size that is known."""
    threshold, least = settings.whole("suppression_threshold"), settings.whole("public_percentage_least_denominator")
    is_small = (pl.col("count") > 0) & (pl.col("count") < threshold)
    counted = kinds.group_by(PLACE_AND_GROUP).agg(is_small_number=is_small.any(), size=pl.col("count").sum())
    described = rows.group_by(PLACE_AND_GROUP).agg(
        pl.col("unit", "depends_on", "population", "is_known").first(),
        closed=pl.col("numerator").max(),
        reviews=pl.col("denominator").max(),
    )
    of_cases = pl.col("unit").is_in(["proportion", "days"]) & (pl.col("group") != NATURES)
    size = pl.when(pl.col("unit") == "per_review").then(pl.col("reviews")).otherwise(pl.col("size"))
    few_closed = (pl.col("unit") == "days") & (pl.col("closed") < settings.whole("public_median_least_events"))
    is_counted = ~pl.col("group").is_in(KNOWN_GROUPS)
    size_is_parents = pl.col("group").str.contains(r"^(impact|TM7)\||\|beside$")
    return (
        described.join(counted, on=PLACE_AND_GROUP, how="left")
        .with_columns(pl.col("is_small_number").fill_null(False), pl.col("size").fill_null(0))
        .join(_small_differences(rows), on=PLACE_AND_GROUP, how="left")
        .with_columns(
            size=size,
            is_few=is_counted & (pl.col("size") > 0) & ((size < least) | few_closed),
            is_small_difference=pl.col("is_small_difference").fill_null(False),
            # A size of five or more may be read from the group that this one depends on.
            is_size_known=(pl.col("group") == NATURES)
            | (of_cases & (pl.col("size") >= pl.when(size_is_parents).then(threshold).otherwise(least))),
        )
        .drop("unit", "closed", "reviews")
    )


def populations(judged: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each population's size as a group of one kind: its places, and its kinds, shaped as those of groups are.

    Where `is_shown` is given, a size is seen wherever one of the population's groups is.
    """
    of_one = judged.filter(pl.col("population").is_not_null() & (pl.col("size") > 0))
    shown = [pl.col("is_shown").any()] if "is_shown" in judged.columns else []
    sizes = of_one.group_by(*PLACE, "population").agg(*shown, count=pl.col("size").max(), is_few=pl.col("is_few").any())
    sizes = sizes.rename({"population": "group"})
    kinds = sizes.select(*PLACE_AND_GROUP, kind=pl.lit("size"), count="count")
    return sizes.with_columns(
        is_small_number=pl.col("is_few"),
        is_small_difference=pl.lit(False),
        is_known=pl.lit(False),
        is_size_known=pl.lit(False),
    ), kinds


def is_published(last_published_year: int) -> pl.Expr:
    """DfE publishes each authority's exact total, and England's by nature, for every year of its series."""
    last_year = pl.col("period").str.extract(r"(\d{4})(?:-Q\d)?$").cast(pl.Int32)
    total = pl.col("group") == NOTIFICATIONS
    nature = (pl.col("group") == NATURES) & (pl.col("area_type") == "england")
    by_quarter = (pl.col("period_type") == "quarter") & (pl.col("area_type") != "england")
    return (last_year <= last_published_year) & (total | nature) & ~by_quarter


def _small_differences(rows: pl.DataFrame) -> pl.DataFrame:
    """Places where one published count less another would leave a small number."""
    threshold = settings.whole("suppression_threshold")
    shares = rows.filter(pl.col("unit") == "proportion").select(
        *PLACE_AND_GROUP, "indicator", "breakdown", "numerator", "denominator"
    )
    pairs = [
        *((narrow, broad, pl.col("numerator_broad") - pl.col("numerator")) for narrow, broad in WITHIN),
        *(
            (narrow, broad, pl.col("denominator_broad") - pl.col("numerator_broad") - pl.col("numerator"))
            for narrow, broad in WITHIN_THE_REST
        ),
    ]
    found = []
    for narrow, broad, difference in pairs:
        beside = shares.filter(pl.col("indicator") == broad).drop("indicator", "group")
        found.append(
            shares.filter(pl.col("indicator") == narrow)
            .join(beside, on=[*PLACE, "breakdown"], suffix="_broad")
            .select(*PLACE_AND_GROUP, difference=difference)
        )
    everybody = shares.with_columns(breakdown=pl.concat_str("breakdown", pl.lit(LEAD_CHILD))).drop("group")
    led = shares.join(everybody, on=[*PLACE, "indicator", "breakdown"], suffix="_broad")
    succeeded, failed = (
        pl.col("numerator_broad") - pl.col("numerator"),
        (pl.col("denominator_broad") - pl.col("numerator_broad")) - (pl.col("denominator") - pl.col("numerator")),
    )
    found += [led.select(*PLACE_AND_GROUP, difference=each) for each in (succeeded, failed)]
    small = pl.col("difference").is_between(1, threshold - 1)
    return pl.concat(found).group_by(PLACE_AND_GROUP).agg(is_small_difference=small.any())
