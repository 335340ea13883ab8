"""Sentences of the timeliness page at the edges: not reached, too few closed, ties, nothing late, all hidden."""

import polars as pl

from tests.fixtures.share_rows import HIDDEN, MISSING_DAYS, NO_CASES, NOT_REACHED, days, own, share_rows
from throughline.wording import timeliness as words

PERIOD = "three years ending March 2026"
OVERDUE = [days(30, 10, 40, 1), own(**NO_CASES), own(**HIDDEN)]


def steps(tm1, tm2, tm4):
    return share_rows(
        ("TM1", "total", "Notification sent", tm1, None),
        ("TM2", "total", "Rapid review submitted", tm2, None),
        ("TM4", "total", "Local review published", tm4, None),
    )


def stages(*rows):
    names = list(words.STAGES.values())
    return share_rows(*(("TM6", str(place), names[place], row, None) for place, row in enumerate(rows)))


def row_of(given):
    return share_rows(("TM5", "published", "published", given, None)).row(0, named=True)


def test_the_answer_gives_each_clock_the_median_and_where_the_time_goes():
    said = words.headline(
        steps(own(899, 1109), own(723, 975), own(2, 220)),
        row_of(days(519, 473, 550, 158)),
        stages(days(76, 67, 84, 252), days(223, 203, 241, 266)),
        "England",
        PERIOD,
    )

    assert said == (
        "In England in the three years ending March 2026, 899 of 1,109 notifications (81.1%) were sent in time, 723 of "
        "975 rapid reviews due (74.2%) were submitted in time and 2 of 220 local reviews due (0.9%) were published in "
        "time. Half of the local reviews decided took 519 days or longer to be published (95% interval 473 to 550). "
        "The longest stage is “reviewer to first draft”, with a median of 223 days."
    )


def test_one_case_in_time_is_one_case():
    said = words.headline(
        steps(own(1, 1), own(0, 1), own(**NO_CASES)), row_of(MISSING_DAYS), stages(MISSING_DAYS), "Leeds", PERIOD
    )

    assert "1 of 1 notification was sent in time" in said
    assert "0 of 1 rapid review due were submitted in time" in said
    assert "No figure for local review published: there are no cases to count." in said
    assert "Too few local reviews have been published to say how long they take." in said
    assert "longest stage" not in said


def test_all_hidden_is_said_with_the_reason():
    hidden = own(**HIDDEN)
    said = words.headline(steps(hidden, hidden, hidden), row_of(hidden), stages(hidden), "Leeds", PERIOD)

    assert said == (
        f"Nothing can be shown for Leeds in the {PERIOD}. One or more of the counts is small, so this is not shown."
    )


def test_a_median_not_reached_is_an_answer_and_no_number():
    said = words.median_sentence(row_of(NOT_REACHED))

    assert said.startswith("Fewer than half of the local reviews decided have been published yet")
    assert not any(letter.isdigit() for letter in said)


def test_a_limit_not_reached_is_said():
    assert "95% interval 315 to not reached" in words.median_sentence(row_of(days(550, 315, None, 8)))


def test_the_longest_stage_needs_two_to_choose_from_and_says_when_some_are_missing():
    assert words.longest(stages(days(76, 67, 84, 9), MISSING_DAYS)) is None
    assert "of those that can be shown" in words.stage_sentence(
        stages(days(76, 67, 84, 9), days(90, 80, 99, 9), MISSING_DAYS)
    )
    assert words.stages_heading(stages(MISSING_DAYS), "Leeds") == "Where the time goes cannot be said for Leeds"


def parts(total, late, overdue):
    given = {"total": total, "late": late, "overdue": overdue}
    return share_rows(*(("TM4", part, part, row, None) for part, row in given.items()))


def test_late_and_overdue_at_the_edges():
    heading = words.late_heading

    assert heading(parts(own(0, 2), own(1, 2), own(1, 2)), "local_review_published", "Leeds") == (
        "Of 2 local reviews due, 1 was late and 1 is not done"
    )
    assert heading(parts(own(1, 1), own(0, 1), own(0, 1)), "rapid_review", "Leeds") == (
        "None of 1 rapid review due was late or is not done"
    )
    none = own(**NO_CASES)
    assert "cannot be shown for Leeds" in heading(parts(none, none, none), "rapid_review", "Leeds")


def curve(*shares):
    return pl.DataFrame(
        [(7 * week, share, max(0.0, share - 0.1), min(1.0, share + 0.1)) for week, share in enumerate(shares)],
        schema=["days", "share", "lower", "upper"],
        orient="row",
    )


def test_the_curve_speaks_of_four_weeks_or_of_its_end():
    assert words.curve_heading(curve(1, 1, 0.9, 0.4, 0.2, 0.1), "rapid_review", "England") == (
        "After 4 weeks, 20.0% of rapid reviews were not submitted yet"
    )
    assert words.curve_heading(curve(1, 0.9), "rapid_review", "Leeds").startswith("After 1 week, 90.0%")
    assert words.curve_heading(curve(1).clear(), "rapid_review", "Leeds") == (
        "No curve of rapid reviews still open can be drawn for Leeds"
    )


def test_half_is_a_median_a_day_or_not_reached():
    assert words.half_sentence(curve(1, 0.9, 0.5), "rapid_review", None) == "Half were submitted by day 14."
    assert "no median is reached" in words.half_sentence(curve(1, 0.9), "rapid_review", None)
    assert words.half_sentence(curve(1), "local_review_published", row_of(days(519, 473, 550, 158))) == (
        "Half were published within 519 days (95% interval 473 to 550)."
    )
    assert words.half_sentence(curve(1), "local_review_published", row_of(NOT_REACHED)).startswith("No median: not")


def test_a_curve_that_was_cut_says_so_and_claims_nothing_of_the_time_after():
    # 15 working days are three weeks: a curve that ends after two says nothing of who was in time.
    cut = curve(1, 0.95, 0.875)
    assert words.curve_heading(cut, "rapid_review", "Leeds") == (
        "After 2 weeks, 87.5% of rapid reviews were not submitted yet; the curve ends there, before their time is over"
    )
    assert words.half_sentence(cut, "rapid_review", None) == (
        "On day 14, where the curve ends, more than half were not submitted yet, so no median is reached."
    )
    assert "ends there" not in words.curve_heading(curve(1, 0.9, 0.8, 0.7), "rapid_review", "Leeds")


def test_a_hidden_median_is_not_denied_where_the_published_curve_passes_a_half():
    hidden = row_of({**MISSING_DAYS, **HIDDEN})

    said = words.half_sentence(curve(1, 0.6, 0.48), "local_review_published", hidden)

    assert said.startswith("Half were published by day 14, as the curve shows. No median:")
    assert words.half_sentence(curve(1, 0.6), "local_review_published", hidden).startswith("No median:")


def test_nothing_ended_yet_has_no_interval():
    assert words.share_with_limits({"share": 1.0, "lower": 1.0, "upper": 1.0}) == "100.0%"
    assert words.share_with_limits({"share": 0.9, "lower": 0.8, "upper": 0.95}) == "90.0% (80.0% to 95.0%)"


def reasons(*counts):
    return share_rows(
        *(
            ("TM7", f"local_review:{place}", f"Reason {place}", own(count, 4), None)
            for place, count in enumerate(counts)
        )
    )


def test_reasons_that_tie_are_all_named_and_none_is_called_most():
    clock = "local_review_published"

    assert words.reasons_heading(reasons(3, 1), clock, "Leeds") == (
        "The reason given most often is reason 0: 3 of 4 local reviews late or overdue for publication"
    )
    assert words.reasons_heading(reasons(2, 2, 1), clock, "Leeds") == (
        "The reasons given most often are reason 0 and reason 1: 2 of 4 local reviews late or overdue for publication "
        "each"
    )
    assert words.reasons_heading(reasons(1, 1, 1, 1), clock, "Leeds").startswith("4 reasons are given equally often")
    assert words.reasons_heading(reasons(0, 0), clock, "Leeds") == (
        "No reason is recorded for 4 local reviews late or overdue for publication"
    )
    assert "cannot be shown" in words.reasons_heading(
        share_rows(("TM7", "a", "A", own(**HIDDEN), None)), clock, "Leeds"
    )


def test_a_reason_that_nobody_wrote_down_is_no_reason():
    def said(given, unsaid):
        rows = pl.concat([reasons(given), share_rows(("TM7", "rapid_review:not_recorded", "N", own(unsaid, 4), None))])
        return words.reasons_heading(rows, "rapid_review", "Leeds")

    assert said(1, 3) == "No reason is recorded for 3 of 4 rapid reviews late or overdue for submission"
    assert said(0, 4) == "No reason is recorded for 4 of 4 rapid reviews late or overdue for submission"
    assert said(2, 2).startswith("The reason given most often is reason 0: 2 of 4")


def test_reasons_are_those_for_a_late_publication_whatever_clock_was_asked_of_a_local_review():
    clock = "local_review_signed_off"

    assert "late or overdue for publication" in words.reasons_heading(reasons(3), clock, "Leeds")
    assert "not counted by sign-off" in words.reasons_measured(clock)
    assert "sign-off" not in words.reasons_measured("local_review_published")


def test_overdue_reviews_are_counted_in_words():
    assert (
        words.open_heading(row_of(days(30, 10, 40, 1)), "Leeds")
        == "1 local review in Leeds is open past the six months"
    )
    assert (
        words.open_heading(row_of(own(**NO_CASES)), "Leeds") == "No local review in Leeds is open past its six months"
    )
    assert "cannot be shown" in words.open_heading(row_of(own(**HIDDEN)), "Leeds")
    assert "days past the due day" not in words.open_measured(row_of(MISSING_DAYS), "Leeds")


def test_local_and_rapid_reviews_past_their_time_are_told_together():
    row = row_of(days(30, 10, 40, 13))

    assert words.open_heading(row, "Leeds", (13, 3)) == "13 local and 3 rapid reviews in Leeds are open past their time"
    assert words.open_heading(row, "Leeds", (1, 1)) == "1 local and 1 rapid review in Leeds are open past their time"
    assert words.open_heading(row, "Leeds", (0, 1)) == "1 rapid review in Leeds is open past its time"
    assert words.open_heading(row, "Leeds", (2, 0)) == "2 local reviews in Leeds are open past their time"
    assert words.open_heading(row, "Leeds", (0, 0)) == "No review in Leeds is open past its time"


def test_facts_of_a_day_have_no_interval():
    assert "229 days past the due day" in words.open_measured(row_of(days(229, 28, 311, 13)), "Leeds")
    assert "interval" not in words.open_measured(row_of(days(229, 28, 311, 13)), "Leeds")


def test_references_are_spoken_of_only_where_there_are_any():
    assert "References are the partnership's own" in words.open_caveat(True)
    assert "Reference" not in words.open_caveat(False)


def test_due_today_is_not_overdue():
    assert [words.days_past({"days_past_due": days_past}) for days_past in (1, 0, -1, -30)] == [
        "1 day past",
        "Due today",
        "In 1 day",
        "In 30 days",
    ]


def test_the_time_allowed_is_that_of_the_settings():
    assert words.limit_of("rapid_review") == (21, "15 working days")
    assert words.limit_of("local_review_published")[1] == "6 months"
