"""Whether two recommendations ask for the same: laws of the score, worked pairs, and traps."""

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.repetition import explain_pair, score_pairs
from throughline.repetition.asks import split_asks
from throughline.repetition.lexicon import SEEDS, read_lexicon
from throughline.repetition.model import FILE, read_model
from throughline.repetition.words import fold, stem

FATHERS = "Midwives should record the names of fathers and what contact they have had with them."
FATHERS_AGAIN = "The partnership should seek assurance that dads' details are written in the maternity records."
TEXTS = st.text(alphabet="abcdefgh éß'-.,;\n7", max_size=60) | st.lists(
    st.sampled_from(["train", "staff", "father", "record", "bruise", "and", "should", "share", "information", "."]),
    max_size=14,
).map(" ".join)


def score(text_a: str, text_b: str) -> float:
    return float(score_pairs([text_a], [text_b])[0])


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_a_score_lies_from_0_to_1_and_is_the_same_both_ways(one, other):
    assert 0 <= score(one, other) <= 1
    assert score(one, other) == score(other, one)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_text_is_surely_itself_whatever_its_case_spaces_and_marks(text):
    assert score(text, text) == 1
    assert score(f"  {text.upper()} !", text) == 1 or fold(text.upper()) != fold(text)


def test_only_the_same_text_scores_1():
    assert score(FATHERS, FATHERS.replace("Midwives", "Midwifery staff")) < 1


def test_rows_do_not_affect_each_other():
    texts_a = [FATHERS, "Train staff about neglect.", "Audit strategy meetings every year."]
    texts_b = [FATHERS_AGAIN, "Staff should be trained on chronic neglect.", "Give parents a leaflet on safer sleep."]
    together = score_pairs(texts_a, texts_b)
    assert np.allclose(together[::-1], score_pairs(texts_a[::-1], texts_b[::-1]), atol=2e-4)
    assert np.allclose(together, [score(a, b) for a, b in zip(texts_a, texts_b, strict=True)], atol=2e-4)


def test_the_same_call_gives_the_same_numbers():
    assert score_pairs([FATHERS] * 5, [FATHERS_AGAIN] * 5).tolist() == [score(FATHERS, FATHERS_AGAIN)] * 5


def test_no_pairs_give_no_scores():
    assert score_pairs([], []).shape == (0,)


def test_lists_of_unlike_length_are_refused():
    with pytest.raises(ValueError, match="2 texts cannot be paired with 1"):
        score_pairs(["a", "b"], ["a"])


@pytest.mark.parametrize("text", ["", "...", "The should of and"])
def test_a_text_that_says_nothing_is_like_no_other(text):
    assert score(text, FATHERS) == 0


SAME_ASK = [
    ("Improve how agencies share information.", "Communication between agencies should be improved."),
    ("Remind staff to record who lives in the home.", "Seek assurance that household members are recorded."),
    ("Practitioners should see the child alone.", "Children should be spoken to alone by professionals."),
]
OTHER_ASK = [
    ("Train staff about bruising in babies.", "Audit the referrals made for babies with bruises."),
    ("Write a protocol on self-harm for schools.", "Fund a service for young people who self-harm."),
    (
        "Agencies should share information better.",
        "GPs should tell maternity of a mother's mental illness.",
    ),
]


@pytest.mark.parametrize("pair", SAME_ASK)
def test_the_same_ask_in_other_words_scores_above_every_other_ask_on_the_theme(pair):
    assert score(*pair) > max(score(*other) for other in OTHER_ASK)


@pytest.mark.parametrize("pair", OTHER_ASK)
def test_the_same_theme_with_another_ask_is_not_suggested(pair):
    assert score(*pair) < read_model().suggest_from


def test_shared_boilerplate_is_not_evidence():
    opening = "The partnership should seek assurance that all agencies ensure that, as a matter of course, "
    plain = score("fathers are recorded", "dogs are registered with the council")
    assert score(opening + "fathers are recorded", opening + "dogs are registered with the council") < max(
        0.2, plain + 0.1
    )


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "The LSCB should audit strategy meetings.",
            "The safeguarding children partnership should audit strategy meetings.",
        ),
        ("The PCT should fund school nurses.", "The ICB should fund school nurses."),
        ("The CCG should fund school nurses.", "The integrated care board should fund school nurses."),
        ("Train schools in the CAF.", "Train schools in the early help assessment."),
    ],
)
def test_a_change_of_name_does_not_hide_a_repeat(earlier, later):
    assert score(earlier, later) >= read_model().suggest_from
    assert explain_pair(earlier, later).only_first == []


def test_every_earlier_name_leads_to_a_concept():
    names = pl.read_csv(SEEDS / "repetition_name_changes.csv", infer_schema=False)
    for earlier, later in names.select("earlier_name", "later_name").iter_rows():
        units = read_lexicon().units(earlier)
        assert len(units) == 1 and units.keys() == read_lexicon().units(later).keys(), earlier


def test_an_ask_is_found_inside_a_text_that_asks_two_things():
    one = "Fathers must be named in the maternity record."
    both = f"{one} The council should also mend the gate of the park."
    assert score(one, both) > score(one, "The council should also mend the gate of the park.") + 0.4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Train staff and audit cases.", 0),
        ("Train staff. Audit cases.", 2),
        ("Midwives should record fathers and should invite them.", 2),
        ("Schools and nurseries should refer.", 0),
    ],
)
def test_asks_are_divided_at_sentences_and_where_another_ask_begins(text, parts):
    assert len(split_asks(text)) == parts


@pytest.mark.parametrize(
    "forms",
    [
        ("record", "records", "recorded", "recording"),
        ("agency", "agencies"),
        ("know", "known", "knew"),
        ("plan", "planned"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms}) == 1


def test_the_reasons_are_words_of_both_texts():
    reasons = explain_pair(FATHERS, FATHERS_AGAIN)
    assert reasons.shared["father"] == ("fathers", "dads")
    assert "record keeping" in reasons.shared
    assert reasons.score == score(FATHERS, FATHERS_AGAIN)
    assert set(reasons.features) == set(reasons.contributions) == set(read_model().features)


def test_the_model_is_small_and_readable():
    assert len(FILE.read_text(encoding="utf-8")) < 2000
    assert all(weight > 0 for weight in json.loads(FILE.read_text(encoding="utf-8"))["coefficients"])
