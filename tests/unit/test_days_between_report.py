"""Days between notifications of one partnership: drawn with limits, refused in words, for those with a right."""

import json
import shutil
from datetime import date, timedelta

import polars as pl
import pytest

from throughline.analyses.notification_waits import NONE, default_partnership, partnership_choices, waits
from throughline.charts.days_between import t_chart
from throughline.release import Release, Viewer
from throughline.statistics import days_between
from throughline.wording import days_between as words

LEEDS = Viewer.partnership("leeds")


def found(release, viewer, code):
    return waits(release, viewer, partnership_choices(release, viewer), code)


def test_every_gap_is_in_the_table_and_the_chart(small_release):
    shown = found(small_release, LEEDS, "leeds")
    days = small_release.by_partnership("notification_dates", LEEDS)["date_notified"].sort()
    assert len(shown.tables[0].rows) == days.len() - 1 == len(shown.charts[0].figure.data[0].x)
    assert sum(int(row[1].replace(",", "")) for row in shown.tables[0].rows) == (days.max() - days.min()).days


def test_a_reader_without_a_right_sees_no_day_of_any(small_release):
    shown = found(small_release, Viewer.public(), NONE)
    assert shown.notices == (words.NO_RIGHT,) and not shown.tables and not shown.charts


def test_a_regional_reader_chooses_among_its_own_partnerships(small_release):
    codes = {choice.value for choice in partnership_choices(small_release, Viewer.region("E12000003"))}
    assert "leeds" in codes and "kent" not in codes


def test_nothing_chosen_asks_for_a_partnership(small_release):
    assert found(small_release, Viewer.panel(), NONE).notices == (words.NOT_CHOSEN,)


def test_a_partnerships_own_reader_sees_it_at_once(small_release):
    assert default_partnership(LEEDS, partnership_choices(small_release, LEEDS)) == "leeds"
    assert default_partnership(Viewer.panel(), partnership_choices(small_release, Viewer.panel())) == NONE


def test_a_release_of_an_earlier_version_says_that_it_has_no_days(small_release, tmp_path):
    old = tmp_path / small_release.release_id
    shutil.copytree(small_release.folder, old)
    manifest = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    del manifest["restricted_rows"]["notification_dates"]
    (old / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert found(Release(old), Viewer.panel(), NONE).notices == (words.NO_DATES,)


@pytest.fixture
def steady() -> list[date]:
    """Waits of 20 and 45 days in turn, and then one of two years."""
    days = [date(2021, 1, 1)]
    for wait in [20, 45] * 10:
        days.append(days[-1] + timedelta(days=wait))
    return [*days, days[-1] + timedelta(days=730)]


def test_one_long_wait_is_marked_by_shape_and_not_by_colour_alone(steady):
    figure = t_chart(days_between(steady))
    assert figure.data[0].marker.symbol[-1] == "square" and set(figure.data[0].marker.symbol[:-1]) == {"circle"}
    assert figure.layout.yaxis.range[0] == 0 and figure.layout.yaxis.range[1] > 730


def test_the_heading_tells_a_long_wait_from_luck(steady):
    points = days_between(steady).points.to_dicts()
    assert "1 wait between notifications longer than luck" in words.heading("Leeds", points, 10)
    quiet = days_between(steady[:-1]).points.to_dicts()
    assert "as luck would have it" in words.heading("Leeds", quiet, None)


def test_too_few_gaps_are_refused_in_words():
    assert "3 gaps" in words.refused("Rutland", 3) and "1 gap " in words.refused("Rutland", 1)


def test_each_signal_has_words():
    labels = pl.Series(["astronomical", "trend", "two_of_three", "shift", None])
    assert len({words.signal({"label": label}) for label in labels}) == 5
