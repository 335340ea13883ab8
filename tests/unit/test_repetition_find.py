"""Repeats among many recommendations: who counts as earlier, kinds, order, and prepared texts kept in a file."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from throughline.repetition import find, find_repeats
from throughline.repetition.cache import prepare_with_cache
from throughline.repetition.nearest import nearest_columns

BRUISE = "Any bruise on a baby who cannot yet move should be referred to children's social care at once."
SHORT = "Train staff about neglect."


def recommendations(*rows):
    return pl.DataFrame(
        [(name, text, day, "leeds") for name, text, day in rows],
        schema={"rec_id": pl.String, "rec_text": pl.String, "date_made": pl.Date, "partnership_code": pl.String},
        orient="row",
    )


@pytest.fixture(scope="module")
def made() -> pl.DataFrame:
    return recommendations(
        ("R1", BRUISE, date(2019, 3, 1)),
        ("R2", BRUISE.upper().replace(".", "!"), date(2020, 3, 1)),
        ("R3", BRUISE.replace("at once", "without delay"), date(2021, 3, 1)),
        ("R4", "A non-mobile infant with bruising must be referred to social services immediately.", date(2022, 3, 1)),
        ("R5", "The council should publish its parking charges online every spring.", date(2022, 3, 2)),
        ("R6", BRUISE, date(2019, 3, 1)),
    )


def kinds(found: pl.DataFrame) -> dict:
    return {(one, other): kind for one, other, _, kind in found.iter_rows()}


def test_kinds_are_the_same_text_nearly_the_same_words_and_the_same_ask(made):
    found = kinds(find_repeats(made))
    assert found["R2", "R1"] == "exact"
    assert found["R3", "R1"] == "near"
    assert found["R4", "R1"] == "same_ask"
    assert not [pair for pair in found if "R5" in pair]


def test_only_an_earlier_day_counts(made):
    day_of = dict(made.select("rec_id", "date_made").iter_rows())
    found = find_repeats(made)
    assert found.height > 0
    assert all(day_of[earlier] < day_of[later] for later, earlier, *_ in found.iter_rows())
    assert ("R6", "R1") not in kinds(found) and ("R1", "R6") not in kinds(found)


def test_the_order_of_rows_does_not_matter(made):
    assert find_repeats(made).equals(find_repeats(made.reverse()))


def test_fewer_than_eight_words_are_never_near():
    rows = recommendations(("A", SHORT, date(2020, 1, 1)), ("B", "Train all staff about neglect.", date(2021, 1, 1)))
    assert set(find_repeats(rows)["kind"]) == {"same_ask"}


def test_the_same_short_text_is_exact():
    rows = recommendations(("A", SHORT, date(2020, 1, 1)), ("B", SHORT, date(2021, 1, 1)))
    assert kinds(find_repeats(rows)) == {("B", "A"): "exact"}


def test_a_recommendation_is_given_ten_at_most_and_the_latest_first():
    rows = recommendations(*((f"R{number:02d}", SHORT, date(2000 + number, 1, 1)) for number in range(15)))
    last = find_repeats(rows).filter(pl.col("rec_id") == "R14")
    assert last["earlier_rec_id"].to_list() == [f"R{number:02d}" for number in range(13, 3, -1)]


def test_rows_without_a_text_or_a_day_are_passed_over():
    rows = recommendations(("A", SHORT, date(2020, 1, 1)), ("B", None, date(2021, 1, 1)), ("C", SHORT, None))
    assert find_repeats(rows).is_empty()


def test_nothing_gives_an_empty_frame_of_the_same_shape(made):
    assert find_repeats(made.clear()).schema == find_repeats(made).schema == pl.Schema(find.COLUMNS)


def test_a_missing_column_is_named(made):
    with pytest.raises(ValueError, match="date_made"):
        find_repeats(made.drop("date_made"))


def test_looking_up_a_few_gives_what_looking_up_all_gives_for_them(made):
    whole = find_repeats(made).filter(pl.col("rec_id").is_in(["R3", "R4"]))
    assert find_repeats(made, only=["R3", "R4"]).equals(whole)


def test_kept_texts_change_nothing_and_are_for_their_owner_alone(made, tmp_path):
    kept = tmp_path / "prepared.npz"
    cold, warm = find_repeats(made, kept), find_repeats(made, kept)
    assert cold.equals(warm) and cold.equals(find_repeats(made))
    assert kept.stat().st_mode & 0o077 == 0


def test_new_texts_are_added_to_those_kept(tmp_path, made):
    kept = tmp_path / "prepared.npz"
    find_repeats(made.head(3), kept)
    before = kept.stat().st_size
    assert find_repeats(made, kept).equals(find_repeats(made))
    assert kept.stat().st_size > before


def test_texts_kept_by_another_version_are_not_used(tmp_path, monkeypatch, made):
    kept = tmp_path / "prepared.npz"
    find_repeats(made.head(2), kept)
    monkeypatch.setattr("throughline.repetition.cache.text_version", lambda: "another")
    texts = made["rec_text"].unique(maintain_order=True).to_list()
    assert prepare_with_cache(texts, kept).text.max() == len(texts) - 1
    with np.load(kept) as held:
        assert str(held["version"]) == "another" and len(held["keys"]) == len(texts)


def test_the_nearest_columns_by_tiles_are_those_of_a_full_sort():
    values = np.random.default_rng(1).random((20, 2011)).astype(np.float32)
    expected = np.sort(np.argsort(-values, axis=1)[:, :24], axis=1)
    assert (np.sort(nearest_columns(values, 24), axis=1) == expected).all()


def test_ten_from_elsewhere_do_not_push_out_one_from_the_same_place():
    elsewhere = [(f"E{number:02d}", SHORT, date(2010 + number, 1, 1), "kent") for number in range(12)]
    rows = pl.DataFrame(
        [("OWN", SHORT, date(2009, 1, 1), "leeds"), *elsewhere, ("LAST", SHORT, date(2024, 1, 1), "leeds")],
        schema=["rec_id", "rec_text", "date_made", "partnership_code"],
        orient="row",
    )
    places = pl.DataFrame({"partnership_code": ["leeds", "kent"], "place": ["leeds", "kent"]})
    alone, in_places = find_repeats(rows), find_repeats(rows, places=places)
    assert ("LAST", "OWN") not in kinds(alone) and ("LAST", "OWN") in kinds(in_places)
    assert kinds(alone).items() <= kinds(in_places).items()
    assert not in_places.select("rec_id", "earlier_rec_id").is_duplicated().any()
