"""Bars of recommendations and the sentences beside them at the edges: 0 of 0, 3 of 4, all hidden, none, one."""

import re

import polars as pl
import pytest

from tests.fixtures.share_rows import FEW_PUBLISHED, HIDDEN, NO_CASES, own, share_rows
from throughline.analyses.recurring_themes import widest
from throughline.charts import recommendations as charts
from throughline.charts import template
from throughline.wording import recommendation_mix as mix
from throughline.wording import recommendations as words

PERIOD = "three years ending March 2026"


def bars(*rows):
    return pl.DataFrame(rows, schema={"name": pl.String, "count": pl.Int64, "said": pl.String}, orient="row")


@pytest.fixture
def figure():
    return charts.count_bars(bars(("Training", 7, "7 of 9"), ("Audit", 0, "0 of 9"), ("Hidden", None, "[c]")), "Cases")


def test_bars_begin_at_zero_and_what_is_hidden_has_words_and_no_bar(figure):
    bar = figure.data[0]

    assert figure.layout.xaxis.range[0] == 0
    assert list(bar.x) == [7, 0]
    assert len(bar.y) == 2
    assert [text.strip() for text in figure.data[2].text] == ["7 of 9", "0 of 9", "[c]"]


def test_what_is_said_of_a_bar_stands_clear_of_it_also_in_a_drawing_which_drops_a_plain_space(figure):
    for said in figure.data[2].text:
        assert said != said.lstrip() and not said.startswith(" ")


def test_every_bar_and_its_words_lie_within_the_scale(figure):
    end = figure.layout.xaxis.range[1]

    assert all(x < end for x in (*figure.data[0].x, *figure.data[2].x))
    assert figure.layout.yaxis.range == (2.5, -0.5)


def test_bars_of_nothing_have_a_scale():
    assert charts.count_bars(bars(("Training", 0, "0 of 0")), "Cases").layout.xaxis.range[1] > 0


def test_bars_are_of_the_palette(figure):
    assert figure.data[0].marker.color in template.PALETTE


def repeats(again, done, police=None, health=None):
    return share_rows(
        ("RC2", "total", "In the same partnership", again, None),
        ("RC3", "police", "Across the police force", police or own(**HIDDEN), None),
        ("RC3", "health", "Across the care board", health or own(**HIDDEN), None),
        ("RC6", "total", "Of an action marked done", done, None),
    )


def test_the_answer_gives_repeats_and_what_had_been_done():
    said = words.headline(repeats(own(3, 40), own(2, 4)), "Leeds", PERIOD)

    assert said == (
        "In Leeds in the three years ending March 2026, 3 of 40 recommendations (7.5%) seem to ask again what the same "
        "partnership had asked in the 36 months before. With those across a shared force or board, 2 of 4 repeats are "
        "of an action that had been marked done."
    )


def test_one_of_few_is_one_and_no_percentage():
    said = words.headline(repeats(own(1, 4), own(1, 1)), "Leeds", PERIOD)

    assert "1 of 4 recommendations seems to ask again" in said
    assert "1 of 1 repeat is of an action" in said
    assert "%" not in said


def test_no_repeat_is_said_without_a_share():
    said = words.headline(repeats(own(0, 12), own(**NO_CASES)), "Leeds", PERIOD)

    assert said.endswith("No repeat was found, there or across a shared force or board.")


def test_what_is_hidden_has_its_reason_and_no_number():
    said = words.headline(repeats(own(**HIDDEN), own(**HIDDEN)), "the North West", PERIOD)

    assert "cannot be shown for the North West" in said
    assert said.endswith("One or more of the counts is small, so this is not shown.")
    assert words.repeats_heading(repeats(own(**HIDDEN), own(**HIDDEN)), "Leeds").startswith("How often")


def test_where_all_were_left_out_the_answer_says_why_and_goes_on_to_what_is_known():
    left_out = own(**NO_CASES) | {"excluded": 2386}
    rows = share_rows(
        ("RC2", "total", "In the same partnership", left_out, None),
        ("RC3", "police", "Across the police force", own(85, 559), None),
        ("RC6", "total", "Of an action marked done", own(261, 572), None),
    )
    said = words.headline(rows, "England", PERIOD)

    assert "no cases to count" not in said
    assert "All 2,386 cases were left out" in said
    assert "Across the police force 85 of 559 recommendations seem to ask again." in said
    assert said.endswith("261 of 572 repeats (45.6%) are of an action that had been marked done.")


def test_repeats_already_shown_to_the_public_are_told_beside_hidden_work_done():
    said = words.headline(repeats(own(**FEW_PUBLISHED), own(**HIDDEN)), "England", PERIOD)

    assert "14 of 17 recommendations seem to ask again" in said
    assert "marked done" not in said


def test_what_is_not_listed_is_counted_by_kind():
    assert words.left_out_sentence({}) == ""
    assert words.left_out_sentence({"rejected": 1, "elsewhere": 1200}) == (
        "Not listed: 1,200 from elsewhere in England or longer ago than counts and 1 that people rejected."
    )


def test_headings_of_pairs_and_chains_of_one_many_and_none():
    assert words.evidence_heading(1, "Leeds", True) == "1 pair in Leeds seems to ask the same"
    assert words.evidence_heading(1347, "England", True) == "1,347 pairs in England seem to ask the same"
    assert words.newest_sentence(20, 1347) == "The 20 newest are listed."
    assert words.newest_sentence(1, 1) == ""
    assert (
        words.evidence_heading(0, "Leeds", True) == "No pair of recommendations in Leeds is suggested for this period"
    )
    assert "not listed" in words.evidence_heading(0, "Leeds", False)
    assert words.chains_heading([], "Leeds").startswith("No chain")
    assert words.chains_heading([{"recommendations": 2, "partnerships": 1}], "Leeds").endswith("reaches 1 partnership")


def test_smart_and_structural_are_told_as_two_questions():
    rows = share_rows(
        ("RC10", "smart_structural", "Both", own(1, 10), None),
        ("RC10", "smart_only", "SMART", own(3, 10), None),
        ("RC10", "structural_only", "Structural", own(0, 10), None),
        ("RC10", "neither", "Neither", own(6, 10), None),
    )
    assert mix.smart_heading(rows, "Leeds") == "1 of 10 recommendations in Leeds is both SMART and structural"
    assert mix.smart_sentence(rows) == "4 are SMART and 1 is structural, with those that are both in each."
    hidden = rows.with_columns(numerator=pl.lit(None, pl.Float64))
    assert "cannot be told apart" in mix.smart_heading(hidden, "Leeds")
    assert mix.smart_sentence(hidden) == ""


def test_what_is_nil_is_none_and_never_nought():
    nil = own(0, 15)
    smart = share_rows(
        ("RC10", "smart_structural", "Both", nil, None),
        ("RC10", "smart_only", "SMART", own(4, 15), None),
        ("RC10", "structural_only", "Structural", nil, None),
        ("RC10", "neither", "Neither", own(11, 15), None),
    )
    levels = share_rows(("RC7", "national", "National", nil, None), ("RC7", "regional", "Regional", own(1, 15), None))
    said = [
        words.headline(repeats(nil, own(0, 4)), "Leeds", PERIOD),
        words.repeats_heading(repeats(nil, own(0, 4)), "Leeds"),
        mix.smart_heading(smart, "Leeds"),
        mix.smart_sentence(smart),
        mix.level_heading(levels, "Leeds"),
        mix.nobody_sentence(0, 2594, 0, 2594),
        mix.national_heading(pl.DataFrame({"state": ["not_due", "not_due"]}), "Leeds", True),
    ]

    assert [one for one in said if re.search(r"\b0\b", one)] == []
    assert mix.smart_heading(smart, "Leeds") == "None of 15 recommendations in Leeds is both SMART and structural"
    assert mix.smart_sentence(smart).startswith("4 are SMART and none is structural")
    assert mix.level_heading(levels, "Leeds") == "None of 15 recommendations in Leeds is aimed at national bodies"
    assert mix.nobody_sentence(0, 2594, 0, 2594) == ""


def test_a_heading_has_about_ten_words():
    many = repeats(own(474, 2594), own(240, 1222))
    themes = [{"name": "Information sharing", "partnerships": 68}, {"name": "Neglect", "partnerships": 3}]
    chains = [{"recommendations": 19, "partnerships": 18}]
    said = [
        words.repeats_heading(many, "the North West"),
        words.chains_heading(chains, "the North West"),
        words.evidence_heading(1438, "the North West", True),
        mix.radar_heading(themes, "the North West"),
        mix.change_heading([{"name": "Practice model", "count": 3}, {"name": "Audit", "count": 1}], "the North West"),
    ]

    assert [one for one in said if len(one.split()) > 14] == []


def test_the_widest_theme_is_named_and_of_ties_the_reach():
    themes = [{"name": "Neglect", "partnerships": 4}, {"name": "Domestic abuse", "partnerships": 4}]

    assert mix.radar_heading(themes, "the North West") == (
        "2 themes recur in the North West, the widest in 4 partnerships each"
    )
    assert mix.radar_heading(themes[:1], "the North West") == "1 theme recurs in the North West, most widely “Neglect”"
    assert mix.radar_heading([], "Leeds").startswith("No theme came up")


def test_themes_that_tie_with_the_last_one_drawn_are_drawn_as_well_and_the_rest_are_counted():
    themes = [{"name": str(place), "partnerships": max(20 - place, 8)} for place in range(20)]
    drawn = widest(themes)

    assert [row["partnerships"] for row in drawn] == [*range(20, 8, -1)]
    assert len(widest([{"name": "A", "partnerships": 3}] * 15)) == 15
    assert widest([]) == []
    assert mix.drawn_themes(12, 20) == " Drawn are the 12 widest of 20; the table has every theme."
    assert mix.drawn_themes(12, 12) == ""


def test_a_kind_of_change_is_named_only_where_one_leads():
    leads = [{"name": "Training", "count": 3}, {"name": "Audit", "count": 1}]
    tied = [{"name": "Training", "count": 1}, {"name": "Audit", "count": 1}]

    assert mix.change_heading(leads, "Leeds") == "“Training” is asked for most often: 3 of 4 recommendations"
    assert mix.change_heading(tied, "Leeds") == "2 recommendations in Leeds, of 2 kinds of change"


def test_who_is_addressed_is_not_told_of_nothing():
    assert mix.nobody_sentence(0, 0, 0, 0) == ""
    assert mix.nobody_sentence(1, 7, 1, 7) == (
        "1 of 7 is addressed to nobody. 1 of 7 has no day by which the action is due."
    )


def test_national_answers_at_the_edges():
    none = pl.DataFrame(schema={"state": pl.String})
    waiting = pl.DataFrame({"state": ["overdue", "not_due"]})

    assert mix.national_heading(none, "Leeds", True) == "No national recommendation was made in Leeds"
    assert mix.national_heading(waiting, "Leeds", True) == (
        "1 of 2 national recommendations has waited over a year for an answer"
    )
    assert "those with a right to Leeds" in mix.national_heading(none, "Leeds", False)


def test_level_and_depth_say_nothing_of_what_is_hidden():
    levels = share_rows(
        ("RC7", "local", "Local", own(**HIDDEN), None),
        ("RC7", "regional", "Regional", own(**HIDDEN), None),
        ("RC7", "national", "National", own(1, 12), None),
    )
    assert mix.level_heading(levels, "Leeds") == "1 of 12 recommendations in Leeds is aimed at national bodies"
    depth = share_rows(
        ("RC9", "total", "Training", own(**HIDDEN), None), ("RC8", "triple", "Triple loop", own(2, 9), None)
    )
    assert mix.loop_heading(depth, "Leeds") == "2 of 9 recommendations in Leeds would change norms and structures"


def test_the_same_ask_in_other_words_is_less_sure_between_partnerships_than_within_one():
    assert words.likeness_in_words("same_ask", "SAME_AREA") == "Other words, likely the same ask"
    assert words.likeness_in_words("same_ask", "SAME_FORCE") == "Other words, perhaps the same ask"
    assert words.likeness_in_words("exact", "SAME_ICB") == "The same words"
