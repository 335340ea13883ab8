"""How many repeats planted in synthetic returns are suggested, and how many suggestions are right."""

from datetime import date
from pathlib import Path

import polars as pl

SEED_DATE = date(2026, 9, 30)


def draw_asks() -> pl.DataFrame:
    """Every synthetic recommendation of England with the asks that it was made of, and what it was planted to be."""
    from throughline.synthetic.make import Job, draw_one
    from throughline.workspace import PROJECT

    partnerships = pl.read_csv(PROJECT / "seeds" / "areas" / "partnerships.csv")
    codes = partnerships.filter("is_current")["partnership_code"].to_list()
    job = Job(folder=Path(), seed=2026, scale=1.0, as_at=SEED_DATE)
    drawn = pl.concat([draw_one(job, code)[0].asks.with_row_index("place") for code in codes])
    return drawn.with_row_index("number").with_columns(
        rec_id=pl.col("number").cast(pl.String),
        asks=pl.concat_list("ask", "second_ask").list.drop_nulls(),
    )


def measure_planted() -> None:
    """Prints both for pairs within partnerships and for those across England."""
    from throughline.repetition import find_repeats

    drawn = draw_asks()
    own = drawn.select("partnership_code", place="partnership_code").unique()
    found = find_repeats(drawn, places=own)
    about = drawn.select("rec_id", "partnership_code", "asks")
    earlier = about.rename({name: f"earlier_{name}" for name in about.columns})
    pairs = found.join(about, on="rec_id").join(earlier, on="earlier_rec_id")
    pairs = pairs.with_columns(
        is_own=pl.col("partnership_code") == pl.col("earlier_partnership_code"),
        is_right=pl.col("asks").list.set_intersection("earlier_asks").list.len() > 0,
    )
    print(f"\nPlanted repeats among {drawn.height:,} synthetic recommendations")
    for is_own, where in ((True, "within partnerships"), (False, "elsewhere in England")):
        part = pairs.filter(pl.col("is_own") == is_own)
        print(f"  {where:22} {part['is_right'].sum():,} of {part.height:,} suggested ask for the very same")
    planted = drawn.filter(pl.col("earlier") >= 0).join(
        drawn.select("partnership_code", earlier="place", earlier_rec_id="rec_id", earlier_text="rec_text").cast(
            {"earlier": drawn.schema["earlier"]}
        ),
        on=["partnership_code", "earlier"],
    )
    suggested = planted.join(found.select("rec_id", "earlier_rec_id"), on=["rec_id", "earlier_rec_id"], how="semi")
    other_words = pl.col("rec_text") != pl.col("earlier_text")
    for kind, name in (("repeat", "repeats in other words"), ("look_alike", "look-alikes")):
        wanted = (pl.col("kind") == kind) & other_words
        print(f"  planted {name:22} {suggested.filter(wanted).height:,} of {planted.filter(wanted).height:,} suggested")


if __name__ == "__main__":
    measure_planted()
