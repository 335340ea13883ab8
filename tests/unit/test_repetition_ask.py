"""Asking before commissioning: the nearest earlier recommendations, and none that the reader has no right to."""

from dataclasses import fields
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from throughline.analyses.asked_before import analyse, answer_lines, theme_named
from throughline.query import Query
from throughline.release import Viewer
from throughline.repetition.ask import MOST_IN_A_PLACE, ask
from throughline.repetition.index import CONSIDERED, Index, read_index
from throughline.wording import asked_before as words

LEEDS, YORKSHIRE = Viewer.partnership("leeds"), Viewer.region("E12000003")


@pytest.fixture(scope="module")
def own_text(small_release) -> str:
    own = small_release.recommendations(LEEDS).filter(pl.col("is_own") & pl.col("has_text")).collect()
    return small_release.recommendations_in_words(LEEDS, own["rec_id"].to_list())["rec_text"][0]


def report(release, viewer, text, **chosen):
    return analyse(release, viewer, Query({"text": text, **chosen}))


def test_the_same_words_are_found_first_and_said_to_be_the_same_ask(small_release, own_text):
    found = ask(small_release, LEEDS, own_text.upper() + " !").found
    first = found.filter(pl.col("place") == "own").row(0, named=True)
    assert first["rec_text"] == own_text and first["likeness"] == "same_ask" and first["score"] >= 0.98
    assert report(small_release, LEEDS, own_text).answer.startswith("Very likely yes")


@pytest.mark.parametrize("viewer", [LEEDS, YORKSHIRE, Viewer.panel()])
def test_nothing_is_found_that_the_reader_may_not_read(small_release, own_text, viewer):
    readable = set(small_release.recommendations(viewer).collect()["rec_id"])
    found = ask(small_release, viewer, own_text).found
    assert found.height > 0 and set(found["rec_id"]) <= readable


def test_words_of_another_area_that_are_not_shared_are_never_found(small_release):
    every = small_release.recommendations(Viewer.panel()).collect()["rec_id"].to_list()
    kept_back = small_release.recommendations_in_words(Viewer.panel(), every).filter(
        ~pl.col("is_shareable") & (pl.col("partnership_code") == "kent") & pl.col("rec_text").is_not_null()
    )
    shared = set(small_release.recommendations_in_words(LEEDS, every)["rec_text"])
    for text in [text for text in kept_back["rec_text"] if text not in shared][:20]:
        assert text not in ask(small_release, LEEDS, text).found["rec_text"].to_list()


def test_the_public_finds_no_recommendation_and_is_told_of_themes_alone(small_release, own_text):
    assert ask(small_release, Viewer.public(), own_text).found.is_empty()
    shown = report(small_release, Viewer.public(), own_text)
    assert not any(finding.tables for finding in shown.findings)
    told = report(small_release, Viewer.public(), "Information sharing").answer
    assert "in England" in told


def test_each_place_shows_five_at_most_and_a_recommendation_stands_in_one(small_release, own_text):
    found = ask(small_release, Viewer.panel(), own_text, "leeds").found
    assert found["rec_id"].is_unique().all()
    assert found.group_by("place").len()["len"].max() <= MOST_IN_A_PLACE
    own = found.filter(pl.col("place") == "own")["partnership_code"].unique().to_list()
    assert own == ["leeds"]


def test_nonsense_finds_nothing_near(small_release):
    found = ask(small_release, Viewer.panel(), "Xyzzy plugh quux.").found
    assert found.filter(pl.col("likeness") != "same_theme").is_empty()


def test_nothing_written_asks_for_a_draft(small_release):
    assert "Write a draft" in report(small_release, LEEDS, "").answer


@pytest.mark.parametrize("written", ["T05", "t05", "Information sharing", " information sharing. "])
def test_a_theme_is_known_by_code_and_by_name(written):
    assert theme_named(written) == "T05"


def test_a_theme_gives_its_history_by_year_with_what_was_done(small_release):
    shown = report(small_release, Viewer.panel(), "T05")
    (table,) = shown.findings[-1].tables
    rows = (
        small_release.recommendations(Viewer.panel())
        .filter((pl.col("theme_primary") == "T05") | (pl.col("theme_secondary") == "T05").fill_null(False))
        .collect()
    )
    assert sum(int(row[1]) for row in table.rows) == rows.height
    assert sum(int(row[3]) for row in table.rows) == (rows["action_status"] == "DONE").sum()


def near(place, same, related=0):
    found = ["same_ask"] * same + ["related"] * related
    return [{"place": place, "likeness": likeness} for likeness in found]


def test_a_list_that_is_full_is_no_count():
    """Five are listed of a place at most: of what fills its list there may be more."""
    in_own, in_region = near("own", 2, 3), near("region", 5)

    assert words.place_heading("region", in_region, 5) == (
        "In the region: at least 5 earlier recommendations very likely asked for the same"
    )
    assert words.place_heading("own", in_own, 5) == (
        "In your own area: 2 earlier recommendations very likely asked for the same"
    )
    assert "at least 5 related" in words.place_heading("own", near("own", 0, 5), 5)
    places = ("own", "region")
    assert "yes: at least 7 earlier recommendations" in words.answer([*in_own, *in_region], places, True, False, 5)
    # Six in two places of which neither is full are six.
    both = [*near("own", 3), *near("region", 3)]
    assert "yes: 6 earlier recommendations" in words.answer(both, places, True, False, 5)


def test_what_both_share_is_never_said_to_be_words_alone(small_release, own_text):
    """Neglect may be matched by another phrase, which the draft holds in its stead."""
    tables = [table for one in report(small_release, LEEDS, own_text).findings for table in one.tables]

    assert "Words or meanings in both" in [column.heading for column in tables[0].columns]


def test_of_a_theme_those_of_the_partnership_looked_from_are_counted(small_release):
    def table(viewer, **chosen):
        return report(small_release, viewer, "Information sharing", **chosen).findings[0].tables[0]

    of_leeds, of_all = table(Viewer.panel(), partnership="leeds"), table(Viewer.panel())
    assert of_leeds.columns[-1].heading == "Of Leeds"
    # Whoever looks from Leeds counts what Leeds itself counts, and not all of England.
    assert [row[-1] for row in of_leeds.rows if row[-1] != "0"] == [
        row[-1] for row in table(LEEDS).rows if row[-1] != "0"
    ]
    assert sum(int(row[-1]) for row in of_leeds.rows) < sum(int(row[1]) for row in of_leeds.rows)
    assert "Of" not in of_all.columns[-1].heading and len(of_all.rows[0]) == len(of_all.columns)
    assert table(YORKSHIRE).columns[-1].heading == "Of your own areas"


def test_a_text_that_is_too_long_is_cut_and_told(small_release):
    assert "characters at most" in report(small_release, LEEDS, "fathers " * 400).problems["text"]


def test_the_index_of_a_release_is_that_of_its_texts_and_for_its_owner_alone(small_release):
    file = small_release.folder / "restricted" / "recommendation_index.npz"
    index = read_index(file)
    texts = pl.read_parquet(small_release.folder / "restricted" / "recommendation_texts.parquet")
    assert int(index.asks.text.max()) + 1 == texts.height and file.stat().st_mode & 0o077 == 0


def test_who_may_read_all_is_given_what_taking_every_text_would_give(small_release):
    whole = read_index(small_release.folder / "restricted" / "recommendation_index.npz")
    taken = whole.take(np.arange(int(whole.asks.text.max()) + 1))
    given = small_release.recommendation_index(Viewer.panel())
    assert whole.is_of(np.arange(3)) is False
    for field in fields(taken.asks):
        assert np.array_equal(getattr(given.asks, field.name), getattr(taken.asks, field.name))


def test_the_texts_worth_scoring_are_those_that_a_look_at_every_one_finds_and_the_first_of_equals():
    rng = np.random.default_rng(5)
    # More than are considered, of few meanings, as many as a sample is taken of; texts have one to three asks.
    texts = np.repeat(np.arange(20_000), rng.integers(1, 4, 20_000))
    few = rng.normal(size=(900, 8)).astype(np.float16)
    meaning = few[rng.integers(0, len(few), len(texts))]
    index = Index.of(SimpleNamespace(meaning=meaning, text=texts))
    asked = rng.normal(size=8).astype(np.float32)

    assert len(index.directions) == 900
    nearness = (index.directions @ asked)[index.direction_of]
    assert nearness == pytest.approx(meaning.astype(np.float32) @ asked, abs=1e-4)
    for asks in (slice(None), np.flatnonzero(texts % 7 == 0), np.arange(50)):
        nearest = sorted(np.arange(len(texts))[asks], key=lambda ask: (-nearness[ask], ask))[:CONSIDERED]
        assert set(index._near(nearness, asks)) == {texts[ask] for ask in nearest}


def test_an_index_of_other_words_is_not_used(small_release, monkeypatch):
    monkeypatch.setattr("throughline.repetition.index.text_version", lambda: "another")
    assert small_release.recommendation_index(LEEDS) is None


def test_the_terminal_gives_the_same_answer(small_release, own_text):
    lines = answer_lines(small_release, LEEDS, own_text)
    assert lines[0] == report(small_release, LEEDS, own_text).answer
    assert any(own_text in line for line in lines)


def test_a_reader_of_a_partnership_that_is_not_there_finds_what_may_be_shared_and_no_error(small_release):
    shown = report(small_release, Viewer.partnership("nowhere"), "Fathers should be met.")
    assert shown.answer and shown.chosen["partnership"] == "any"


def test_the_terminal_refuses_a_partnership_that_is_not_there(small_release):
    with pytest.raises(ValueError, match=r"'nowhere'.*leeds"):
        answer_lines(small_release, Viewer.panel(), "fathers", "nowhere")
