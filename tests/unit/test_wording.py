"""Words at the edges: nothing out of nothing, three of four, all hidden, nothing differs."""

from datetime import date

import polars as pl
import pytest

from throughline import wording
from throughline.wording import comparison, notification_trends, standing
from throughline.workspace import PROJECT


def row(numerator, denominator, status="ok", **extra):
    value = None if status in "zxc" else numerator / denominator
    return {"numerator": numerator, "denominator": denominator, "value": value, "status": status, **extra}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (row(3, 4), "3 of 4"),
        (row(0, 4), "0 of 4"),
        (row(11, 13), "84.6%"),
        (row(0, 0, "z"), "[z]"),
        (row(None, None, "x"), "[x]"),
        (row(None, None, "c"), "[c]"),
        (row(0, 12), "0.0%"),
        (row(20, 40, "u"), "50.0% [u]"),
    ],
)
def test_a_share_is_a_fraction_below_ten_cases_and_never_a_zero_that_is_not_one(given, shown):
    assert wording.value_or_symbol(given, "proportion") == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"), [(0.285, 2, "0.29"), (2.5, 0, "3"), (1234.5, 0, "1,235"), (0, 1, "0.0")]
)
def test_rounding_is_half_up_with_commas(value, places, shown):
    assert wording.rounded(value, places) == shown


def test_limits_of_a_small_count_keep_a_decimal():
    assert wording.interval(0.2422, 8.7673, "count") == "0.2 to 8.8"
    assert wording.interval(303.3, 376.4, "count") == "303 to 376"
    assert wording.interval(0.578, 0.957, "proportion") == "57.8% to 95.7%"
    assert wording.interval(None, None, "proportion") == "[z]"


@pytest.mark.parametrize(
    ("period_type", "period", "said"),
    [
        ("year", "2026", "year ending March 2026"),
        ("three_years", "2024-2026", "three years ending March 2026"),
        ("quarter", "2026-Q1", "April to June 2025"),
        ("quarter", "2026-Q4", "January to March 2026"),
    ],
)
def test_periods_are_said_as_a_reader_would(period_type, period, said):
    assert wording.period_in_words(period_type, period) == said


def test_only_the_letters_in_use_are_explained():
    assert wording.symbol_note(["ok", "ok"]) == ""
    note = wording.symbol_note(["ok", "c", "x"])
    assert "[c]" in note and "[x]" in note and "[z]" not in note


def test_synthetic_returns_say_so_beside_every_date():
    assert wording.as_at_in_words(date(2026, 9, 30), True) == "Synthetic returns as at 30 September 2026."


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Barnet Safeguarding Children Partnership", "Barnet"),
        ("Havering safeguarding children arrangements", "Havering"),
        ("Blackpool Children's Safeguarding Assurance Partnership", "Blackpool"),
        ("Bexley S.H.I.E.L.D. Safeguarding Partnership for Children and Young People", "Bexley"),
        (
            "Our Safeguarding Children Partnership for Cornwall and the Isles of Scilly",
            "Cornwall and the Isles of Scilly",
        ),
        ("Royal Borough of Windsor and Maidenhead All-age Safeguarding Partnership", "Windsor and Maidenhead"),
    ],
)
def test_short_names_keep_the_place(name, short):
    assert wording.short_name(name) == short


def partnerships(*rows):
    names = ["area_name", "numerator", "denominator", "value", "standing", "differs", "expected", "immature"]
    schema = dict(
        zip(
            names,
            [pl.String, pl.Float64, pl.Float64, pl.Float64, pl.String, pl.Boolean, pl.Float64, pl.Int64],
            strict=True,
        )
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_when_nothing_differs_the_first_sentence_says_so_and_what_chance_would_do():
    rows = partnerships(("A", 30, 40, 0.75, "similar", False, None, 0), ("B", 20, 40, 0.5, "lower_95", False, None, 0))
    sentence = comparison.comparison_headline(rows, "proportion", 0.03)

    assert sentence.startswith("None of the 2 partnerships with a figure differs from England by more than chance")
    assert "fewer than 0.1 of 2" in sentence


def test_a_difference_is_named_in_name_order_with_recording_to_be_checked_first():
    rows = partnerships(
        ("Z", 1, 40, 0.02, "lower_998", True, None, 0), ("A", 39, 40, 0.98, "higher_998", True, None, 0)
    )
    sentence = comparison.comparison_headline(rows, "proportion", 0.3)

    assert "A (higher) and Z (lower)" in sentence
    assert "Check recording first" in sentence
    assert "about 0.3 of 2" in sentence


def test_too_few_cases_are_not_called_alike():
    rows = partnerships(("A", 1, 2, 0.5, "similar", False, None, 0), ("B", 2, 3, 0.67, "similar", False, None, 0))
    sentence = comparison.comparison_headline(rows, "proportion", 0.0)

    assert "not evidence that they are alike" in sentence


def test_all_suppressed_compares_nothing():
    rows = partnerships(("A", None, None, None, None, False, None, None))

    assert "nothing can be compared" in comparison.comparison_headline(rows, "proportion", 0.0)
    assert comparison.comparison_headline(rows.clear(), "proportion", 0.0)


def test_counts_are_never_compared():
    rows = partnerships(("A", 9, None, 9, None, False, None, 0))

    assert "not compared" in comparison.comparison_headline(rows, "count", 0.0)


@pytest.mark.parametrize(
    ("given", "unit", "said"),
    [
        (row(3, 4, standing="similar"), "proportion", "Too few to say"),
        (row(30, 40, standing="similar"), "proportion", "No different from what chance would give"),
        (row(2, 100_000, standing="similar", expected=1.8), "per_100000_children", "Too few to say"),
        (
            row(9, 100_000, standing="higher_998", expected=1.8),
            "per_100000_children",
            standing.STANDING_IN_WORDS["higher_998"],
        ),
        (row(30, 40, standing=None), "proportion", standing.NO_ENGLAND),
    ],
)
def test_standing_says_no_more_than_the_numbers_carry(given, unit, said):
    assert standing.standing_in_words(given, unit) == said


def test_what_holds_of_volumes_is_said_of_them_alone_and_never_twice():
    volumes = ("count", "per_100000_children", "per_10000_children_in_need", "observed_over_expected")
    seeds = pl.read_csv(PROJECT / "seeds" / "indicators.csv", infer_schema=False)
    for row in seeds.iter_rows(named=True):
        said = comparison.caveat(row["unit"], row["caveat"])

        assert said.startswith("Not a performance measure") and said.endswith(row["caveat"])
        for claim in ("Larger and more deprived areas", "neither a high nor a low number"):
            assert said.count(claim) == (1 if row["unit"] in volumes or claim in row["caveat"] else 0)


def test_no_words_of_praise_or_blame():
    spoken = " ".join(
        [
            *standing.STANDING_IN_WORDS.values(),
            *standing.EARLIER_IN_WORDS.values(),
            comparison.NOT_A_PERFORMANCE_MEASURE,
            comparison.PART_PERIOD,
        ]
    )

    assert not set(spoken.lower().replace(":", " ").split()) & {
        "best",
        "worst",
        "good",
        "poor",
        "better",
        "worse",
        "rank",
    }


def published(*counts, is_rounded=False):
    return pl.DataFrame(
        [
            {
                "source": "published",
                "reporting_year": year,
                "count": float(count),
                "population": None,
                "is_rounded": is_rounded,
            }
            for year, count in counts
        ],
        schema_overrides={"population": pl.Float64},
    )


def test_the_published_fall_since_2021_is_more_than_chance_and_the_last_year_is_not():
    said = notification_trends.trend_headline(published((2021, 536), (2025, 338), (2026, 357)), "England", "total")

    assert "fell from 536 in 2021 to 357 in 2026, by more than chance" in said
    assert "within what chance would give (338 to 357)" in said
    assert said.endswith(notification_trends.LIMIT_OF_COUNTS)


def test_a_rounded_region_is_not_tested():
    said = notification_trends.trend_headline(published((2025, 20), (2026, 30), is_rounded=True), "North East", "total")

    assert "rounded to the nearest 10" in said
    assert "fell" not in said and "rose" not in said


def test_a_missing_series_is_said_to_be_missing():
    said = notification_trends.trend_headline(published((2026, 3)).clear(), "Wales", "other")

    assert said.startswith("No published figures")


def test_nothing_against_nothing_is_no_change():
    said = notification_trends.trend_headline(published((2021, 0), (2026, 0)), "Somewhere", "other")

    assert "more than chance alone" not in said
