"""A chain holds those that ask again what its origin asked, in order of day, and does not drift."""

from datetime import date

import polars as pl

from throughline.repetition import find_repeats
from throughline.repetition.chains import COLUMNS, find_chains

BRUISE = "Any bruise on a baby who cannot yet move should be referred to children's social care at once."
FATHERS = "Fathers should be included in every assessment of a child."


def recommendations(*rows):
    return pl.DataFrame(
        [(name, text, date(year, 1, 1), "leeds") for name, text, year in rows],
        schema=["rec_id", "rec_text", "date_made", "partnership_code"],
        orient="row",
    )


def chained(rows: pl.DataFrame, pairs: pl.DataFrame | None = None) -> dict:
    found = find_chains(find_repeats(rows) if pairs is None else pairs, rows)
    return {rec_id: (chain, repeated) for chain, rec_id, repeated in found.iter_rows()}


def test_the_origin_is_the_first_and_repeats_nobody():
    rows = recommendations(("A", BRUISE, 2019), ("B", BRUISE, 2021), ("C", BRUISE, 2023))
    assert chained(rows) == {"A": ("A", None), "B": ("A", "A"), "C": ("A", "B")}


def test_another_ask_is_in_no_chain():
    rows = recommendations(("A", BRUISE, 2019), ("B", BRUISE, 2021), ("C", FATHERS, 2023))
    assert "C" not in chained(rows)


def test_what_repeats_a_member_and_not_the_origin_begins_its_own_chain():
    rows = recommendations(
        ("A", BRUISE, 2019), ("B", BRUISE + " " + FATHERS, 2020), ("C", FATHERS, 2021), ("D", FATHERS, 2022)
    )
    pairs = pl.DataFrame(
        [("B", "A", 0.8), ("C", "B", 0.8), ("D", "C", 1.0)], schema=["rec_id", "earlier_rec_id", "score"], orient="row"
    )
    found = chained(rows, pairs)
    assert found["B"] == ("A", "A")
    assert found["D"] == ("C", "C") and found["C"] == ("C", None)


def test_a_pair_that_a_person_named_counts_as_sure():
    rows = recommendations(("A", BRUISE, 2019), ("B", FATHERS, 2020))
    pairs = pl.DataFrame(
        {"rec_id": ["B"], "earlier_rec_id": ["A"], "score": [None]}, schema_overrides={"score": pl.Float64}
    )
    assert chained(rows, pairs) == {"A": ("A", None), "B": ("A", "A")}


def test_no_pairs_make_no_chain():
    assert find_chains(find_repeats(recommendations(("A", BRUISE, 2019))), recommendations()).schema == pl.Schema(
        COLUMNS
    )


def test_the_order_of_rows_does_not_matter():
    rows = recommendations(
        ("A", BRUISE, 2019), ("B", BRUISE, 2021), ("C", BRUISE, 2023), ("D", FATHERS, 2020), ("E", FATHERS, 2022)
    )
    pairs = find_repeats(rows)
    assert find_chains(pairs, rows).equals(find_chains(pairs.reverse(), rows.reverse()))
