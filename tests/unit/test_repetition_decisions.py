"""Decisions are added and never changed, hold no text and no name, and take effect in the house."""

import json
import stat
import threading

import pytest

from throughline.added_lines import prepare
from throughline.repetition.decisions import FILE, VERDICTS, decide, read_decisions, text_hash
from throughline.roles import ROLES, check_role

PAIR = {
    "rec_id": "leeds|REC2",
    "earlier_rec_id": "leeds|REC1",
    "rec_text": "Fathers should be met.",
    "earlier_rec_text": "Meet the father of each child.",
    "score": 0.7,
}


def test_a_decision_is_kept_with_role_time_and_the_words_it_is_about(tmp_path):
    made = decide(tmp_path, PAIR, "repeat", "  business   MANAGER ")
    kept = read_decisions(tmp_path).row(0, named=True)
    assert kept["role"] == "Business manager" and kept["verdict"] == "repeat"
    assert kept["text_sha256"] == text_hash(PAIR["rec_text"]) == made.text_sha256
    assert kept["earlier_text_sha256"] == text_hash(PAIR["earlier_rec_text"])
    assert kept["decided_at"].startswith("20") and kept["score"] == 0.7


def test_a_second_decision_is_added_and_the_first_stays(tmp_path):
    decide(tmp_path, PAIR, "repeat", ROLES[0])
    before = (tmp_path / FILE).read_bytes()
    decide(tmp_path, PAIR, "different", ROLES[1])
    assert (tmp_path / FILE).read_bytes().startswith(before)
    assert read_decisions(tmp_path)["verdict"].to_list() == ["repeat", "different"]


def test_no_word_of_a_recommendation_is_written_down(tmp_path):
    decide(tmp_path, PAIR, "unsure", ROLES[0])
    written = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "Father" not in written and "father" not in written


def test_the_file_is_for_its_owner_alone(tmp_path):
    file = prepare(tmp_path / "new" / FILE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("role", ["", "   ", "Jo Bloggs", "Business manager, Jo", "x" * 80])
def test_only_a_listed_role_is_taken_so_that_no_name_is(role, tmp_path):
    with pytest.raises(ValueError, match="The role is one of these"):
        decide(tmp_path, PAIR, "repeat", role)
    assert read_decisions(tmp_path).is_empty()


def test_every_listed_role_is_taken_as_it_is_listed():
    assert [check_role(role.upper()) for role in ROLES] == list(ROLES)


def test_another_verdict_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(ValueError, match="same_theme"):
        decide(tmp_path, PAIR, "yes", ROLES[0])
    assert not (tmp_path / FILE).exists()


def test_a_pair_without_a_score_can_be_decided(tmp_path):
    decide(tmp_path, PAIR | {"score": None}, "repeat", ROLES[0])
    assert read_decisions(tmp_path)["score"].to_list() == [None]


def test_people_at_once_leave_whole_lines(tmp_path):
    prepare(tmp_path / FILE)
    people = [
        threading.Thread(target=lambda: [decide(tmp_path, PAIR, verdict, ROLES[0]) for verdict in VERDICTS])
        for _ in range(8)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 8 * len(VERDICTS) and all(json.loads(line)["rec_id"] == PAIR["rec_id"] for line in lines)


def test_each_verdict_has_words_for_those_who_decide():
    from throughline.wording import pair_review

    assert tuple(pair_review.VERDICTS) == VERDICTS
