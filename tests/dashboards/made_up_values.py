"""The made-up release's indicator values: random counts of every indicator, breakdown, area and period."""

import numpy as np
import polars as pl
from made_up_series import series

from throughline import indicators

ENGLAND = "E92000001"
YEARS = [str(year) for year in range(2021, 2028)]
NOT_OVER = "2027"
BLOCKS = {"2021-2023": YEARS[0:3], "2022-2024": YEARS[1:4], "2023-2025": YEARS[2:5], "2024-2026": YEARS[3:6]}
PUBLIC_BLOCKS = ["2024-2026", "2021-2023"]
EXPECTED = {"2021": 520, "2022": 440, "2023": 450, "2024": 400, "2025": 340, "2026": 355, "2027": 170}
NATURE_SHARES = {"child_death": 0.45, "serious_harm": 0.52, "other": 0.03}
SHARES = {"CV2": 0.9, "CV3": 0.25, "CV4": 0.23, "CV6": 0.8}
CASES = {"CV6": 2, "TM5": 4, "TM6": 4, "TM9": 3, "TM5c": 2}
CHILDREN = 12_183_000
# Places in the order of codes of those to whom something has happened.
NOTHING_SENT, NOT_RECORDED, NO_POPULATION, NEVER_ENDS = 2, 5, 6, 7
CELL = ["area_type", "area_code", "period_type", "period", "indicator", "breakdown"]
NUMBERS = ["numerator", "denominator", "value", "lower95", "upper95", "lower998", "upper998"]


def values(partnerships: pl.DataFrame, membership: pl.DataFrame, catalogue: pl.DataFrame, areas: pl.DataFrame):
    """Counts of each partnership, pooled for each group and block of years, then valued as a build would."""
    random = np.random.default_rng(7)
    codes = partnerships["partnership_code"].to_list()
    durations = partnership_durations(codes, catalogue, random)
    own = pl.concat([partnership_counts(codes, catalogue, random), counts_of(durations, codes)], how="diagonal_relaxed")
    adding = ["numerator", "denominator", "immature", "excluded", "authorities", "authorities_returned"]
    counts = pooled(own, membership, [pl.col(name).sum() for name in adding])
    timed = pooled(durations, membership, [pl.col("cases").sum()], ["days", "is_closed"])
    return indicators.indicator_values(counts, quarters(random), timed, catalogue, areas)


def pooled(own: pl.DataFrame, membership: pl.DataFrame, add: list[pl.Expr], also: list[str] | None = None):
    """The rows of partnerships by year, with those of blocks of years and of every group added."""
    cell = [*CELL, *(also or [])]
    blocks = pl.DataFrame(
        [(block, year) for block, years in BLOCKS.items() for year in years], ["block", "period"], orient="row"
    )
    three = own.join(blocks, on="period").with_columns(period_type=pl.lit("three_years"), period="block")
    dated = pl.concat([own, three.group_by(cell).agg(add).select(pl.exclude("block"))], how="diagonal")
    groups = membership.join(dated, left_on="partnership_code", right_on="area_code").with_columns(
        area_type="group_type", area_code="group_code"
    )
    everything = pl.concat([dated, groups.group_by(cell).agg(add)], how="diagonal")
    return everything.with_columns(is_part_period=pl.col("period") == NOT_OVER)


def partnership_counts(codes: list[str], catalogue: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Each partnership's counts by year; every partnership is alike but for luck."""
    units = dict(catalogue.select("indicator", "unit").iter_rows())
    rows = []
    for place, code in enumerate(codes):
        for year in YEARS:
            split = {
                nature: random.poisson(share * EXPECTED[year] / len(codes)) for nature, share in NATURE_SHARES.items()
            }
            notifications = {"total": sum(split.values()), **split}
            for indicator, breakdown in series([name for name, unit in units.items() if unit != "days"]):
                cases = int(random.poisson(CASES.get(indicator, 6)))
                numerator, denominator = int(random.binomial(cases, SHARES.get(indicator, 0.3))), float(cases)
                if units[indicator] == "per_review":
                    numerator = int(random.poisson(2 * cases))
                if indicator.startswith("NT") and indicator < "NT6":
                    numerator = notifications[breakdown]
                    denominator = base(indicator, place, year, len(codes), notifications)
                if indicator == "NT4":
                    numerator = notifications["serious_harm"]
                excluded = 40 if indicator == "CV9" and place == NOT_RECORDED else 0
                waiting = int(random.poisson(1.5)) if indicator.startswith("CV") and year >= "2026" else 0
                rows.append((code, year, indicator, breakdown, numerator, denominator, waiting, excluded))
    names = ["area_code", "period", "indicator", "breakdown", "numerator", "denominator", "immature", "excluded"]
    return with_place(pl.DataFrame(rows, names, orient="row", infer_schema_length=None), codes)


def base(indicator: str, place: int, year: str, partnerships: int, notifications: dict[str, int]) -> float | None:
    """What a figure of notifications is divided by."""
    children = CHILDREN / partnerships * (0.5 if year == NOT_OVER else 1)
    bases = {
        "NT1": 0.0,
        "NT2": children if place != NO_POPULATION else 0.0,
        "NT3": children / 30,
        "NT4": float(notifications["child_death"]),
        "NT5": EXPECTED[year] / partnerships,
    }
    return bases[indicator] if notifications["total"] or indicator != "NT2" else children


def partnership_durations(codes: list[str], catalogue: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Days of each case, open or closed; in one partnership hardly a case ever ends."""
    timed = catalogue.filter(pl.col("unit") == "days")["indicator"].to_list()
    rows = []
    for place, code in enumerate(codes):
        for year in YEARS:
            for indicator, breakdown in series(timed):
                endless = place == NEVER_ENDS and indicator == "TM5"
                for _ in range(12 if endless else random.poisson(CASES.get(indicator, 1))):
                    is_closed = bool(random.random() < (0.3 if endless else 0.7))
                    days = min(599, int(random.exponential(200))) if is_closed else 600
                    rows.append((code, year, indicator, breakdown, days, is_closed, 1))
    names = ["area_code", "period", "indicator", "breakdown", "days", "is_closed", "cases"]
    drawn = pl.DataFrame(rows, names, orient="row").group_by(names[:-1]).agg(pl.col("cases").sum())
    return with_place(drawn, codes).drop("authorities", "authorities_returned")


def counts_of(durations: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """Closed cases out of all, as the house counts a median's."""
    counted = durations.group_by(CELL).agg(
        numerator=pl.col("cases").filter("is_closed").sum(), denominator=pl.col("cases").sum().cast(pl.Float64)
    )
    return with_place(counted.with_columns(immature=0, excluded=0), codes)


def with_place(rows: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """What every row of a partnership's year also says; one partnership sent nothing."""
    sent = pl.when(pl.col("area_code") == codes[NOTHING_SENT]).then(0).otherwise(1)
    return rows.with_columns(
        area_type=pl.lit("partnership"), period_type=pl.lit("year"), authorities=1, authorities_returned=sent
    )


def quarters(random: np.random.Generator) -> pl.DataFrame:
    """England's and one region's notifications by quarter, to the last whole one before the as-at date."""
    names = [f"{year}-Q{quarter}" for year in YEARS for quarter in range(1, 5) if (year, quarter) <= ("2027", 2)]
    parts = [
        pl.DataFrame(
            {
                "area_type": area_type,
                "area_code": code,
                "period_type": "quarter",
                "period": names,
                "indicator": "NT1",
                "breakdown": "total",
                "numerator": [
                    int(random.poisson(share * EXPECTED[name[:4]] / (4 if name[:4] < "2027" else 2))) for name in names
                ],
                "denominator": None,
                "excluded": 0,
                "is_part_period": False,
            },
            schema_overrides={"denominator": pl.Float64},
        )
        for area_type, code, share in (("england", ENGLAND, 1), ("region", "E12000001", 0.3))
    ]
    return pl.concat(parts)


def quarterly(name: str) -> float:
    """Notifications expected in one quarter of England; of the year that is not over there are two."""
    return EXPECTED[name[:4]] / (2 if name.startswith(NOT_OVER) else 4)


def with_public_status(found: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """What the public may read, by simple rules of the same kind as the house's: enough to try every status."""
    rows = found.join(catalogue.select("indicator", "unit"), on="indicator", how="left")
    is_share = pl.col("unit") == "proportion"
    is_block = pl.col("period").is_in(PUBLIC_BLOCKS)
    rest = pl.col("denominator") - pl.col("numerator")
    shown_level = (
        ((pl.col("area_type") == "england") & ((pl.col("period_type") != "three_years") | is_block))
        | ((pl.col("area_type") == "region") & ((pl.col("period_type") == "year") | is_block))
        | ((pl.col("area_type") == "partnership") & is_block & (pl.col("breakdown") == "total"))
    )
    known = pl.col("indicator").is_in(["NT1", "NT2", "NT3", "NT5"]) & (pl.col("breakdown") == "total")
    small = pl.col("numerator").is_between(1, 4) | (is_share & (rest.is_between(1, 4) | (pl.col("denominator") < 10)))
    is_nature_of_region = (pl.col("area_type") == "region") & (pl.col("indicator") == "NT1") & ~known
    small = small | is_nature_of_region | ((pl.col("area_type") == "region") & (pl.col("indicator") == "NT4"))
    is_quarter_of_region = (pl.col("period_type") == "quarter") & (pl.col("area_type") != "england")
    reason = (
        pl.when(known & ~is_quarter_of_region)
        .then(None)
        .when(~shown_level)
        .then(pl.lit("level"))
        .when(small.fill_null(False))
        .then(pl.lit("confidential"))
        .when(is_share & (pl.col("denominator") < 20) & pl.col("reason").is_null())
        .then(pl.lit("low_reliability"))
    )
    status = pl.when(reason == "low_reliability").then(pl.lit("u")).when(reason.is_not_null()).then(pl.lit("c"))
    return rows.with_columns(public_reason=reason, public_status=pl.coalesce(status, "status")).drop("unit")


def as_public(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as everybody may read them."""
    hidden, bare = pl.col("public_status") == "c", pl.col("public_status") != "ok"
    counts = ["numerator", "denominator"]
    return rows.with_columns(
        *(pl.when(~(hidden if name in counts else bare)).then(pl.col(name)).alias(name) for name in NUMBERS),
        comparisons=pl.when(~bare).then(pl.col("comparisons")),
        immature=pl.lit(None, rows.schema["immature"]),
        excluded=pl.lit(None, rows.schema["excluded"]),
        status=pl.col("public_status"),
        reason=pl.coalesce("public_reason", "reason"),
    ).drop("public_status", "public_reason")
