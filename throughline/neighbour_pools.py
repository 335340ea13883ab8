"""Which pools of statistical neighbours may be told, so that no small number can be worked out from one."""

import polars as pl

from throughline.disclosure import cells
from throughline.disclosure.grid import Calendar

PERIOD_AND_GROUP = ["period", "group"]
FLAGS = ["is_small_number", "is_few", "is_small_difference"]
# Counts apart from the figure itself, which may be small and are the public's of no area but England.
LEFT_OUT = ("immature", "excluded")


def safe_pool(pool: pl.DataFrame, public: pl.LazyFrame, neighbours: pl.Series, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The rows of one pool that may be told: ten cases or more, none of its counts small, and no neighbour beside it.

    `pool` holds every measure and period of it, since each may give another away: years and periods of three that share
    some give single years, and the parts of a whole give the last part. So a pool is told by whole blocks of years that
    share none, and measures of the same cases together or not at all. `public` holds every row that the public reads,
    the neighbours' own among them; `catalogue` each indicator's unit.
    """
    in_blocks = pl.col("period").is_in(list(Calendar.of(pool).blocks))
    rows = cells.with_groups(pool.filter(in_blocks), catalogue).with_columns(is_known=pl.lit(False))
    places = cells.places(rows, cells.counted_kinds(rows))
    hidden = _untold(places, _shown_of(neighbours, public.filter(in_blocks), catalogue))
    told = rows.join(hidden, on=PERIOD_AND_GROUP, how="anti")
    return told.select(pool.columns).with_columns(pl.lit(None, pool.schema[name]).alias(name) for name in LEFT_OUT)


def _shown_of(neighbours: pl.Series, public: pl.LazyFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The periods and groups in which the public reads a neighbour's own cases."""
    is_neighbour = (pl.col("area_type") == "partnership") & pl.col("area_code").is_in(neighbours.to_list())
    is_shown = pl.col("numerator").is_not_null() & (pl.col("denominator").fill_null(1) > 0)
    return cells.with_groups(public.filter(is_neighbour & is_shown).collect(), catalogue).select(PERIOD_AND_GROUP)


def _untold(places: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """The periods and groups of a pool that are hidden: those themselves small, and all that would give them away."""
    sizes, _ = cells.populations(places)
    flagged = places.filter(pl.any_horizontal(FLAGS)).select(PERIOD_AND_GROUP)
    small = sizes.filter("is_small_number").select("period", population="group")
    of_small = places.join(small, on=["period", "population"], how="semi").select(PERIOD_AND_GROUP)
    hidden = pl.concat([flagged, of_small, shown]).unique()
    while True:
        of_hidden = places.join(hidden, left_on=["period", "depends_on"], right_on=PERIOD_AND_GROUP, how="semi").select(
            PERIOD_AND_GROUP
        )
        wider = pl.concat([hidden, of_hidden]).unique()
        if wider.height == hidden.height:
            return hidden
        hidden = wider
