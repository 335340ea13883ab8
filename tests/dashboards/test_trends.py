"""Notification trends for each reader: what came before, and where few were notified."""

import polars as pl
import pytest
from made_up_release import partnerships_of
from test_comparison import READERS, words_of

from throughline.analyses import notification_trends
from throughline.analyses.notification_view import area_series
from throughline.query import Query
from throughline.wording import notification_trends as words

PATH = "/notification-trends"
FINDINGS = ["series", "nature", "ratio", "context", "quarters", "watch", "waits"]


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("area", ["E92000001", "E12000001", "E12000004"])
def test_every_area_has_every_finding_or_why_not(made_up, viewer, area):
    report = notification_trends.analyse(made_up, viewer, Query({"area": area, "measure": "rate"}))

    assert [one.name for one in report.findings] == FINDINGS
    for finding in report.findings:
        assert finding.charts or finding.notices
        for table in finding.tables:
            assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("area", ["E92000001", "E12000001", "E12000004"])
def test_an_areas_series_are_its_own_whoever_was_looked_at_before(made_up, area):
    published = made_up.published_notifications().filter(pl.col("area_code") == area)["number_notifications"]
    returned = made_up.indicator_values(READERS[0], indicator="NT1", area_codes=[area], period_type="year")["value"]
    series = area_series(made_up, READERS[0], area).every_nature.filter(pl.col("count").is_not_null())

    for source, own in (("published", published), ("returns", returned)):
        drawn = series.filter(pl.col("source") == source)["count"].cast(pl.Int64)
        assert drawn.len() and set(drawn) <= set(own.drop_nulls().cast(pl.Int64)), source


def test_charts_that_draw_dfes_figures_name_the_release_that_they_are_from(made_up):
    report = notification_trends.analyse(made_up, READERS[0], Query({}))
    said = "DfE's figures: Serious incident notifications, releases up to that of the reporting year 2026."

    named = {one.name for one in report.findings if one.caveat.startswith(said)}
    assert named == {"series", "nature", "ratio"}


def test_the_watch_names_its_rule_and_the_false_alarms(reader):
    text = words_of(reader.get(PATH).text)

    assert "luck alone would give them less than once in 100" in text
    assert "luck alone would put" in text
    assert "do not conclude that they do not" in text


def test_a_partnership_that_sent_nothing_is_left_out_of_the_watch_and_not_called_silent(made_up):
    from throughline.analyses.notification_watch import watched
    from throughline.release import Viewer

    rows, years = watched(made_up, Viewer.panel(), "E92000001")
    missing = partnerships_of(("E12000001", "E12000004"))["partnership_code"][2]

    assert years == ["2024", "2025", "2026"]
    assert missing not in rows["area_code"].to_list()
    assert rows.height > 5


def test_a_partnership_that_never_said_it_had_none_is_left_out_of_the_watch(made_up, monkeypatch):
    """Its return holds no notification, which is no confirmed nil: four different things end to end."""
    from throughline.analyses.notification_watch import watched, watched_everywhere
    from throughline.release import Release, Viewer

    silent, confirmed = watched(made_up, Viewer.panel(), "E92000001")[0]["area_code"].to_list()[:2]
    states = {(silent, 2025): "zero_unconfirmed", (confirmed, 2025): "nil", (confirmed, 2021): "zero_unconfirmed"}
    received = pl.DataFrame(
        [
            {"partnership_code": code, "reporting_year": year, "return_name": "notifications", "state": state}
            for (code, year), state in states.items()
        ]
    )
    monkeypatch.setattr(Release, "returns_received", lambda _, viewer: received)
    watched_everywhere.cache_clear()
    left = watched(made_up, Viewer.panel(), "E92000001")[0]["area_code"].to_list()
    watched_everywhere.cache_clear()

    assert silent not in left and confirmed in left


def test_a_year_without_notifications_that_nobody_confirmed_is_told_beside_the_count():
    def received(*states):
        same = {"reporting_year": 2026, "return_name": "notifications"}
        return pl.DataFrame([{**same, "state": state} for state in states])

    said = words.returns_coverage(received("returned", "nil", "zero_unconfirmed", "missing"), 2026)
    assert said.startswith("2 of the 4 partnerships you may see returned their notifications for 2026, or confirmed")
    assert said.endswith("1 sent none without confirming it, and counts as none here.")
    assert "without confirming" not in words.returns_coverage(received("returned", "nil", "missing"), 2026)


def test_the_context_says_what_cannot_be_told(reader):
    assert "cannot tell fewer incidents from fewer notified" in words_of(reader.get(PATH).text)


def test_the_file_of_the_page_holds_every_finding(reader):
    answer = reader.get(f"/download{PATH}.csv?area=E12000001")

    assert answer.status_code == 200
    assert "Notifications against the number expected" in answer.text
    assert "What came before notification" in answer.text
