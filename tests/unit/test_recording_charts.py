"""The ladder adds up to all children and tells its parts apart without colour; ratios show both kinds of doubt."""

from itertools import pairwise
from math import log2

import polars as pl
import pytest

from throughline.charts import recording, template
from throughline.charts.named_rows import PHONE
from throughline.charts.svg_text import width_of
from throughline.wording import recording as words

STAGES = [("notification", "At notification: 20 children"), ("rapid_review", "At rapid review: 20 children")]
RATIOS = ["ratio", "ratio_lower95", "ratio_upper95", "lowest_ratio", "highest_ratio"]


@pytest.fixture
def rungs():
    return pl.DataFrame(
        [
            ("notification", "recorded", 18, 0.9),
            ("notification", "blank", 2, 0.1),
            ("rapid_review", "considered", 10, 0.5),
            ("rapid_review", "not_considered", 9, 0.46),
            ("rapid_review", "refused", 1, 0.04),
        ],
        schema=["stage", "state", "children", "share"],
        orient="row",
    )


def groups(*rows):
    return pl.DataFrame(
        rows, schema={"name": pl.String, "said": pl.String, **dict.fromkeys(RATIOS, pl.Float64)}, orient="row"
    )


@pytest.fixture
def compared():
    return groups(
        ("Asian", "1.22 (1.03 to 1.45)", 1.22, 1.03, 1.45, 1.06, 2.72),
        ("White", "0.97 (0.85 to 1.12)", 0.97, 0.85, 1.12, 0.67, 1.13),
        ("Other", "refused: see the table", None, None, None, None, None),
    )


def bars(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def test_every_bar_starts_at_zero_and_its_parts_are_all_the_children(rungs):
    figure = recording.ladder_bars(rungs, STAGES)
    totals = [0.0, 0.0]
    for trace in bars(figure):
        assert trace.base is None
        for place, length in zip(trace.y, trace.x, strict=True):
            totals[place] += length

    assert figure.layout.barmode == "stack"
    assert figure.layout.xaxis.range[0] == 0
    assert totals == pytest.approx([100, 100])


def test_parts_are_told_apart_without_colour(rungs):
    """Those of one colour differ in hatching, and every part has a dark outline."""
    looks = list(recording.LOOKS.values())

    assert len(set(looks)) == len(looks)
    assert set(recording.LOOKS) == set(words.RUNGS)
    assert all(trace.marker.line.color == recording.TEXT for trace in bars(recording.ladder_bars(rungs, STAGES)))


def test_a_state_in_which_nobody_is_is_not_drawn(rungs):
    drawn = {trace.name for trace in bars(recording.ladder_bars(rungs, STAGES))}

    assert drawn == {"recorded", "blank", "considered", "not_considered", "refused"}


def test_parts_wide_enough_have_their_share_and_narrow_ones_leave_it_to_the_table(rungs):
    said = recording.ladder_bars(rungs, STAGES).data[-1].text

    assert said[:2] == ("<b>At notification: 20 children</b>", "<b>At rapid review: 20 children</b>")
    assert said[2:] == ("90%", "10%", "50%", "46%")


def test_no_part_looks_like_the_paper():
    assert all(colour != template.WHITE for colour, _ in recording.LOOKS.values())


def test_shares_that_would_touch_on_a_phone_stand_on_two_lines():
    said = list(recording.shares_said([0.5, 0.06, 0.06, 0.06, 0.3, 0.02]))

    assert [share for _, _, share in said] == ["50%", "6%", "6%", "6%", "30%"]
    assert [line for _, line, _ in said] == [0, 0, 1, 0, 0]
    for line in (0, 1):
        there = [(middle * PHONE / 100, width_of(share, 14)) for middle, own, share in said if own == line]
        for (first, wide), (second, next_wide) in pairwise(there):
            assert second - first > (wide + next_wide) / 2


def test_every_ratio_has_its_interval_and_its_range(compared):
    unknown, dots, _ = recording.ratio_dots(compared).data

    assert list(dots.x) == pytest.approx([log2(1.22), log2(0.97)])
    assert dots.x[0] - dots.error_x.arrayminus[0] == pytest.approx(log2(1.03))
    assert dots.x[0] + dots.error_x.array[0] == pytest.approx(log2(1.45))
    assert [x for x in unknown.x if x is not None] == pytest.approx(
        [log2(number) for number in (1.06, 2.72, 0.67, 1.13)]
    )
    assert unknown.line.dash == "dot"


def test_a_refused_group_is_words_and_no_dot(compared):
    figure = recording.ratio_dots(compared)

    assert len(figure.data[1].x) == 2
    assert "refused: see the table" in figure.data[-1].text


def test_twice_and_half_are_as_far_from_one(compared):
    axis = recording.ratio_dots(compared).layout.xaxis

    assert dict(zip(axis.ticktext, axis.tickvals, strict=True)) == {
        "¼": -2, "½": -1, "1": 0, "2": 1, "4": 2, "8": 3, "16": 4,
    }  # fmt: skip
    assert recording.ratio_dots(compared).layout.shapes[0].x0 == 0


def test_with_every_group_refused_there_is_no_dot():
    figure = recording.ratio_dots(groups(("Other", "refused", None, None, None, None, None)))

    assert len(figure.data[1].x) == 0


def test_a_range_off_the_scale_is_cut_at_its_edge():
    assert recording.doublings(pl.Series([0.01, 1.0, 99.0])) == [-2, 0, 4]
