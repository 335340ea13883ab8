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


def named_below(text, finding):
    """The terms that stand below what a finding measured, each with what it opens."""
    section = text[text.index(f'id="{finding}-title"') :].split("</section>")[0]
    listed = re.search(r'<ul[^>]*class="app-terms".*?</ul>', section, re.S)
    return dict(re.findall(r'<summary class="app-term__words">(.*?)</summary><div[^>]*>(.*?)</div>', listed[0]))


def test_where_a_table_names_no_measure_its_finding_does(reader):
    trends, compared = reader.get("/notification-trends").text, reader.get("/compare-partnerships?indicator=CV2").text
    row = CATALOGUE.row(by_predicate=pl.col("indicator") == "NT5", named=True)

    assert list(named_below(trends, "context")) == [
        "Incidents considered",
        "Notifications",
        "Share of incidents notified",
    ]
    assert f"Out of: {row['denominator'][0].lower()}{row['denominator'][1:]}." in "".join(
        named_below(trends, "watch").values()
    )
    assert list(named_below(trends, "series")) == ["Notifications in the returns"]
    assert list(named_below(compared, "comparison")) == ["Notification to rapid review"]


def test_what_the_terms_of_trends_mean_stands_among_its_definitions(reader):
    text = reader.get("/notification-trends").text
    defined = text[text.index('id="definitions"') :]

    assert "Serious harm notifications for each death notified" in defined
    assert "How each measure is defined" in defined
