"""Notification trends for each reader: what came before, and where few were notified."""

import pytest
from made_up_release import partnerships_of
from test_comparison import READERS, words_of

from throughline.analyses import notification_trends
from throughline.query import Query

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


def test_the_context_says_what_cannot_be_told(reader):
    assert "cannot tell fewer incidents from fewer notified" in words_of(reader.get(PATH).text)


def test_the_file_of_the_page_holds_every_finding(reader):
    answer = reader.get(f"/download{PATH}.csv?area=E12000001")

    assert answer.status_code == 200
    assert "Notifications against the number expected" in answer.text
    assert "What came before notification" in answer.text
