"""The repeats among many recommendations: which earlier ones each of them may be asking again."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import polars as pl

from throughline.repetition.cache import prepare_with_cache
from throughline.repetition.model import read_model
from throughline.repetition.nearest import near_texts
from throughline.repetition.prepare import Asks
from throughline.repetition.score import score_texts
from throughline.repetition.words import fold, split_words

REQUIRED = ("rec_id", "rec_text", "date_made", "partnership_code")
COLUMNS = {"rec_id": pl.String, "earlier_rec_id": pl.String, "score": pl.Float64, "kind": pl.String}
MOST_PER_RECOMMENDATION = 10
LIKELIEST_FIRST = ["later", "score", "earlier"]
DESCENDING = [False, True, True]
SCORED_AT_ONCE = 50_000
NEAR_FROM = 0.85
ELSEWHERE_FROM = 0.85
NEAR_LEAST_WORDS = 8


def find_repeats(
    recommendations: pl.DataFrame,
    cache: Path | None = None,
    only: Collection[str] | None = None,
    least_score: float | None = None,
    places: pl.DataFrame | None = None,
    everywhere: bool = True,
) -> pl.DataFrame:
    """Pairs of a recommendation and an earlier one that it seems to repeat: rec_id, earlier_rec_id, score, kind.

    Takes rec_id, rec_text, date_made and partnership_code; rows without a text or a day are passed over. Earlier means
    made on an earlier day. Each recommendation is given its ten likeliest earlier ones at most, the latest first where
    scores are equal. With `places` (partnership_code, place; one row for each place that a partnership is in) it also
    has its ten likeliest in each of its places, and those from elsewhere must be surer: among so many more some are
    alike by chance. Where `everywhere` is false only places are looked at, whose effort grows far less. `only` names
    the recommendations to look up (all of them if it is not given), `cache` a file of prepared texts, `least_score`
    another score from which to suggest.
    """
    missing = [name for name in REQUIRED if name not in recommendations.columns]
    if missing:
        raise ValueError(f"find_repeats needs also: {', '.join(missing)}.")
    least = read_model().suggest_from if least_score is None else least_score
    rows = recommendations.select(REQUIRED).drop_nulls(["rec_id", "rec_text", "date_made"])
    rows = rows.with_columns(pl.col("rec_id").cast(pl.String)).sort("date_made", "rec_id")
    if rows.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    folded = [fold(text) for text in rows["rec_text"]]
    texts, text_of = np.unique(np.array(folded, dtype=object), return_inverse=True)
    # Of texts that fold alike the earliest is prepared: its full stops and line breaks divide its asks.
    as_written = dict(zip(reversed(folded), reversed(rows["rec_text"].to_list()), strict=True))
    asks = prepare_with_cache([as_written[text] for text in texts], cache)
    rows = rows.select(
        "rec_id",
        "partnership_code",
        row=pl.int_range(pl.len()),
        text=text_of,
        day=pl.col("date_made").cast(pl.Date).to_physical().cast(pl.Int64),
        wanted=pl.lit(True) if only is None else pl.col("rec_id").is_in(list(only)),
    )
    groups = [*([rows] if everywhere else []), *_rows_of_places(rows, places)]
    near = [_near(asks, len(texts), group) for group in groups]
    likely = _likely_pairs(asks, near, len(texts), least)
    if likely.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    surer = likely.filter(pl.col("score") >= (least if places is None else max(least, ELSEWHERE_FROM)))
    found = [_spread_over_rows(surer if group is rows else likely, group) for group in groups]
    pairs = pl.concat(found).unique(["later", "earlier"])
    return _with_ids(pairs.sort(LIKELIEST_FIRST, descending=DESCENDING), rows["rec_id"], text_of, texts.tolist())


def _rows_of_places(rows: pl.DataFrame, places: pl.DataFrame | None) -> list[pl.DataFrame]:
    """The rows of each place in which a recommendation is looked up."""
    if places is None:
        return []
    here = rows.join(places.select("partnership_code", "place").unique(), on="partnership_code")
    parts = here.partition_by("place", include_key=False)
    return [part.sort("row") for part in parts if part["wanted"].any()]


def _near(asks: Asks, size: int, rows: pl.DataFrame) -> np.ndarray:
    """Pairs of texts of these rows that are worth scoring, each as one number."""
    texts, text_of = np.unique(rows["text"].to_numpy(), return_inverse=True)
    own = asks if len(texts) == size else asks.take_texts(texts)
    later, earlier = near_texts(own, len(texts), text_of, rows["day"].to_numpy(), rows["wanted"].to_numpy())
    return texts[later] * size + texts[earlier]


def _likely_pairs(asks: Asks, near: list[np.ndarray], size: int, least: float) -> pl.DataFrame:
    """Texts and scores of the pairs that reach the least score, each pair scored once."""
    pairs = np.unique(np.concatenate([np.zeros(0, np.int64), *near]))
    later, earlier = pairs // size, pairs % size
    scores = _score_all(asks, later, earlier)
    pairs = pl.DataFrame({"later_text": later, "earlier_text": earlier, "score": scores})
    return pairs.filter(pl.col("score") >= least)


def _score_all(asks: Asks, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    parts = [slice(at, at + SCORED_AT_ONCE) for at in range(0, len(first), SCORED_AT_ONCE)]
    with ThreadPoolExecutor(2) as threads:
        return np.concatenate(
            [np.zeros(0), *threads.map(lambda part: score_texts(asks, first[part], second[part]), parts)]
        )


def _spread_over_rows(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """From pairs of texts to pairs of recommendations among these rows, the likeliest few for each."""
    later = rows.filter("wanted").select(later="row", later_text="text", later_day="day")
    earlier = rows.select(earlier="row", earlier_text="text", earlier_day="day")
    return (
        pairs.lazy()
        .join(later.lazy(), on="later_text")
        .join(earlier.lazy(), on="earlier_text")
        .filter(pl.col("earlier_day") < pl.col("later_day"))
        .sort(LIKELIEST_FIRST, descending=DESCENDING)
        .group_by("later", maintain_order=True)
        .head(MOST_PER_RECOMMENDATION)
        .select("later", "earlier", "score")
        .collect()
    )


def _with_ids(pairs: pl.DataFrame, ids: pl.Series, text_of: np.ndarray, texts: list[str]) -> pl.DataFrame:
    later, earlier = text_of[pairs["later"].to_numpy()], text_of[pairs["earlier"].to_numpy()]
    words = {text: frozenset(split_words(texts[text])) for text in np.union1d(later, earlier).tolist()}
    kinds = [_kind(texts, words, one, other) for one, other in zip(later.tolist(), earlier.tolist(), strict=True)]
    return pl.DataFrame(
        {
            "rec_id": ids.gather(pairs["later"]),
            "earlier_rec_id": ids.gather(pairs["earlier"]),
            "score": pairs["score"],
            "kind": kinds,
        },
        schema=COLUMNS,
    )


def _kind(texts: list[str], words: dict[int, frozenset[str]], later: int, earlier: int) -> str:
    """exact: the same text; near: nearly the same words, eight at least on both sides; same_ask: other words."""
    if later == earlier:
        return "exact"
    shared = 2 * len(words[later] & words[earlier]) / (len(words[later]) + len(words[earlier]))
    long_enough = min(len(texts[later].split()), len(texts[earlier].split())) >= NEAR_LEAST_WORDS
    return "near" if shared >= NEAR_FROM and long_enough else "same_ask"
