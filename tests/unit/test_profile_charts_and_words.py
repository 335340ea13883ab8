"""The profile's charts and sentences at their edges: nothing hidden is drawn, and words ask and do not judge."""

import re

import polars as pl
import pytest

from tests.fixtures.share_rows import HIDDEN, own, share_rows
from throughline.analyses.question_findings import SCHEMA
from throughline.charts import profile, template
from throughline.wording import questions as words
from throughline.wording import questions_found as found_words

LIMITS = dict(lower95=0.3, upper95=0.95, lower998=0.2, upper998=0.98)


def place(name, value, is_own=False, **extra):
    limits = LIMITS if value is not None else dict.fromkeys(LIMITS)
    shown = "[c]" if value is None else f"{100 * value:.1f}%"
    return {"name": name, "is_own": is_own, "value": value, "shown": shown, "label": shown, **limits, **extra}


@pytest.fixture
def places():
    return pl.DataFrame(
        [place("Here", 0.75, True), place("Here before", None, True), place("England", 0.5)], schema=SCHEMA
    )


def test_a_hidden_row_is_words_and_never_a_point(places):
    figure = profile.places_with_intervals(places, "proportion")

    assert sorted(x for trace in figure.data for x in trace.x) == [50, 75, 75]
    assert "[c]" in [note.text for note in figure.layout.annotations]


def test_every_point_has_its_interval_and_the_own_one_both(places):
    figure = profile.places_with_intervals(places, "proportion")

    assert all(
        low > 0 and high > 0
        for t in figure.data
        for low, high in zip(t.error_x.arrayminus, t.error_x.array, strict=True)
    )
    assert [len(trace.x) for trace in figure.data] == [1, 1, 1]
    assert figure.data[0].error_x.array[0] > figure.data[2].error_x.array[0]


def test_own_and_others_differ_in_shape_and_not_only_in_colour(places):
    figure = profile.places_with_intervals(places, "proportion")

    assert figure.data[1].marker.symbol != figure.data[2].marker.symbol


def test_a_limit_that_was_not_reached_runs_to_the_end_of_the_scale():
    rows = pl.DataFrame(
        [place("Here", 200.0, True, lower95=150.0, upper95=None, lower998=120.0, upper998=None)], schema=SCHEMA
    )
    figure = profile.places_with_intervals(rows, "days")

    assert figure.data[2].x[0] + figure.data[2].error_x.array[0] == pytest.approx(figure.layout.xaxis.range[1])


YEARS = {"year": pl.String, "count": pl.Float64, "lower": pl.Float64, "upper": pl.Float64, "shown": pl.String}


def test_bars_start_at_zero_and_a_hidden_year_has_none():
    rows = pl.DataFrame(
        [("2024", 3.0, 0.6, 8.8, "3"), ("2025", None, None, None, "[c]"), ("2026", 0.0, 0.0, 3.7, "0")],
        schema=YEARS,
        orient="row",
    )
    figure = profile.yearly_counts(rows)

    assert figure.layout.yaxis.range[0] == 0
    assert list(figure.data[0].x) == [0, 2]
    assert all(high > 0 for high in figure.data[0].error_y.array)
    assert [text.split("<b>")[1] for text in figure.layout.xaxis.ticktext] == ["3</b>", "[c]</b>", "0</b>"]


def test_only_the_palette_is_used(places):
    used = re.findall(r"#[0-9A-Fa-f]{6}", profile.places_with_intervals(places, "proportion").to_json())

    assert {colour.upper() for colour in used} <= {colour.upper() for colour in template.PALETTE}


def headline(*subjects, facts=0, raised=0, looks=40, luck=0.2, too_few=12):
    return found_words.profile_headline("Ash", subjects, facts, raised, looks, luck, too_few, 5)


def test_nothing_that_stands_out_is_no_praise():
    said = headline(luck=0.03)

    assert "Nothing stands out" in said
    assert "no sign that all is well" in said
    assert "12 further figures rest on too few cases" in said
    assert "None of the 40 comparisons made raises a question" in said
    assert "luck alone would be expected to raise fewer than 0.1." in said


def test_all_hidden_is_told_as_such():
    assert "that you may see rests on enough cases" in headline(looks=0, luck=0.0, too_few=0)


def test_one_question_is_singular_and_five_say_nothing_of_too_few():
    assert "support one question, about “partner dissent”" in headline("Partner dissent", raised=1)
    five = headline("A", "B", "C", "D", "E", raised=7)
    assert "support five questions" in five and "too few" not in five


def test_luck_is_never_set_beside_questions_that_it_has_no_part_in():
    both = headline("Late", "Back again", facts=2)

    assert "Both are counted facts, in which luck has no part." in both
    assert (
        "None of the 40 comparisons made raises a question, where luck alone would be expected to raise about" in both
    )
    mixed = headline("Late", "Partner dissent", facts=1, raised=3)
    assert "One is a counted fact, in which luck has no part." in mixed
    assert "3 of the 40 comparisons made raise a question, not all of them asked here, where luck alone" in mixed
    assert "fact" not in headline("Partner dissent", raised=1)
    assert "nothing here can be told from luck" in headline("Late", facts=1, looks=0)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            (2, 2, 0, 134, 0.2),
            "of 5 at most; all counted facts; none of 134 comparisons raises one; luck alone: about 0.2",
        ),
        (
            (1, 1, 0, 1, 0.01),
            "of 5 at most; the one a counted fact; none of 1 comparison raises one; luck alone: fewer than 0.1",
        ),
        ((4, 2, 6, 126, 0.1), "of 5 at most; 2 counted facts; 6 of 126 comparisons raise one; luck alone: about 0.1"),
        ((1, 0, 1, 50, 0.1), "of 5 at most; 1 of 50 comparisons raises one; luck alone: about 0.1"),
        ((0, 0, 0, 0, 0.0), "of 5 at most"),
    ],
)
def test_beside_the_number_of_questions_the_two_kinds_are_counted_apart(counts, said):
    assert found_words.questions_in_short(5, *counts) == said


def test_a_subject_with_words_of_its_own_sentence_is_told_apart_from_the_next():
    said = headline("Done, but back again", "Effect checked in time", facts=1, raised=1)

    assert "two questions, about “done, but back again” and “effect checked in time”." in said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.00001, "less than once in 10,000"),
        (0.0019, "about once in 530 "),
        (0.004, "about once in 250 "),
        (0.0099, "about once in 100 "),
    ],
)
def test_a_chance_is_said_so_that_it_can_be_pictured(chance, said):
    assert said in words.chance_in_words(chance)


def test_a_share_of_few_cases_is_a_fraction_in_the_sentence_too():
    row = {"numerator": 3.0, "denominator": 4.0, "value": 0.75, "lower95": 0.3, "upper95": 0.95}

    assert words.figure_in_words(row, "proportion") == "3 of 4 (95% interval 30.0% to 95.0%)"


@pytest.mark.parametrize("kind", ["england", "earlier", "few", "repeats", "mostly"])
def test_a_heading_asks(kind):
    assert words.question_heading(kind, "Partner dissent", "higher", "2021 to 2023").endswith("?")


def test_no_sentence_judges():
    every = " ".join(
        [*words.ASK.values(), *(text for pair in found_words.HOW_CHOSEN for text in pair), words.NEVER_SETTLED]
    )

    assert not re.search(r"\b(best|worst|good performance|poor|failing|fails|outlier|rank(ed)?|league)\b", every)


def test_a_reader_without_a_right_is_told_what_is_not_shown():
    said = words.hidden_notice(188, 205, "Ash")

    assert "188 of its 205 figures" in said and "open reviews" in said


def test_the_heading_of_the_usual_questions_says_how_the_partnership_stands():
    def heading(*values):
        rows = share_rows(*(("CV9", "total", "Triage", one, own(200, 1000)) for one in values))
        return words.standing_heading(rows, "the Isle of Wight")

    assert heading(own(**HIDDEN)) == "Worth asking anywhere: no figure can be drawn for the Isle of Wight"
    assert heading(own(40, 50, standing="higher_998"), own(10, 50, standing="similar")) == (
        "Worth asking anywhere: 1 of 2 figures for the Isle of Wight differs from England"
    )
    assert heading(own(2, 5, standing="similar")) == (
        "Worth asking anywhere: the Isle of Wight has too few cases to differ from England"
    )


def test_that_none_of_the_usual_differs_never_reads_as_if_no_figure_did():
    """A question above may be about a figure that differs: the heading says that it speaks of these few alone."""
    rows = share_rows(*(("CV9", "total", "Triage", own(10, 50, standing="similar"), own(200, 1000)) for _ in range(7)))

    assert words.standing_heading(rows, "Lancashire") == (
        "Worth asking anywhere: none of 7 figures for Lancashire differs by more than chance"
    )
    assert "The questions above were chosen among all figures" in words.NEVER_SETTLED
