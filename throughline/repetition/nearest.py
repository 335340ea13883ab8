"""Which pairs of texts are worth scoring: for each text, the earlier ones that lie nearest in meaning."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from throughline.repetition.prepare import Asks

# Among the labelled pairs every suggested one is above 0.8, so this leaves a wide margin.
LEAST_MEANING = 0.6
NEAREST_ASKS = 24
SEARCHED_AT_ONCE = 512
TILES = 32


def near_texts(
    asks: Asks, size: int, text_of: np.ndarray, days: np.ndarray, wanted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of text numbers: each text that a wanted row holds, with the nearest texts first made before its last day.

    A text that comes back is paired with itself. `text_of`, `days` and `wanted` have one entry a row.
    """
    first_day = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(first_day, text_of, days)
    last_day = np.full(size, np.iinfo(np.int64).min)
    np.maximum.at(last_day, text_of[wanted], days[wanted])
    order = np.argsort(first_day[asks.text], kind="stable")
    directions = asks.meaning[order].astype(np.float32)
    columns = asks.text[order]
    column_days = first_day[columns]
    asked = np.flatnonzero(last_day[asks.text] > first_day.min())
    asked = asked[np.argsort(last_day[asks.text[asked]], kind="stable")]

    def search(rows: np.ndarray) -> np.ndarray:
        """Columns stand in order of day, so a block looks no further than the last day of its own texts."""
        until = int(np.searchsorted(column_days, last_day[asks.text[rows]].max()))
        cosines = asks.meaning[rows].astype(np.float32) @ directions[:until].T
        nearest = nearest_columns(cosines, NEAREST_ASKS)
        row, place = np.nonzero(np.take_along_axis(cosines, nearest, axis=1) >= LEAST_MEANING)
        later, earlier = asks.text[rows[row]], columns[nearest[row, place]]
        is_earlier = first_day[earlier] < last_day[later]
        return later[is_earlier] * size + earlier[is_earlier]

    blocks = [asked[at : at + SEARCHED_AT_ONCE] for at in range(0, len(asked), SEARCHED_AT_ONCE)]
    itself = np.flatnonzero(last_day > first_day)
    with ThreadPoolExecutor(2) as threads:
        pairs = np.unique(np.concatenate([itself * size + itself, *threads.map(search, blocks)]))
    return pairs // size, pairs % size


def nearest_columns(cosines: np.ndarray, size: int) -> np.ndarray:
    """The columns of the largest values of each row, in no order.

    Columns are put in tiles first: the largest values can only be in the tiles with the largest maxima, and to look at
    maxima costs far less than to sort every value.
    """
    rows, columns = cosines.shape
    width = columns // TILES
    if width <= size:
        least = max(columns - size, 0)
        return np.argpartition(cosines, least, axis=1)[:, least:] if least else np.indices(cosines.shape)[1]
    tiled = cosines[:, : width * TILES].reshape(rows, TILES, width)
    tiles = np.argpartition(tiled.max(axis=1), width - size, axis=1)[:, width - size :]
    inside = (tiles[:, None, :] + np.arange(TILES)[None, :, None] * width).reshape(rows, -1)
    rest = np.broadcast_to(np.arange(width * TILES, columns), (rows, columns - width * TILES))
    candidates = np.concatenate([inside, rest], axis=1)
    values = np.take_along_axis(cosines, candidates, axis=1)
    best = np.argpartition(values, values.shape[1] - size, axis=1)[:, values.shape[1] - size :]
    return np.take_along_axis(candidates, best, axis=1)
