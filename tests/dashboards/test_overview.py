"""The overview for each reader: what changed, where each mart stands, what needs attention, and the cards."""

import json
import re
import shutil

import polars as pl
import pytest
from made_up_release import RELEASE_ID, write_release
from test_comparison import READERS, words_of

from dashboards.app import create_app
from throughline.analyses import overview
from throughline.query import Query
from throughline.release import RESTRICTED, Viewer, open_current


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("area", ["E92000001", "E12000001", "E12000004"])
def test_every_area_has_every_finding_or_why_not(made_up, viewer, area):
    report = overview.analyse(made_up, viewer, Query({"area": area}))

    assert [one.name for one in report.findings] == ["attention", "standing", "side-by-side", "changed"]
    for finding in report.findings:
        assert finding.charts or finding.notices or finding.tables
        for table in finding.tables:
            assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_reader_opens_on_their_own_region(made_up):
    assert overview.analyse(made_up, Viewer.region("E12000004"), Query({})).chosen == {"area": "E12000004"}
    assert overview.analyse(made_up, Viewer.partnership("county_durham"), Query({})).chosen == {"area": "E12000001"}
    assert overview.analyse(made_up, Viewer.public(), Query({})).chosen == {"area": "E92000001"}


def test_open_reviews_and_missing_returns_are_for_those_with_a_right(reader, public_reader):
    panel, public = words_of(reader.get("/").text), words_of(public_reader.get("/").text)

    assert "Reviews open past their time" in panel and "Partnerships without a return" in panel
    assert "Reviews open past their time" not in public and "Partnerships without a return" not in public


def test_each_matter_leads_to_a_page_and_says_why(made_up):
    report = overview.analyse(made_up, Viewer.panel(), Query({}))
    (table,) = report.findings[0].tables

    assert table.rows
    for what, number, why in table.rows:
        assert what.words and int(number) > 0 and why.endswith(".")
        assert what.address.startswith("/")


def test_the_answer_names_each_measure_on_which_partnerships_differ_in_one_clause(tmp_path):
    workspace = write_release(tmp_path, ("E12000001",))
    path = workspace.releases / RELEASE_ID / RESTRICTED / "indicator_values.parquet"
    lower = (
        (pl.col("area_type") == "partnership") & pl.col("indicator").is_in(["NT2", "TM2"]) & (pl.col("status") == "ok")
    )
    said = pl.when(lower).then(pl.lit('{"england": "lower_998"}')).otherwise("comparisons")
    pl.read_parquet(path).with_columns(comparisons=said).write_parquet(path)

    answer = overview.analyse(open_current(workspace), Viewer.panel(), Query({})).answer
    assert answer.count("unlike England") == 1
    assert re.search(
        r"partnerships unlike England on notification rate \(\d+\) and rapid review in time \(\d+\)", answer
    )


def test_every_matters_page_answers(reader, made_up):
    report = overview.analyse(made_up, Viewer.panel(), Query({"area": "E12000001"}))

    for table in report.findings[0].tables:
        for row in table.rows:
            answer = reader.get(row[0].address)
            assert answer.status_code == 200
            assert "There is a problem" not in answer.text


def test_the_cards_lead_to_pages_that_are_there(reader):
    text = reader.get("/").text

    for path in ("/notification-trends", "/compare-partnerships", "/profile", "/data-quality"):
        assert f'href="{path}"' in text
        assert reader.get(path).status_code == 200


def with_comparison(tmp_path, moved):
    """A made-up release in which some of England's measures moved as given, and have so many cases."""
    workspace = write_release(tmp_path, ("E12000001",))
    path = workspace.releases / RELEASE_ID / RESTRICTED / "indicator_values.parquet"
    rows = pl.read_parquet(path)
    for (indicator, breakdown), (numerator, denominator, stands) in moved.items():
        here = (
            (pl.col("area_type") == "england")
            & (pl.col("indicator") == indicator)
            & (pl.col("breakdown") == breakdown)
            & (pl.col("period_type") == "three_years")
        )
        assert rows.filter(here).height
        new = {
            "numerator": float(numerator),
            "denominator": float(denominator),
            "value": numerator / denominator,
            "status": "ok",
            "comparisons": json.dumps({"earlier": stands}),
        }
        rows = rows.with_columns(pl.when(here).then(pl.lit(new[name])).otherwise(name).alias(name) for name in new)
    rows.write_parquet(path)
    report = overview.analyse(open_current(workspace), Viewer.panel(), Query({}))
    table = next(one for one in report.findings[1].tables if one.name == "standing-table")
    at = [column.heading for column in table.columns].index("Compared with the three years before")
    return report, {row[0].words: row[at] for row in table.rows}


def test_a_fall_in_the_rate_of_notifications_is_a_change_of_england(tmp_path):
    report, said = with_comparison(
        tmp_path, {("NT2", "total"): (1109, 36_143_759, "lower_998"), ("RC6", "total"): (567, 902, "higher_998")}
    )
    repeats = [name for name in said if "repeat" in name.lower()]

    assert report.answer.startswith("Notifications per 100,000 children fell by more than chance")
    assert not repeats and "repeat" not in report.answer, "their first years know of no earlier recommendation"
    assert said["Notifications per 100,000 children"].startswith("Lower by more than chance")


def test_the_table_says_what_every_other_page_says_of_a_change(tmp_path):
    _, said = with_comparison(
        tmp_path,
        {
            ("CV3", "total"): (250, 972, "lower_95"),
            ("CV1", "total"): (1117, 2924, "similar"),
            ("RC11", "total"): (0, 6, "similar"),
        },
    )

    assert said["Led to a local review"] == "Below it at 95% only: look again next year"
    assert said["Referrals notified"] == "No more of a change than chance would give"
    assert said["National answers in a year"] == "Too few to say"


def test_partnerships_that_ended_are_said_to_be_elsewhere_where_there_are_any(tmp_path):
    note = "1 partnership that ended in these years is not among these: its figures are on Compare partnerships"

    def said(folder, ended):
        workspace = write_release(tmp_path / folder, ("E12000001",))
        path = workspace.releases / RELEASE_ID / "areas.parquet"
        areas = pl.read_parquet(path)
        areas.with_columns(is_current=~pl.col("area_code").is_in(ended)).write_parquet(path)
        report = overview.analyse(open_current(workspace), Viewer.panel(), Query({"area": "E12000001"}))
        found = {one.name: one for one in report.findings}
        return found["attention"].tables[0].note, found["side-by-side"].notices[0]

    assert not any("ended" in text for text in said("all_current", []))
    assert all(note in text for text in said("one_ended", ["sunderland"]))


def test_a_rate_is_never_drawn_on_an_axis_of_percentages(made_up):
    report = overview.analyse(made_up, Viewer.panel(), Query({}))

    for chart in report.findings[1].charts:
        assert "per 100,000" not in chart.alternative


def test_each_card_asks_the_question_that_its_page_answers(reader):
    cards = re.findall(r'<h3[^>]*><a[^>]*href="([^"]+)"[^>]*>([^<]+)</a></h3>', reader.get("/").text)

    assert len(cards) == 9
    for address, question in cards:
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", reader.get(address).text, re.DOTALL)[1]
        assert heading == question


def test_without_an_earlier_release_it_says_so(reader):
    assert "There is no earlier release to compare with" in words_of(reader.get("/").text)
    asked = words_of(reader.get("/?against=2026-06-30-20260701T090000000").text)
    assert "There is a problem" in asked and "2026-06-30-20260701T090000000, is not held here" in asked
    assert reader.get("/download/overview.csv?against=2026-06-30-20260701T090000000").status_code == 400


def test_returns_that_are_new_are_counted_and_never_named(tmp_path):
    workspace = write_release(tmp_path, ("E12000001",))
    now = workspace.releases / RELEASE_ID
    before = workspace.releases / f"2026-06-30-{RELEASE_ID.rsplit('-', 1)[1]}"
    shutil.copytree(now, before)
    for folder, as_at, submissions in (
        (before, "2026-06-30", ["ash-1", "birch-1"]),
        (now, "2026-09-30", ["ash-2", "birch-1", "cedar-1"]),
    ):
        manifest = json.loads((folder / "manifest.json").read_text())
        (folder / "manifest.json").write_text(
            json.dumps({**manifest, "as_at_date": as_at, "submissions": submissions, "release_id": folder.name})
        )
    report = overview.analyse(open_current(workspace), Viewer.panel(), Query({}))
    changed = report.findings[-1]
    text = words_of(create_app(workspace, Viewer.public()).server.test_client().get("/").text)

    assert changed.heading == "2 returns new, and 1 no longer counted, against the release of 30 June 2026"
    assert "2 returns are new in this release, against the one of 30 June 2026." in report.answer
    assert "ash" not in text and "cedar" not in text
    assert all(one.name != "against" for one in report.filters)  # with one earlier release there is nothing to choose


def test_any_earlier_release_can_be_set_against_this_one_with_its_figures(tmp_path):
    workspace = write_release(tmp_path, ("E12000001",))
    now = workspace.releases / RELEASE_ID
    names = {day: f"{day}-{RELEASE_ID.rsplit('-', 1)[1]}" for day in ("2025-12-31", "2026-06-30")}
    for day, name in names.items():
        shutil.copytree(now, workspace.releases / name)
        manifest = json.loads((now / "manifest.json").read_text())
        (workspace.releases / name / "manifest.json").write_text(
            json.dumps({**manifest, "as_at_date": day, "submissions": [], "release_id": name})
        )
    oldest = workspace.releases / names["2025-12-31"] / "indicator_values.parquet"
    held = pl.read_parquet(oldest)
    moved = (pl.col("area_type") == "england") & (pl.col("indicator") == "CV1") & (pl.col("breakdown") == "total")
    held.with_columns(numerator=pl.when(moved).then(pl.col("numerator") + 40).otherwise("numerator")).write_parquet(
        oldest
    )
    current = open_current(workspace)

    def figures(**asked):
        report = overview.analyse(current, Viewer.public(), Query(asked))
        table = next(one for one in report.findings[-1].tables if one.name == "figures-table")
        return report, {row[0]: row[1:] for row in table.rows}

    newest_report, newest = figures()
    chosen_report, chosen = figures(against=names["2025-12-31"])
    unknown_report, _ = figures(against="2019-03-31-nowhere")

    assert "against the release of 30 June 2026" in newest_report.findings[-1].heading
    assert "against the release of 31 December 2025" in chosen_report.findings[-1].heading
    assert newest["Referrals notified"][0] == newest["Referrals notified"][1]
    then, this = (cell.split(", ")[-1].split(" of ") for cell in chosen["Referrals notified"])
    assert int(then[0].replace(",", "")) == int(this[0].replace(",", "")) + 40 and then[1] == this[1]
    assert chosen_report.chosen["against"] == names["2025-12-31"]
    assert unknown_report.problems
