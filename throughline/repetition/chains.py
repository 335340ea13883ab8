"""Chains: the recommendations that ask again what one origin asked, so that a chain cannot drift from ask to ask."""

from pathlib import Path

import numpy as np
import polars as pl

from throughline.repetition.cache import prepare_with_cache
from throughline.repetition.model import read_model
from throughline.repetition.score import score_texts
from throughline.repetition.words import fold

COLUMNS = {"chain_id": pl.String, "rec_id": pl.String, "repeated_rec_id": pl.String}


def find_chains(pairs: pl.DataFrame, recommendations: pl.DataFrame, cache: Path | None = None) -> pl.DataFrame:
    """One row per recommendation in a chain: the chain's origin, itself, and whom in the chain it most likely repeats.

    Takes pairs (rec_id, earlier_rec_id, score; null where people named it) and recommendations (rec_id, rec_text,
    date_made). Day by day each joins the chain whose origin it is likeliest to ask again, of those that its earlier
    ones are in; where it is not alike enough to any origin, it begins a chain of its own. An origin repeats nobody.
    """
    if pairs.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    rows = _numbered(pairs, recommendations)
    texts, text_of = np.unique(np.array([fold(text) for text in rows["rec_text"]], dtype=object), return_inverse=True)
    as_written = dict(zip([fold(text) for text in rows["rec_text"]], rows["rec_text"], strict=True))
    asks = prepare_with_cache([as_written[text] for text in texts], cache)
    number = dict(zip(rows["rec_id"], range(rows.height), strict=True))
    linked = pairs.select(
        later=pl.col("rec_id").replace_strict(number, return_dtype=pl.Int64),
        earlier=pl.col("earlier_rec_id").replace_strict(number, return_dtype=pl.Int64),
        score=pl.col("score").fill_null(1.0),
    ).sort("later")
    origin, repeated = np.arange(rows.height), np.full(rows.height, -1)
    # Rows stand in order of day, so the pairs of one day follow each other.
    day_of = rows["date_made"].to_physical().to_numpy()[linked["later"].to_numpy()]
    for start, end in _runs(day_of):
        today = linked[start:end]
        later, earlier = today["later"].to_numpy(), today["earlier"].to_numpy()
        origins = origin[earlier]
        known = origins == earlier
        scores = np.where(known, today["score"].to_numpy(), 0.0)
        scores[~known] = score_texts(asks, text_of[later[~known]], text_of[origins[~known]])
        best = (
            pl.DataFrame(
                {"later": later, "earlier": earlier, "origin": origins, "likely": scores, "score": today["score"]}
            )
            .filter(pl.col("likely") >= read_model().suggest_from)
            .sort("later", "likely", "origin", "score", "earlier", descending=[False, True, False, True, True])
            .unique("later", keep="first", maintain_order=True)
        )
        at = best["later"].to_numpy()
        origin[at], repeated[at] = best["origin"].to_numpy(), best["earlier"].to_numpy()
    in_chain = np.isin(origin, origin[repeated >= 0])
    ids = rows["rec_id"].to_numpy()
    return pl.DataFrame(
        {
            "chain_id": ids[origin[in_chain]],
            "rec_id": ids[in_chain],
            "repeated_rec_id": [ids[one] if one >= 0 else None for one in repeated[in_chain].tolist()],
        },
        schema=COLUMNS,
    )


def _numbered(pairs: pl.DataFrame, recommendations: pl.DataFrame) -> pl.DataFrame:
    """The recommendations that stand in a pair, in order of day."""
    paired = pl.concat([pairs["rec_id"], pairs["earlier_rec_id"]]).unique()
    return recommendations.filter(pl.col("rec_id").is_in(paired.implode())).sort("date_made", "rec_id")


def _runs(values: np.ndarray) -> list[tuple[int, int]]:
    """Where each run of equal values begins and ends."""
    edges = np.concatenate([[0], np.flatnonzero(np.diff(values)) + 1, [len(values)]])
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
