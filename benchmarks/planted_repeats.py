"""How many repeats planted in synthetic returns are suggested, and how many suggestions are right."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import polars as pl

SEED_DATE = date(2026, 9, 30)


def draw_asks(partnerships: Collection[str] = ()) -> pl.DataFrame:
    """Every synthetic recommendation with the asks that it was made of, and what it was planted to be.

    Of all of England, or of some partnerships.
    """
    from throughline.synthetic.make import Job, draw_one
    from throughline.workspace import PROJECT

    areas = pl.read_csv(PROJECT / "seeds" / "areas" / "partnerships.csv")
    codes = partnerships or areas.filter("is_current")["partnership_code"].to_list()
    job = Job(folder=Path(), seed=2026, scale=1.0, as_at=SEED_DATE)
    drawn = pl.concat([draw_one(job, code)[0].asks.with_row_index("place") for code in codes])
    return drawn.with_row_index("number").with_columns(
        rec_id=pl.col("number").cast(pl.String),
        asks=pl.concat_list("ask", "second_ask").list.drop_nulls(),
    )


def shared_places() -> dict[str, pl.DataFrame]:
    """Which partnerships each police force and each care board serves today."""
    from throughline.workspace import PROJECT

    areas = PROJECT / "seeds" / "areas"
    of_partnership = pl.read_csv(areas / "partnership_local_authorities.csv").filter(pl.col("valid_to").is_null())
    forces = pl.read_csv(areas / "local_authorities.csv").select("new_la_code", place="police_force_code")
    boards = pl.read_csv(areas / "local_authority_icbs.csv").select("new_la_code", place="icb_code")
    return {
        name: of_partnership.join(places, on="new_la_code").select("partnership_code", "place").drop_nulls().unique()
        for name, places in (("across a police force", forces), ("across a care board", boards))
    }


def with_truth(found: pl.DataFrame, drawn: pl.DataFrame) -> pl.DataFrame:
    """The pairs with whose they are, and whether both texts were made of the very same ask."""
    about = drawn.select("rec_id", "partnership_code", "asks")
    earlier = about.rename({name: f"earlier_{name}" for name in about.columns})
    return (
        found.join(about, on="rec_id")
        .join(earlier, on="earlier_rec_id")
        .with_columns(
            is_own=pl.col("partnership_code") == pl.col("earlier_partnership_code"),
            is_right=pl.col("asks").list.set_intersection("earlier_asks").list.len() > 0,
        )
    )


def across(pairs: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The pairs between two partnerships that share a place."""
    earlier = places.rename({"partnership_code": "earlier_partnership_code"})
    both = places.join(earlier, on="place").select("partnership_code", "earlier_partnership_code").unique()
    return pairs.filter(~pl.col("is_own")).join(both, on=both.columns, how="semi")


def count_asking_again(pairs: pl.DataFrame) -> tuple[int, int]:
    """How many recommendations truly ask again one that is suggested to them, and how many have a suggestion."""
    return pairs.filter("is_right")["rec_id"].n_unique(), pairs["rec_id"].n_unique()


def measure_planted() -> None:
    """Prints both for pairs within partnerships, across what they share, and elsewhere in England."""
    from throughline.repetition import find_repeats

    drawn, shared = draw_asks(), shared_places()
    own = drawn.select("partnership_code", place="partnership_code").unique()
    pairs = with_truth(find_repeats(drawn, places=pl.concat([own, *shared.values()])), drawn)
    parts = {
        "within partnerships": pairs.filter("is_own"),
        **{name: across(pairs, places) for name, places in shared.items()},
        "elsewhere in England": pairs.filter(~pl.col("is_own")).join(
            across(pairs, pl.concat(list(shared.values()))), on=["rec_id", "earlier_rec_id"], how="anti"
        ),
    }
    print(f"\nPlanted repeats among {drawn.height:,} synthetic recommendations")
    for where, part in parts.items():
        right, every = count_asking_again(part)
        print(f"  {where:22} {part['is_right'].sum():,} of {part.height:,} suggested ask for the very same", end="; ")
        print(f"{right:,} of {every:,} recommendations truly ask again")
    planted = drawn.filter(pl.col("earlier") >= 0).join(
        drawn.select("partnership_code", earlier="place", earlier_rec_id="rec_id", earlier_text="rec_text").cast(
            {"earlier": drawn.schema["earlier"]}
        ),
        on=["partnership_code", "earlier"],
    )
    suggested = planted.join(pairs.select("rec_id", "earlier_rec_id"), on=["rec_id", "earlier_rec_id"], how="semi")
    other_words = pl.col("rec_text") != pl.col("earlier_text")
    for kind, name in (("repeat", "repeats in other words"), ("look_alike", "look-alikes")):
        wanted = (pl.col("kind") == kind) & other_words
        print(f"  planted {name:22} {suggested.filter(wanted).height:,} of {planted.filter(wanted).height:,} suggested")


if __name__ == "__main__":
    measure_planted()
