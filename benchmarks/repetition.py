"""Finding repeats among 35,000 recommendations: cold, warm, fifty more, and two plain methods on the same texts."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from throughline.workspace import PROJECT

SIZE = 35_000
ADDED = 50
# The plain methods take minutes on all texts, so they are timed on some rows against all.
ROWS_TIMED = 1_000
LEAST_CHARACTER_COSINE = 0.5


def make_recommendations(size: int = SIZE) -> pl.DataFrame:
    """Texts of the labelled pairs and of the synthetic returns, alone and in twos, over ten years."""
    from throughline.repetition.evaluate import read_labelled
    from throughline.synthetic.asks import grammar

    rng = np.random.default_rng(2026)
    labelled = read_labelled()
    real = sorted({*labelled.texts_a, *labelled.texts_b})
    words = grammar()
    asks = rng.choice(len(words.weights), size, p=words.weights)

    def text(number: int) -> str:
        draw = rng.random()
        if draw < 0.2:
            return real[rng.integers(len(real))]
        made = words.phrase(int(asks[number]), rng)
        return f"{made} {real[rng.integers(len(real))]}" if draw < 0.4 else made

    days = rng.integers(0, 3650, size)
    return pl.DataFrame(
        {
            "rec_id": [f"R{number:06d}" for number in range(size)],
            "rec_text": [text(number) for number in range(size)],
            "date_made": [date(2016, 1, 1) + timedelta(days=int(day)) for day in days],
            "partnership_code": [f"p{number}" for number in rng.integers(0, 142, size)],
        }
    )


def find_all(recommendations: pl.DataFrame, cache: Path) -> dict:
    from throughline.repetition import find_repeats

    return {"pairs": find_repeats(recommendations, cache).height}


def find_in_places(recommendations: pl.DataFrame, cache: Path) -> dict:
    """As a build does: in each partnership and in some forty places that partnerships share, as well as everywhere."""
    from throughline.repetition import find_repeats

    own = recommendations.select("partnership_code", place="partnership_code").unique()
    shared = own.select("partnership_code", place=pl.col("partnership_code").str.slice(1).cast(pl.Int64) % 40)
    places = pl.concat([own, shared.cast({"place": pl.String})])
    return {"pairs": find_repeats(recommendations, cache, places=places).height}


def ask_one(recommendations: pl.DataFrame, _: Path) -> dict:
    """One draft against all of them, once their texts are prepared: the slowest of twenty."""
    from throughline.repetition.index import Index
    from throughline.repetition.prepare import prepare_texts

    texts = recommendations["rec_text"].to_list()
    index, group = Index.of(prepare_texts(texts)), np.arange(len(texts)) % 3
    slowest = 0.0
    for text in texts[:20]:
        started = time.perf_counter()
        index.nearest(f"{text} This is a draft.", group, 5)
        slowest = max(slowest, time.perf_counter() - started)
    return {"seconds_for_one": slowest}


def find_added(recommendations: pl.DataFrame, cache: Path) -> dict:
    """Fifty texts that the file of prepared texts does not hold yet."""
    from throughline.repetition import find_repeats

    extra = recommendations.tail(ADDED).with_columns(
        rec_id="N" + pl.col("rec_id"),
        rec_text=pl.col("rec_text") + " This is to be done with the neighbouring partnership.",
        date_made=pl.lit(date(2026, 6, 1)),
    )
    together = pl.concat([recommendations, extra])
    return {"pairs": find_repeats(together, cache, only=extra["rec_id"].to_list()).height}


def compare_characters(recommendations: pl.DataFrame, _: Path) -> dict:
    """Exhaustive character TF-IDF, timed on some rows and scaled up to all."""
    from throughline.repetition.baselines import character_vectors

    vectors = character_vectors(recommendations["rec_text"].to_list())
    started = time.perf_counter()
    for at in range(0, ROWS_TIMED, 100):
        products = vectors[at : at + 100] @ vectors.T
        (products.data >= LEAST_CHARACTER_COSINE).sum()
    return {"seconds_for_all": (time.perf_counter() - started) * recommendations.height / ROWS_TIMED}


def compare_token_sets(recommendations: pl.DataFrame, _: Path) -> dict:
    """Exhaustive token-set ratio, timed on some rows and scaled up to all."""
    from throughline.repetition.words import split_words

    sets = [frozenset(split_words(text)) for text in recommendations["rec_text"]]
    rows = ROWS_TIMED // 50
    started = time.perf_counter()
    for one in sets[:rows]:
        for other in sets:
            2 * len(one & other) / (len(one) + len(other))
    return {"seconds_for_all": (time.perf_counter() - started) * len(sets) / rows}


STAGES = {
    stage.__name__: stage
    for stage in (find_all, find_in_places, find_added, ask_one, compare_characters, compare_token_sets)
}


def measure_repetition(size: int = SIZE) -> None:
    """Prints seconds and peak memory of each stage, each in a process of its own."""
    print(f"\nRepeats among {size:,} recommendations")
    with tempfile.TemporaryDirectory() as folder:
        make_recommendations(size).write_parquet(Path(folder) / "recommendations.parquet")
        names = {
            "cold": "find_all",
            "warm": "find_all",
            "with places": "find_in_places",
            f"{ADDED} more": "find_added",
            "ask": "ask_one",
            "character TF-IDF": "compare_characters",
            "token set": "compare_token_sets",
        }
        for name, stage in names.items():
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.repetition", stage, folder],
                cwd=PROJECT,
                check=True,
                capture_output=True,
                text=True,
            )
            told = json.loads(done.stdout.strip().splitlines()[-1])
            seconds = told.get("seconds_for_all", told.get("seconds_for_one", told["seconds"]))
            notes = {"seconds_for_all": " (scaled up)", "seconds_for_one": ", slowest of twenty"}
            note = next((note for name, note in notes.items() if name in told), f", {told.get('pairs', 0):,} pairs")
            print(f"  {name:18} {seconds:7.2f} s, peak {told['peak_mb']:5.0f} MB{note}", flush=True)


def main() -> None:
    """One stage, when named with its folder; the whole measurement otherwise."""
    if len(sys.argv) < 3:
        measure_repetition(int(sys.argv[1]) if len(sys.argv) == 2 else SIZE)
        return
    stage, folder = sys.argv[1], Path(sys.argv[2])
    recommendations = pl.read_parquet(folder / "recommendations.parquet")
    started = time.perf_counter()
    told = STAGES[stage](recommendations, folder / "prepared.npz")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(told | {"seconds": seconds, "peak_mb": peak}))


if __name__ == "__main__":
    main()
