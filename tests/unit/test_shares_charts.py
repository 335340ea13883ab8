"""Shares beside England's: an interval with every dot, nothing hidden drawn as zero, shape beside colour, from zero."""

import pytest

from tests.fixtures.share_rows import FEW_PUBLISHED, HIDDEN, NO_CASES, own, share_rows
from throughline.charts import shares, template


@pytest.fixture
def rows():
    england = own(900, 1000)
    return share_rows(
        ("CV1", "total", "Referral to notification", own(3, 4, standing="similar"), england),
        ("CV2", "total", "Notification to rapid review", own(0, 40, standing="lower_998"), england),
        ("CV3", "total", "Rapid review to local review", own(**HIDDEN), england),
        ("CV4", "total", "Notification to local review", own(**NO_CASES), own(**HIDDEN)),
        ("CV5", "total", "Screened out", own(**FEW_PUBLISHED), england),
        ("RC4", "total", "Known to the review", own(74, 663, status="u", reason="incomplete"), england),
    )


def drawn(figure):
    return [trace for trace in figure.data if trace.mode == "markers"]


def test_every_dot_has_its_interval_and_england_has_hers(rows):
    traces = drawn(shares.beside_england(rows))

    assert [len(trace.x) for trace in traces] == [5, 1, 1]
    for trace in traces:
        for place in range(len(trace.x)):
            assert trace.error_x.array[place] + trace.error_x.arrayminus[place] > 0
    assert traces[0].error_x.arrayminus[0] == pytest.approx(90 - 87.99, abs=0.05)


def test_a_true_zero_is_a_dot_and_what_is_hidden_is_only_words(rows):
    traces = drawn(shares.beside_england(rows))
    told = ((words, x) for trace in traces[1:] for words, x in zip(trace.hovertext, trace.x, strict=True))
    named = {words.partition(":")[0]: x for words, x in told}

    assert named == {"Referral to notification": 75, "Notification to rapid review": 0}


def test_words_or_a_letter_stand_where_there_is_no_dot_and_the_fraction_where_cases_are_few(rows):
    words = list(shares.beside_england(rows).data[-1].text[rows.height :])

    assert words == ["3 of 4", "0.0%, 0 of 40", "[c] small count", "[z] no cases", "14 of 17 [u]", "74 of 663 [u]"]


def test_what_differs_has_another_shape_as_well_as_another_colour(rows):
    own_traces = drawn(shares.beside_england(rows))[1:]

    assert [(trace.marker.symbol, trace.marker.color) for trace in own_traces] == [
        ("circle", template.DARK_BLUE),
        ("diamond", template.DARK_PINK),
    ]


def test_england_is_below_the_area_in_the_same_row_and_hollow(rows):
    england, area = drawn(shares.beside_england(rows))[:2]

    assert england.marker.symbol == "square-open"
    assert 0 < england.y[0] - area.y[0] < 0.5


def test_the_scale_runs_from_nothing_to_all_whatever_the_shares(rows):
    low, high = shares.beside_england(rows.head(1)).layout.xaxis.range

    assert low <= 0
    assert high >= 100
    assert shares.beside_england(rows).layout.xaxis.range == (low, high)


def test_rows_stand_in_the_order_given_and_none_is_dropped(rows):
    figure = shares.beside_england(rows)
    names = figure.data[-1]

    assert [text.strip("</b>") for text in names.text[:2]] == [
        "Referral to notification",
        "Notification to rapid review",
    ]
    assert list(names.y[: rows.height]) == sorted(names.y[: rows.height])
    assert figure.layout.yaxis.range == (rows.height - 0.5, -0.5)


def test_england_alone_has_no_squares():
    figure = shares.beside_england(share_rows(("CV1", "total", "Referral to notification", own(3, 4), None)))

    assert [trace.marker.symbol for trace in drawn(figure)] == ["circle"]
