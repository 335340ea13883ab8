"""How long it takes to put intervals on every value, to choose what to hide, and to attack the choice."""

import time

import duckdb
import polars as pl

from throughline.disclosure.publication import as_public, public_statuses
from throughline.disclosure.release_attack import attack
from throughline.indicators import indicator_values
from throughline.workspace import Workspace


def measure_disclosure(workspace: Workspace) -> None:
    """Prints seconds for one release's values, and how many rows of each kind of area everybody may read."""
    with duckdb.connect(str(workspace.warehouse), read_only=True) as warehouse:
        tables = {
            name: warehouse.sql(f"select * from {table}").pl()
            for name, table in {
                "counts": "marts.indicator_counts",
                "quarter_counts": "marts.indicator_quarter_counts",
                "durations": "marts.indicator_durations",
                "catalogue": "seeds.indicators",
                "areas": "marts.areas",
            }.items()
        }
        [last_published_year] = warehouse.sql(
            "select max(reporting_year) from marts.published_notifications"
        ).fetchall()[0]
    areas, catalogue = tables["areas"], tables["catalogue"]
    print("\nValues of a release and what of them is public")
    values = _timed("intervals, medians and comparators", lambda: indicator_values(**tables))
    judged = _timed("choosing what to hide", lambda: public_statuses(values, areas, catalogue, last_published_year))
    public = as_public(judged, areas)
    attacked = _timed("the attack", lambda: attack(values, public, areas, catalogue))
    print(f"  {len(values):,} values; {len(attacked):,} small hidden counts attacked, ", end="")
    print(f"{attacked['is_recoverable'].sum()} recoverable")
    shown = public.with_columns(is_shown=pl.col("numerator").is_not_null())
    for kind in ("england", "region", "partnership"):
        of_kind = shown.filter(pl.col("area_type") == kind)
        print(f"  {kind}: {of_kind['is_shown'].sum():,} of {len(of_kind):,} rows are public")


def _timed(what: str, work):
    started = time.perf_counter()
    done = work()
    print(f"  {what}: {time.perf_counter() - started:.1f} s", flush=True)
    return done
