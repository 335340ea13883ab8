"""Refusals that no page gets round: no rank, no percentage of a few cases, no median of a handful."""

import csv
import re
from html import unescape

import pytest
from test_comparison import CODES, NORTH_EAST, PATH, table_rows, words_of

from throughline.release import Viewer
from throughline.statistics import refuse_rank, shrink_rates
from throughline.workspace import PROJECT

PLACES = re.compile(r"\b(\d+(st|nd|rd|th)|rank(ed)? \d+|quartile|top \d+|bottom \d+|best|worst|league)\b")
MEASURES = ("CV2", "TM2", "NT1", "NT2", "NT5", "TM5", "DM1", "RC8")
PAGES = [
    "/",
    "/notification-trends",
    "/profile",
    "/data-quality",
    *(
        f"{PATH}?indicator={name}&group={NORTH_EAST}"
        for name in ("CV2", "TM2", "NT1", "NT2", "NT5", "TM5", "DM1", "RC8")
    ),
    f"{PATH}?indicator=NT2&group=statistical_neighbours:{CODES[0]}",
]


def notification_rates(release):
    rows = release.indicator_values(
        Viewer.panel(), indicator="NT2", breakdown="total", area_type="partnership", period="2026"
    )
    return rows.filter(rows["value"].is_not_null())


def test_notification_rates_may_not_be_ranked(made_up):
    rates = notification_rates(made_up)
    refusal = refuse_rank(rates["value"], rates["lower95"], rates["upper95"], "none")

    assert "Neither a high nor a low value is agreed to be better." in refusal


def test_not_even_if_a_direction_were_agreed(made_up):
    rates = notification_rates(made_up)
    reliability = shrink_rates(rates["numerator"], rates["denominator"])["reliability"]
    refusal = refuse_rank(rates["value"], rates["lower95"], rates["upper95"], "low", reliability)

    share = re.search(r"only (\d+)% of its difference from the pooled rate is likely to be real", refusal)
    assert share and int(share.group(1)) < 70


def test_no_notification_count_or_rate_has_a_direction_in_the_catalogue():
    with (PROJECT / "seeds" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        directions = {row["indicator"]: row["direction"] for row in csv.DictReader(file)}

    assert {directions[f"NT{number}"] for number in range(1, 7)} == {"none"}


@pytest.mark.parametrize("address", PAGES)
def test_no_page_prints_a_rank(reader, public_reader, address):
    for client in (reader, public_reader):
        assert not PLACES.search(words_of(client.get(address).text))


def test_the_page_says_why_nothing_is_ranked(reader):
    rates = words_of(reader.get(f"{PATH}?indicator=NT2&group={NORTH_EAST}").text)
    in_time = words_of(reader.get(f"{PATH}?indicator=TM2&group={NORTH_EAST}").text)

    for said in (rates, in_time):
        assert "Why nothing is ranked" in said
        assert "a rank needs at least 20" in said
    assert "Neither a high nor a low value is agreed to be better." in rates
    assert "Neither a high nor a low value" not in in_time
    late = words_of(reader.get(f"{PATH}?indicator=TM2&breakdown=late&group={NORTH_EAST}").text)
    assert "Neither a high nor a low value" in late


def test_a_percentage_never_stands_for_fewer_than_ten_cases(reader):
    few = 0
    for indicator in ("CV6", "CV2", "TM2", "RC9", "DM1", "TM7"):
        for period in ("year:2025", "three_years:2024-2026"):
            text = reader.get(f"{PATH}?indicator={indicator}&group={NORTH_EAST}&period={period}").text
            for cases, out_of, shown, *_ in table_rows(text).values():
                if out_of.isdigit() and 0 < int(out_of) < 10:
                    few += 1
                    assert shown == f"{cases} of {out_of}"
    assert few > 20


def test_and_where_it_would_the_page_says_why(reader):
    said = words_of(reader.get(f"{PATH}?indicator=CV6&group={NORTH_EAST}&period=year:2025").text)

    assert "Fewer than 10 cases: the fraction is shown, not a percentage." in said


def test_a_median_of_fewer_than_five_closed_is_not_shown(reader):
    shown = 0
    for indicator in ("TM5", "TM6", "TM9"):
        rows = table_rows(reader.get(f"{PATH}?indicator={indicator}&group={NORTH_EAST}&period=year:2025").text)
        for closed, _, median, *_ in rows.values():
            if closed.isdigit() and int(closed) < 5:
                shown += 1
                assert not median.isdigit()
    assert shown


def test_a_series_too_rare_for_a_control_chart_is_refused_in_words(made_up_workspace):
    from dashboards.app import create_app

    region = create_app(made_up_workspace, Viewer.region("E12000004")).server.test_client()
    said = unescape(region.get("/notification-trends?area=E12000004").text)

    assert "No control chart is drawn by quarter" in said
