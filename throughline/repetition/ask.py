"""Has this been recommended before? The nearest earlier recommendations that a reader may see."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from throughline.release import Release, Viewer
from throughline.repetition.index import LIKENESSES, Index, likeness, same_words
from throughline.repetition.prepare import prepare_texts

OWN, REGION, ENGLAND = "own", "region", "england"
PLACES = (OWN, REGION, ENGLAND)
MOST_IN_A_PLACE = 5
LONGEST_TEXT = 2_000


@dataclass(frozen=True)
class Answer:
    """What was found for one text: rows of Release.recommendations with score, likeness, place and shared words.

    The likeliest of each place stand first. `places` are those that were looked at, whether or not anything was found.
    """

    found: pl.DataFrame
    places: tuple[str, ...]
    looked_at: int


@dataclass(frozen=True)
class Readable:
    """What can be asked about: recommendations, by whom each was made (a number in `partnerships`), and their index."""

    rec_ids: pl.Series
    partnerships: list[str]
    made_by: np.ndarray
    index: Index


def ask(release: Release, viewer: Viewer, text: str, partnership_code: str | None = None) -> Answer:
    """The recommendations nearest to a text in the partnership, in the rest of its region and in the rest of England.

    Without a partnership, a regional viewer's own place is the region, and the Panel's is England. Nothing is found for
    the public, who may read no recommendation.
    """
    held = _readable(release, viewer)
    places = _places(release, viewer, partnership_code)
    place_of = np.array([PLACES.index(places.get(code, ENGLAND)) for code in held.partnerships], np.int8)
    looked = tuple(place for number, place in enumerate(PLACES) if number in place_of)
    number = place_of[held.made_by]
    asked = bool(text.strip())
    near, scores = held.index.nearest(text, number, MOST_IN_A_PLACE) if asked else (np.zeros(0, np.int64), np.zeros(0))
    nearest = pl.DataFrame(
        {"rec_id": held.rec_ids[near], "score": scores, "place": [PLACES[one] for one in number[near]]},
        schema={"rec_id": pl.String, "score": pl.Float64, "place": pl.String},
    )
    rows = release.recommendations_in_words(viewer, nearest["rec_id"].to_list())
    told = _told(rows.join(nearest, on="rec_id", maintain_order="right"), text)
    is_near = (pl.col("likeness") != LIKENESSES[-1]) | pl.col("shares_subject")
    return Answer(told.filter(is_near), looked, len(held.rec_ids))


def _told(found: pl.DataFrame, text: str) -> pl.DataFrame:
    """Adds how alike each is and the words that both share."""
    shared = [_shared(text, earlier) for earlier in found["rec_text"]]
    scores = [
        same_words(text, earlier) or score for earlier, score in zip(found["rec_text"], found["score"], strict=True)
    ]
    likenesses = [
        likeness(score, is_elsewhere=place == ENGLAND) for score, place in zip(scores, found["place"], strict=True)
    ]
    return found.with_columns(
        score=pl.Series(scores, dtype=pl.Float64),
        likeness=pl.Series(likenesses, dtype=pl.String),
        shared=pl.Series([words for words, _ in shared], dtype=pl.List(pl.String)),
        shares_subject=pl.Series([is_subject for _, is_subject in shared], dtype=pl.Boolean),
    )


def _shared(text: str, earlier: str) -> tuple[list[str], bool]:
    """The words of the earlier text that the new one shares, and whether a subject is among them."""
    from throughline.repetition.lexicon import read_lexicon

    lexicon = read_lexicon()
    new, old = lexicon.units(text), lexicon.units(earlier)
    both = [unit for name, unit in old.items() if name in new]
    return [unit.words for unit in both], any(unit.kind in ("subject", "practice") for unit in both)


def _places(release: Release, viewer: Viewer, partnership_code: str | None) -> dict[str, str]:
    """Which place each partnership is in, as seen from the one that asks."""
    areas = release.areas().filter(pl.col("area_type") == "partnership")
    region_of = dict(areas.select("area_code", "region_code").iter_rows())
    own = partnership_code or (viewer.area_code if viewer.role == "partnership" else None)
    region = region_of.get(own) if own else (viewer.area_code if viewer.role == "region" else None)
    place = {code: REGION if region and here == region else ENGLAND for code, here in region_of.items()}
    return place | ({own: OWN} if own in region_of else {})


@lru_cache(maxsize=2)  # of a release with a hundred times today's recommendations each takes 400 MB
def _readable(release: Release, viewer: Viewer) -> Readable:
    """The recommendations with words that a viewer may read, and the index of just these."""
    rows = (
        release.recommendations(viewer).filter("has_text").select("rec_id", "partnership_code").sort("rec_id").collect()
    )
    partnerships = rows["partnership_code"].unique().sort()
    # A number for each code, in the order of the codes, so that no name need be looked up row by row again.
    made_by = rows["partnership_code"].rank("dense").cast(pl.Int32) - 1
    index = release.recommendation_index(viewer)
    if index is None:  # made by another version of the words: prepared anew, once
        texts = release.recommendations_in_words(viewer, rows["rec_id"].to_list())
        index = Index.of(prepare_texts(texts["rec_text"].to_list()))
    return Readable(rows["rec_id"], partnerships.to_list(), made_by.to_numpy(), index)
