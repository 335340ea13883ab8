"""The page on data quality: missing, nil and zero apart, names in order, and each reader's own partnerships alone."""

import csv
import io
import re
import zipfile

import polars as pl
import pytest
from made_up_quality import CHANGED, MISSING, UNCHANGED
from made_up_release import partnerships_of
from openpyxl import load_workbook

from dashboards.app import create_app
from throughline.release import Viewer
from throughline.wording import data_quality as words
from throughline.wording import short_name

PATH = "/data-quality"
PARTNERSHIPS = partnerships_of(("E12000001", "E12000004"))
OF_ONE, OF_ALL = ["held", "findings", "changes"], ["partnerships", "national", "regional", "rules"]
KINDS = ["csv", "xlsx", "ods"]


def partnership(place):
    row = PARTNERSHIPS.row(place, named=True)
    return row["partnership_code"], short_name(row["partnership_name"])


def plain(cell):
    return re.sub(r"<[^>]*>", "", cell).replace(words.NO_BREAK, " ").replace("&#x27;", "'")


def cells(text, table):
    """The body of a table: its rows as lists of what a reader sees."""
    body = re.search(rf'<table[^>]*id="{table}".*?<tbody[^>]*>(.*?)</tbody>', text, re.S)[1]
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in body.split("</tr>")[:-1]]


def headline(text):
    return plain(re.search(r'<p[^>]*id="headline"[^>]*>(.*?)</p>', text)[1])


def reader_of(made_up_workspace, viewer):
    return create_app(made_up_workspace, viewer).server.test_client()


def rows_of(client, file, asked=""):
    """The rows of one finding's CSV."""
    return list(csv.DictReader(io.StringIO(client.get(f"/download{PATH}/{file}.csv{asked}").text)))


def test_the_first_sentence_says_what_came_what_was_put_aside_and_what_waits(reader):
    sent = len(PARTNERSHIPS) - 1

    assert headline(reader.get(PATH).text).startswith(
        f"{sent} of the {sent + 1} partnerships have sent a return. 2 of {100 * sent + 2:,} rows were put aside for "
        "errors, and 3 queries wait for an explanation."
    )


def test_partnerships_stand_in_name_order_and_lead_to_their_own_details(reader):
    text = reader.get(PATH).text
    names = [row[0] for row in cells(text, "partnerships-table")]

    assert names == sorted((short_name(name) for name in PARTNERSHIPS["partnership_name"]), key=str.lower)
    assert f"?region=all&amp;partnership={partnership(0)[0]}" in text


def test_a_partnership_that_sent_nothing_has_words_and_no_number(reader):
    code, name = partnership(MISSING)
    row = next(row for row in cells(reader.get(PATH).text, "partnerships-table") if row[0] == name)

    assert row[1] == "No return received"
    assert not re.search(r"\d", "".join(row[1:]))
    text = reader.get(f"{PATH}?partnership={code}").text
    assert "neither nil nor zero" in headline(text)
    assert {cell for row in cells(text, "received-table") for cell in row[1:]} == {"Not sent"}
    assert 'id="findings"' not in text


def test_missing_nil_and_zero_stay_different_to_the_eye(reader):
    code, _ = partnership(CHANGED)
    text = reader.get(f"{PATH}?partnership={code}").text
    reviews = {row[0]: row[5] for row in cells(text, "received-table")}

    assert reviews["2023"] == "5"
    assert reviews["2024"] == "Nil confirmed"
    assert reviews["2025"] == "None, not confirmed"
    assert "2027 (not over)" in reviews
    assert "<strong>None, not confirmed</strong>" in text and "<strong>Nil confirmed</strong>" not in text


@pytest.mark.parametrize(
    ("place", "said"), [(CHANGED, "7 new, 1 gone, 3 changed"), (UNCHANGED, "No change"), (MISSING + 1, "First return")]
)
def test_a_first_return_is_not_called_unchanged(reader, place, said):
    _, name = partnership(place)
    row = next(row for row in cells(reader.get(PATH).text, "partnerships-table") if row[0] == name)

    assert row[-1] == said


def test_findings_are_told_in_the_rules_own_words_with_what_happens_next(reader, made_up):
    code, _ = partnership(CHANGED)
    found = cells(reader.get(f"{PATH}?partnership={code}").text, "findings-table")
    titles = dict(made_up.table("rules").select("rule", "title").iter_rows())

    assert [(row[0], row[2], row[3], row[4]) for row in found] == [
        ("F02", "Error", "2", "To be put right"),
        ("S03", "Query", "3", "1 explained, 2 waiting"),
        ("S06", "Query", "1", "Waits for an explanation"),
    ]
    assert all(row[1] == titles[row[0]] for row in found)


def test_changes_are_told_by_field_with_the_templates_title(reader):
    code, _ = partnership(CHANGED)
    found = cells(reader.get(f"{PATH}?partnership={code}").text, "changes-table")

    assert found == [
        ["Serious incident notifications", "Record gone", "The whole record", "1"],
        ["Serious incident notifications", "Record changed", "a_field_of_long_ago", "1"],
        ["Serious incident notifications", "Record changed", "Whether the criteria are met (criteria_status)", "3"],
        ["Recommendations", "New record", "The whole record", "7"],
    ]


def test_a_region_narrows_the_table_and_the_first_sentence(reader):
    text = reader.get(f"{PATH}?region=E12000001").text
    here = PARTNERSHIPS.filter(pl.col("region_code") == "E12000001")

    assert len(cells(text, "partnerships-table")) == len(here)
    assert f"{len(here)} partnerships in the North East" in headline(text)
    assert re.search(r"<option[^>]*selected[^>]*>North East</option>", text)


def test_published_counts_stand_beside_the_returns_and_a_difference_is_a_question(reader):
    text = plain(reader.get(PATH).text)
    england, regions = (cells(reader.get(PATH).text, f"{level}-table") for level in ("national", "regional"))

    assert [row[-1] for row in england] == ["8 fewer in the returns", "Not compared: returns are missing", "The same"]
    assert regions[0] == [
        *("East Midlands, 2026", "30", "as published; rounded to the nearest 10", "[x]", "0 of 10"),
        "Nothing to compare",
    ]
    assert [row[-1] for row in regions[1:]] == [
        "More in the returns than rounding explains",
        "No more than the rounding",
    ]
    for sentence in (words.DIFFERENCE_IS_A_QUESTION, words.SYNTHETIC_DOES_NOT_AGREE, words.NO_AUTHORITY_COUNTS):
        assert sentence in text


def test_every_rule_of_the_release_is_in_the_catalogue(reader, made_up):
    listed = cells(reader.get(PATH).text, "rules-table")

    assert [row[0] for row in listed] == sorted(made_up.table("rules")["rule"])
    assert {row[2] for row in listed} == {"Error", "Query"}
    assert not any("_" in row[3] for row in listed)


def test_the_page_says_what_it_cannot_say(reader):
    text = plain(reader.get(PATH).text)

    assert all(claim in text and reason in text for claim, reason in words.NOT_SAID)


def test_nothing_is_ranked_or_coloured(reader):
    code, _ = partnership(CHANGED)
    text = reader.get(f"{PATH}?partnership={code}").text

    assert not re.search(r"govuk-tag|style=", text[text.index("<main") : text.index("</main>")])


def test_a_long_table_of_partnerships_waits_to_be_opened_and_a_short_one_stands_open(reader, monkeypatch):
    def folding(text):
        return re.findall(r"<details[^>]*>", text[: text.index('id="partnerships-table"')])[-1]

    assert " open" in folding(reader.get(f"{PATH}?region=E12000001").text)
    monkeypatch.setattr("dashboards.report_page.FEW_ROWS", 3)
    assert " open" not in folding(reader.get(f"{PATH}?region=E12000004&laid_out=anew").text)


def test_a_public_reader_is_told_in_words_and_sees_no_partnership(made_up_workspace):
    code, asked = partnership(CHANGED)
    text = reader_of(made_up_workspace, Viewer.public()).get(f"{PATH}?partnership={code}").text
    instead = re.search(r'<div [^>]*class="govuk-inset-text app-instead".*?</div>', text, re.S)[0]

    assert f"What was sent from {asked} is not shown to you" in instead
    text = text.replace(instead, "")
    assert "not shown to you" in text
    assert headline(text).startswith("The returns for the year ending March 2026 cover 152 of England's 153")
    assert not any(short_name(name) in plain(text) for name in PARTNERSHIPS["partnership_name"])
    assert "There is a problem" not in text and "<form" not in text
    assert cells(text, "rules-table") and cells(text, "national-table")


def test_a_region_sees_its_own_partnerships_alone(made_up_workspace):
    client = reader_of(made_up_workspace, Viewer.region("E12000001"))
    text = client.get(PATH).text
    other = PARTNERSHIPS.filter(pl.col("region_code") != "E12000001")

    assert len(cells(text, "partnerships-table")) == len(PARTNERSHIPS) - len(other)
    assert not any(code in text for code in other["partnership_code"])

    code, name = other.select("partnership_code", "partnership_name").row(0)
    asked = client.get(f"{PATH}?partnership={code}").text
    assert f"What was sent from {short_name(name)} is not shown to you" in plain(asked)
    assert "Shown instead: the partnerships of your region." in plain(asked)
    assert cells(asked, "partnerships-table") == cells(text, "partnerships-table")
    assert headline(asked) == headline(text)


def test_a_partnership_sees_its_own_details_without_choosing(made_up_workspace):
    code, name = partnership(CHANGED)
    text = reader_of(made_up_workspace, Viewer.partnership(code)).get(PATH).text

    assert [row[0] for row in cells(text, "partnerships-table")] == [name]
    assert cells(text, "received-table")
    assert "<form" not in text


@pytest.mark.parametrize("address", ["region=atlantis", "partnership=nobody", "region=%00&partnership='--"])
def test_what_cannot_be_chosen_is_told_in_words(reader, address):
    text = reader.get(f"{PATH}?{address}").text

    assert "There is a problem" in text
    assert "Choose another from the list." in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", [*OF_ONE, *OF_ALL])
def test_each_table_has_a_file_of_each_kind_that_is_linked_below_it(reader, file, kind):
    code, _ = partnership(CHANGED)
    text = reader.get(f"{PATH}?partnership={code}").text
    place = text.index(f'id="{file}-title"')
    link = re.search(rf'href="(/download{PATH}/{file}\.{kind}\?[^"]*)"', text[place:])[1].replace("&amp;", "&")
    answer = reader.get(link)

    assert answer.status_code == 200
    assert re.search(rf"-{file}-.*-as-at-2026-09-30-synthetic\.{kind}", answer.headers["Content-Disposition"])
    if kind == "ods":
        assert "<table:table " in zipfile.ZipFile(io.BytesIO(answer.data)).read("content.xml").decode()
    elif kind == "xlsx":
        assert "Table 1" in load_workbook(io.BytesIO(answer.data)).sheetnames
    else:
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert rows and all(row["how_to_read"] and row["as_at_date"] == "2026-09-30" for row in rows)
        assert all(row["kind_of_data"].startswith("Synthetic") for row in rows)


def test_files_name_partnerships_and_returns_in_words(reader):
    code, name = partnership(CHANGED)
    names = [row["Partnership"] for row in rows_of(reader, "partnerships")]
    said = rows_of(reader, "changes", f"?partnership={code}")[0]

    assert names == sorted((short_name(one) for one in PARTNERSHIPS["partnership_name"]), key=str.lower)
    assert (said["Return"], said["What changed"]) == ("Serious incident notifications", "Record gone")
    assert f"One partnership in detail: {name}" in said["choices"]
    header = reader.get(f"/download{PATH}.csv?partnership={code}").text.splitlines()[0]
    assert not re.search(r"partnership_code|return_name|severity|scope", header)


def test_a_file_holds_what_the_page_shows(reader):
    code, _ = partnership(CHANGED)
    shown = cells(reader.get(f"{PATH}?partnership={code}").text, "partnerships-table")
    filed = rows_of(reader, "partnerships", f"?partnership={code}")

    bare = [[re.sub(r"\[(.)\]", r"\1", cell) for cell in row] for row in shown]
    assert [list(row.values())[1 : 1 + len(shown[0])] for row in filed] == bare
    assert words.NO_BREAK not in str(filed)  # a search for 1 Oct 2026 finds it


def test_a_file_has_no_count_where_nothing_was_sent(reader):
    code, _ = partnership(MISSING)
    rows = rows_of(reader, "held", f"?partnership={code}")

    assert {row["Rapid reviews"] for row in rows} == {"Not sent"}
    assert "Not sent: no return has been received" in rows[0]["how_to_read"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_public_readers_files_hold_no_partnership(made_up_workspace, kind):
    client = reader_of(made_up_workspace, Viewer.public())
    whole = client.get(f"/download{PATH}.{kind}")
    text = (
        whole.text
        if kind == "csv"
        else " ".join(
            zipfile.ZipFile(io.BytesIO(whole.data)).read(name).decode(errors="ignore")
            for name in zipfile.ZipFile(io.BytesIO(whole.data)).namelist()
        )
    )

    assert whole.status_code == 200 and "East Midlands, 2026" in text
    assert not any(short_name(name) in text for name in PARTNERSHIPS["partnership_name"])
    assert not rows_of(client, "partnerships")
    assert all(client.get(f"/download{PATH}/{file}.{kind}").status_code == 404 for file in OF_ONE)
    refused = client.get(f"/download{PATH}.{kind}?partnership={partnership(CHANGED)[0]}")
    assert refused.status_code == 400 and "is not shown to you" in refused.text


def test_a_region_files_its_own_partnerships_alone(made_up_workspace):
    client = reader_of(made_up_workspace, Viewer.region("E12000001"))
    own = PARTNERSHIPS.filter(pl.col("region_code") == "E12000001")["partnership_name"]

    assert {row["Partnership"] for row in rows_of(client, "partnerships")} == set(map(short_name, own))


def test_the_made_up_tables_have_the_columns_of_a_release_that_was_built(made_up, small_release):
    panel = Viewer.panel()
    for name in ("returns_received", "submission_quality", "finding_counts", "return_changes"):
        assert getattr(made_up, name)(panel).columns == getattr(small_release, name)(panel).columns
    for name in ("rules", "published_reconciliation"):
        assert made_up.table(name).columns == small_release.table(name).columns


def test_the_page_works_on_a_release_that_the_demonstration_made(small_workspace):
    client = reader_of(small_workspace, Viewer.panel())

    assert client.get(f"{PATH}?partnership=leeds").status_code == 200
    for kind in KINDS:
        assert client.get(f"/download{PATH}.{kind}?partnership=leeds").status_code == 200
