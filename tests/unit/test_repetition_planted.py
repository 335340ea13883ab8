"""Repeats planted in synthetic returns are found in the built house about as often as the method's page says."""

import json

import duckdb
import polars as pl
import pytest

from throughline.working_days import add_months

# Page: 41% of repeats in other words, 5% of look-alikes. Wide, for the small release holds few of them.
LEAST_FOUND, MOST_FOUND, MOST_LOOK_ALIKES = 0.30, 0.60, 0.10


@pytest.fixture(scope="module")
def planted(small_workspace) -> pl.DataFrame:
    truth = json.loads((small_workspace.returns / "truth.json").read_text(encoding="utf-8"))["repeats"]
    return pl.DataFrame(truth).with_columns(
        rec_id=pl.concat_str("partnership_code", "rec_ref", separator="|"),
        earlier_rec_id=pl.concat_str("other_partnership_code", "other_rec_ref", separator="|"),
    )


@pytest.fixture(scope="module")
def pairs(small_workspace) -> pl.DataFrame:
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        return warehouse.sql("select * from intermediate.int_recommendation_pairs").pl()


def found(planted: pl.DataFrame, pairs: pl.DataFrame, kind: str) -> tuple[int, int]:
    by_words = pairs.filter(pl.col("kind") != "theme_and_target")
    wanted = planted.filter((pl.col("kind") == kind) & (pl.col("scope") == "SAME_AREA"))
    return wanted.join(by_words, on=["rec_id", "earlier_rec_id"], how="semi").height, wanted.height


def test_every_repeat_in_the_same_words_is_found(planted, pairs):
    suggested, all_of_them = found(planted, pairs, "exact")
    # The ten likeliest may leave out one of many word for word the same.
    assert suggested >= 0.95 * all_of_them > 10


def test_repeats_in_other_words_are_found_at_the_measured_rate(planted, pairs):
    suggested, all_of_them = found(planted, pairs, "near")
    assert LEAST_FOUND * all_of_them <= suggested <= MOST_FOUND * all_of_them


def test_look_alikes_are_not_suggested_more_often_than_measured(planted, pairs):
    suggested, all_of_them = found(planted, pairs, "look_alike")
    assert suggested <= MOST_LOOK_ALIKES * all_of_them


def test_what_a_review_says_again_after_its_own_rapid_review_is_no_repeat(planted, pairs):
    own = planted.filter(pl.col("kind") == "same_review_series").select("rec_id", "earlier_rec_id")
    scopes = pairs.join(own, on=["rec_id", "earlier_rec_id"])["scope"]
    assert scopes.len() > 5 and set(scopes) == {"SAME_REVIEW_SERIES"}


def test_repeats_in_the_area_agree_with_a_plain_recount(small_workspace, pairs):
    """RC2 once more from the pairs, row by row, with another calendar than SQL's."""
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        texts = warehouse.execute(
            "select texts.rec_id, texts.date_made, texts.rec_text, submissions.period_start "
            "from intermediate.int_recommendation_texts as texts "
            "join intermediate.int_submissions_current as submissions using (submission_ref)"
        ).fetchall()
        counted = warehouse.execute(
            "select sum(is_success::int), count(*) from intermediate.int_repetition_cases "
            "where indicator = 'RC2' and breakdown = 'total' and not is_excluded"
        ).fetchone()
    made = {rec_id: day for rec_id, day, _, _ in texts}
    looked_at = {rec_id for rec_id, day, text, start in texts if text is not None and day >= add_months(start, 36)}
    repeats = {
        row["rec_id"]
        for row in pairs.iter_rows(named=True)
        if row["kind"] != "theme_and_target"
        and row["scope"] == "SAME_AREA"
        and made[row["rec_id"]] <= add_months(made[row["earlier_rec_id"]], 36)
    }
    assert counted == (len(repeats & looked_at), len(looked_at))
