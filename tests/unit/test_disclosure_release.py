"""What the public may read of a release: attacked by an exact solver that knows nothing of how cells were chosen."""

import itertools

import numpy as np
import polars as pl
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from throughline.disclosure import release_attack
from throughline.disclosure.grid import Calendar
from throughline.disclosure.publication import as_public, public_statuses

REGIONS = [f"R{number}" for number in range(1, 6)]
YEARS = [str(year) for year in range(2021, 2028)]
BLOCKS = {"2021-2023": YEARS[0:3], "2022-2024": YEARS[1:4], "2023-2025": YEARS[2:5], "2024-2026": YEARS[3:6]}
CATALOGUE = pl.DataFrame(
    [("CV2", "proportion"), ("NT1", "count"), ("NT2", "per_100000_children"), ("NT4", "ratio"), ("TM5", "days")],
    schema=["indicator", "unit"],
    orient="row",
)
PARTNERSHIPS = {f"{region}-p{number}": region for region in REGIONS for number in range(1, 6)}
AREAS = pl.DataFrame(
    [("england", "E", None)]
    + [("region", region, region) for region in REGIONS]
    + [("partnership", code, region) for code, region in PARTNERSHIPS.items()]
    + [("local_authority", f"la-{code}", region) for code, region in PARTNERSHIPS.items()],
    schema=["area_type", "area_code", "region_code"],
    orient="row",
)
CELL = ["area_type", "area_code", "period_type", "period", "indicator", "breakdown"]


def summed_up(leaves: pl.DataFrame) -> pl.DataFrame:
    """Every area and period from partnership-years (area_code, period, numerator, denominator)."""
    local = leaves.with_columns(region_code=pl.col("area_code").replace_strict(PARTNERSHIPS))
    by_area = [
        local.select(
            area_type=pl.lit("partnership"), area_code="area_code", period="period", n="numerator", d="denominator"
        ),
        local.select(
            area_type=pl.lit("local_authority"),
            area_code=pl.concat_str(pl.lit("la-"), "area_code"),
            period="period",
            n="numerator",
            d="denominator",
        ),
        local.select(
            area_type=pl.lit("region"), area_code="region_code", period="period", n="numerator", d="denominator"
        ),
        local.select(
            area_type=pl.lit("england"), area_code=pl.lit("E"), period="period", n="numerator", d="denominator"
        ),
    ]
    yearly = pl.concat(by_area).group_by("area_type", "area_code", "period").agg(pl.col("n", "d").sum())
    blocks = [
        yearly.filter(pl.col("period").is_in(years))
        .group_by("area_type", "area_code")
        .agg(pl.col("n", "d").sum())
        .with_columns(period=pl.lit(block))
        for block, years in BLOCKS.items()
    ]
    return pl.concat([yearly, *blocks], how="diagonal").with_columns(
        period_type=pl.when(pl.col("period").str.contains("-")).then(pl.lit("three_years")).otherwise(pl.lit("year"))
    )


def made_up_values(share: float, cases: float, seed: int) -> pl.DataFrame:
    """Shares of one indicator in the shape of indicator_values, as random as true returns are."""
    random = np.random.default_rng(seed)
    size = random.poisson(cases * random.gamma(2, 0.5, (len(PARTNERSHIPS), 1)), (len(PARTNERSHIPS), len(YEARS)))
    leaves = pl.DataFrame(
        {
            "area_code": np.repeat(list(PARTNERSHIPS), len(YEARS)),
            "period": YEARS * len(PARTNERSHIPS),
            "numerator": random.binomial(size, share).ravel(),
            "denominator": size.ravel(),
        }
    )
    return as_values(summed_up(leaves), "CV2")


def as_values(sums: pl.DataFrame, indicator: str) -> pl.DataFrame:
    return sums.select(
        "area_type",
        "area_code",
        "period_type",
        "period",
        indicator=pl.lit(indicator),
        breakdown=pl.lit("total"),
        numerator=pl.col("n").cast(pl.Float64),
        denominator=pl.col("d").cast(pl.Float64),
        value=pl.when(pl.col("d") > 0).then(pl.col("n") / pl.col("d")),
        **{name: pl.lit(0.5) for name in ("lower95", "upper95", "lower998", "upper998")},
        method=pl.lit("wilson"),
        status=pl.when(pl.col("d") > 0).then(pl.lit("ok")).otherwise(pl.lit("z")),
        reason=pl.when(pl.col("d") == 0).then(pl.lit("no_cases")),
        comparisons=pl.lit("{}"),
        immature=pl.lit(3),
        excluded=pl.lit(7),
        authorities=pl.lit(1),
        authorities_returned=pl.lit(1),
        is_part_period=pl.col("period") == "2027",
    )


class Attacker:
    """Unknown whole numbers for each partnership, year and outcome; an equation for every number that is published."""

    def __init__(self, public: pl.DataFrame):
        leaves = itertools.product(PARTNERSHIPS, YEARS, ("success", "rest"))
        self._place = {leaf: number for number, leaf in enumerate(leaves)}
        rows, least, most = [], [], []
        for row in public.filter(pl.col("area_type") != "local_authority").iter_rows(named=True):
            if row["numerator"] is not None:
                for kind, count in (("success", row["numerator"]), ("rest", row["denominator"] - row["numerator"])):
                    rows.append(self._weights(row["area_type"], row["area_code"], row["period"], kind))
                    least.append(count)
                    most.append(count)
            elif row["reason"] == "confidential":  # a hidden place is not empty, for empty ones are shown
                everything = [
                    self._weights(row["area_type"], row["area_code"], row["period"], kind)
                    for kind in ("success", "rest")
                ]
                rows.append(sum(everything))
                least.append(1)
                most.append(np.inf)
        self._constraints = LinearConstraint(np.array(rows), least, most)

    def _weights(self, area_type: str, area_code: str, period: str, kind: str) -> np.ndarray:
        inside = [
            code for code, region in PARTNERSHIPS.items() if area_type == "england" or area_code in (code, region)
        ]
        weights = np.zeros(len(self._place))
        for code, year in itertools.product(inside, BLOCKS.get(period, [period])):
            weights[self._place[code, year, kind]] = 1
        return weights

    def values_left(self, area_type: str, area_code: str, period: str, kind: str) -> float:
        weights = self._weights(area_type, area_code, period, kind)
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * weights,
                integrality=np.ones(len(weights)),
                bounds=Bounds(0, 10_000),
                constraints=self._constraints,
                options={"time_limit": 20},
            )
            assert found.x is not None
            ends.append(round(float(weights @ found.x)))
        return ends[1] - ends[0] + 1


def small_hidden(values: pl.DataFrame, public: pl.DataFrame) -> pl.DataFrame:
    hidden = values.join(public.filter(pl.col("numerator").is_null()).select(CELL), on=CELL, how="semi")
    kinds = [
        hidden.select(*CELL, kind=pl.lit("success"), count="numerator"),
        hidden.select(*CELL, kind=pl.lit("rest"), count=pl.col("denominator") - pl.col("numerator")),
    ]
    return pl.concat(kinds).filter(pl.col("count").is_between(1, 4) & (pl.col("area_type") != "local_authority"))


@pytest.mark.parametrize(("share", "cases", "seed"), [(0.9, 8, 1), (0.5, 4, 2), (0.97, 30, 3), (0.06, 12, 4)])
def test_no_small_count_of_a_release_can_be_narrowed_to_fewer_than_three_values(share, cases, seed):
    values = made_up_values(share, cases, seed)
    public = as_public(public_statuses(values, AREAS, CATALOGUE, last_published_year=2020), AREAS)
    attacker = Attacker(public)
    targets = small_hidden(values, public)
    assert len(targets) > 10
    large = targets.filter(pl.col("area_type") != "partnership")
    sample = pl.concat([large.sample(min(12, len(large)), seed=seed), targets.sample(12, seed=seed)])
    for row in sample.iter_rows(named=True):
        assert attacker.values_left(row["area_type"], row["area_code"], row["period"], row["kind"]) >= 3, row


def test_what_the_gate_counts_is_never_more_than_what_an_attacker_is_really_left_with():
    values = made_up_values(0.9, 8, 1)
    public = as_public(public_statuses(values, AREAS, CATALOGUE, last_published_year=2020), AREAS)
    attacker = Attacker(public)
    judged = release_attack.attack(values, public, AREAS, CATALOGUE).filter(
        (pl.col("area_type") != "england") & (pl.col("group") == "CV2|total")
    )
    assert not judged["is_recoverable"].any()
    names = ["CV2|total", "the rest"]  # the kinds, in the order in which they are numbered
    for row in judged.sort("values_left", "area_code", "period", "kind").head(12).iter_rows(named=True):
        kind = "success" if names[row["kind"]] == "CV2|total" else "rest"
        left = attacker.values_left(row["area_type"], row["area_code"], row["period"], kind)
        assert left >= row["values_left"], row


def test_uncovering_one_partner_is_noticed_by_the_attack():
    values = made_up_values(0.9, 8, 1)
    judged = public_statuses(values, AREAS, CATALOGUE, last_published_year=2020)
    secondary = judged.filter((pl.col("public_reason") == "secondary") & (pl.col("area_type") == "region"))
    assert len(secondary) > 0
    noticed = 0
    for cell in secondary.select(CELL).head(12).iter_rows():
        is_it = pl.all_horizontal(pl.col(name) == text for name, text in zip(CELL, cell, strict=True))
        uncovered = judged.with_columns(
            public_status=pl.when(is_it).then(pl.lit("ok")).otherwise("public_status"),
            public_reason=pl.when(~is_it).then("public_reason"),
        )
        noticed += release_attack.attack(values, as_public(uncovered, AREAS), AREAS, CATALOGUE)["is_recoverable"].any()
    assert noticed > 0


def test_uncovering_a_small_number_itself_is_seen_in_the_public_table():
    values = made_up_values(0.9, 8, 1)
    judged = public_statuses(values, AREAS, CATALOGUE, last_published_year=2020)
    public = as_public(judged, AREAS)
    shown = values.join(public.filter(pl.col("numerator").is_not_null()).select(CELL), on=CELL, how="semi")
    rest = shown["denominator"] - shown["numerator"]
    assert not shown["numerator"].is_between(1, 4).any()
    assert not rest.is_between(1, 4).any()


def test_every_number_of_a_hidden_row_is_null_and_its_reason_does_not_tell_primary_from_secondary():
    judged = public_statuses(made_up_values(0.9, 8, 1), AREAS, CATALOGUE, last_published_year=2020)
    assert {"small_number", "secondary"} <= set(judged["public_reason"])
    hidden = as_public(judged, AREAS).filter(pl.col("status") == "c")
    assert set(hidden["reason"]) == {"confidential", "level"}
    for name in ("numerator", "denominator", "value", "lower95", "upper998", "comparisons", "immature", "excluded"):
        assert hidden[name].null_count() == len(hidden), name


@pytest.mark.parametrize(("duplicates", "told"), [(3, [None, None, 97]), (0, [100, 0, 97]), (12, [100, 12, 97])])
def test_how_many_duplicates_there_are_is_not_the_rest_of_all_that_is_left_out(duplicates, told):
    # Of 100 notifications that are left out 97 are no duplicates; CV8 leaves out duplicates alone.
    judged = public_statuses(made_up_values(0.5, 40, 5), AREAS, CATALOGUE, last_published_year=2020)
    england = judged.filter(area_type="england", period_type="year", period="2025").head(1)
    left_out = pl.concat(
        england.with_columns(
            indicator=pl.lit(name), excluded=pl.lit(count, judged.schema["excluded"]), public_status=pl.lit("ok")
        )
        for name, count in (("NT1", 100), ("CV8", duplicates), ("DM1", 97))
    )

    assert as_public(left_out, AREAS)["excluded"].to_list() == told


def test_no_public_row_says_how_it_stands_to_a_figure_that_is_hidden():
    judged = public_statuses(made_up_values(0.5, 40, 5), AREAS, CATALOGUE, last_published_year=2020)
    every = '{"england": "lower_998", "region": "similar", "neighbours": "lower_95", "earlier": "similar"}'
    is_hidden = (
        (pl.col("area_type").is_in(["england", "region"]) & (pl.col("period") == "2024-2026"))
        | (pl.col("area_type") == "statistical_neighbours")
    )  # fmt: skip
    judged = judged.with_columns(
        comparisons=pl.lit(every),
        public_status=pl.when(is_hidden).then(pl.lit("c")).otherwise("public_status"),
        public_reason=pl.when(is_hidden).then(pl.lit("secondary")).otherwise("public_reason"),
    )
    partnerships = as_public(judged, AREAS).filter(
        (pl.col("area_type") == "partnership") & pl.col("value").is_not_null()
    )
    code = next(
        code
        for code in partnerships["area_code"].unique().sort()
        if partnerships.filter(area_code=code)["period"].n_unique() == 2
    )
    said = dict(partnerships.filter(area_code=code).select("period", "comparisons").iter_rows())
    assert said == {
        "2024-2026": '{"earlier": "similar"}',  # the three years before are shown
        "2021-2023": '{"england": "lower_998", "region": "similar"}',  # nothing earlier is held
    }


def test_authorities_and_partnership_years_are_not_published_and_blocks_share_no_year():
    public = as_public(public_statuses(made_up_values(0.5, 40, 5), AREAS, CATALOGUE, last_published_year=2020), AREAS)
    shown = public.filter(pl.col("numerator").is_not_null())
    assert "local_authority" not in set(shown["area_type"])
    assert set(shown.filter(pl.col("area_type") == "partnership")["period_type"]) == {"three_years"}
    assert set(shown.filter(pl.col("period_type") == "three_years")["period"]) == {"2024-2026", "2021-2023"}


def test_a_share_of_ten_to_nineteen_cases_keeps_its_fraction_and_loses_its_percentage():
    public = as_public(public_statuses(made_up_values(0.5, 8, 6), AREAS, CATALOGUE, last_published_year=2020), AREAS)
    doubtful = public.filter(pl.col("status") == "u")
    assert len(doubtful) > 0 and doubtful["denominator"].is_between(10, 19).all()
    assert doubtful["value"].null_count() == doubtful["lower95"].null_count() == len(doubtful)


def test_what_dfe_publishes_exactly_is_shown_for_its_years_and_no_later_one():
    sums = summed_up(
        pl.DataFrame(
            {
                "area_code": np.repeat(list(PARTNERSHIPS), len(YEARS)),
                "period": YEARS * len(PARTNERSHIPS),
                "numerator": [number % 4 for number in range(len(PARTNERSHIPS) * len(YEARS))],
                "denominator": [0] * (len(PARTNERSHIPS) * len(YEARS)),
            }
        )
    )
    notifications = as_values(sums, "NT1").with_columns(denominator=pl.lit(None, pl.Float64), status=pl.lit("ok"))
    judged = public_statuses(
        notifications.with_columns(reason=pl.lit(None, pl.String)), AREAS, CATALOGUE, last_published_year=2026
    )
    public = as_public(judged, AREAS)
    authorities = public.filter((pl.col("area_type") == "local_authority") & (pl.col("period_type") == "year"))
    assert authorities.filter(pl.col("period") <= "2026")["numerator"].null_count() == 0
    assert authorities.filter(pl.col("period") == "2027")["numerator"].null_count() == len(PARTNERSHIPS)


def test_blocks_run_back_from_the_latest_and_other_years_stand_alone():
    calendar = Calendar.of(made_up_values(0.5, 4, 1))
    assert calendar.blocks == {"2024-2026": ["2024", "2025", "2026"], "2021-2023": ["2021", "2022", "2023"]}
    assert calendar.single_years == ["2027"]


LINKED = pl.DataFrame(
    [("DM1", "proportion"), ("DM2", "proportion"), ("DM5", "proportion")], schema=["indicator", "unit"], orient="row"
)


def linked_measures() -> pl.DataFrame:
    """Children recorded (DM1), asked (DM2), and of those recorded, those whose impact was considered (DM5)."""
    random = np.random.default_rng(7)
    frames = []
    size = random.poisson(6, (len(PARTNERSHIPS), len(YEARS)))
    asked = random.binomial(size, 0.97)
    recorded = random.binomial(asked, 0.95)
    considered = random.binomial(recorded, 0.4)
    for indicator, numerator, denominator in (
        ("DM1", recorded, size),
        ("DM2", asked, size),
        ("DM5", considered, recorded),
    ):
        leaves = pl.DataFrame(
            {
                "area_code": np.repeat(list(PARTNERSHIPS), len(YEARS)),
                "period": YEARS * len(PARTNERSHIPS),
                "numerator": numerator.ravel(),
                "denominator": denominator.ravel(),
            }
        )
        named = as_values(summed_up(leaves), indicator)
        frames.append(named.with_columns(breakdown=pl.lit("ethnicity:rapid_review")))
    return pl.concat(frames)


def test_a_count_hidden_in_one_measure_is_not_shown_as_the_number_of_cases_of_another():
    values = linked_measures()
    judged = public_statuses(values, AREAS, LINKED, last_published_year=2020)
    assert not release_attack.attack(values, as_public(judged, AREAS), AREAS, LINKED)["is_recoverable"].any()
    hidden = judged.filter((pl.col("indicator") == "DM1") & (pl.col("public_reason") == "small_number"))
    beside = judged.join(hidden.select(CELL).with_columns(indicator=pl.lit("DM5")), on=CELL, how="semi")
    assert len(beside) > 5 and set(beside["public_status"]) == {"c"}


def test_the_attack_finds_a_hidden_count_under_another_name():
    values = linked_measures()
    judged = public_statuses(values, AREAS, LINKED, last_published_year=2020)
    # Uncover DM5 wherever DM1 is hidden for its small rest: the cases of DM5 are the successes of DM1.
    careless = judged.with_columns(
        public_status=pl.when((pl.col("indicator") == "DM5") & (pl.col("area_type") == "region"))
        .then(pl.lit("ok"))
        .otherwise("public_status")
    )
    found = release_attack.attack(values, as_public(careless, AREAS), AREAS, LINKED).filter("is_recoverable")
    assert "DM1|ethnicity:rapid_review" in set(found["group"])


ALONE = pl.DataFrame(
    [("CV2", "proportion"), ("NT8", "proportion"), ("TM5", "days"), ("NT6", "count"), ("RC1", "per_review")],
    schema=["indicator", "unit"],
    orient="row",
)


def full_of_gaps(indicator: str, seed: int) -> pl.DataFrame:
    """A measure of some scale, with partnerships that sent nothing and others that existed for a few years only."""
    random = np.random.default_rng(seed)
    share, cases = random.choice([0.02, 0.1, 0.5, 0.9, 0.99]), random.choice([0.3, 1, 4, 20, 40])
    leaves = made_up_values(share, cases, seed).filter(
        (pl.col("area_type") == "partnership") & (pl.col("period_type") == "year")
    )
    known_for = {
        code: set(random.choice(YEARS, random.integers(1, 7), replace=False)) if random.random() < 0.2 else set(YEARS)
        for code in PARTNERSHIPS
        if random.random() > 0.25
    }
    there = [(code, year) for code, years in known_for.items() for year in sorted(years)]
    kept = leaves.join(pl.DataFrame(there, schema=["area_code", "period"], orient="row"), on=["area_code", "period"])
    counts = kept.select("area_code", "period", pl.col("numerator", "denominator").cast(pl.Int64))
    values = as_values(summed_up(counts), indicator)
    if indicator != "NT6":
        return values
    return values.with_columns(
        denominator=pl.lit(None, pl.Float64), status=pl.lit("ok"), reason=pl.lit(None, pl.String)
    )


@pytest.mark.parametrize("indicator", ALONE["indicator"])
@pytest.mark.parametrize("seed", range(1000, 1012))
def test_what_is_chosen_always_withstands_the_attack_at_the_gate(indicator, seed):
    values = full_of_gaps(indicator, seed)
    public = as_public(public_statuses(values, AREAS, ALONE, last_published_year=2020), AREAS)
    judged = release_attack.attack(values, public, AREAS, ALONE)
    assert not judged["is_recoverable"].any(), judged.filter("is_recoverable").row(0)
