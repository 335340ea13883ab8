"""Help beside each term: what the catalogue says of a measure opens in the table that names it."""

import csv
import io
import re

import polars as pl

from throughline.workspace import PROJECT

CATALOGUE = pl.read_csv(PROJECT / "seeds" / "indicators.csv", infer_schema_length=None)


def meanings(text, table):
    body = re.search(rf'<table[^>]*id="{table}".*?</table>', text, re.S)[0]
    return dict(re.findall(r'<summary class="app-term__words">(.*?)</summary><div[^>]*>(.*?)</div>', body))


def test_each_step_opens_what_is_counted_out_of_what_and_what_is_left_out(reader):
    found = meanings(reader.get("/conversion").text, "steps-table")
    row = CATALOGUE.row(by_predicate=pl.col("indicator") == "CV2", named=True)

    said = found["Notification to rapid review"]
    assert said.startswith(f"Counted: {row['numerator'][0].lower()}{row['numerator'][1:]}.")
    assert "Out of:" in said and "Left out:" in said
    assert len(found) == 5


def test_the_front_page_and_a_profile_explain_their_measures(reader):
    assert len(meanings(reader.get("/").text, "standing-table")) > 10
    assert len(meanings(reader.get("/profile").text, "standing-table")) == 7


def test_in_a_file_a_term_is_its_words_alone(reader):
    rows = list(csv.DictReader(io.StringIO(reader.get("/download/conversion/steps.csv").text)))

    assert "Notification to rapid review" in {row["Step"] for row in rows}
