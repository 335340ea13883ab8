"""Making the files of every partnership, one partnership at a time."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import polars as pl

from throughline.synthetic.areas import Partnership, read_partnerships
from throughline.synthetic.bad_rows import BadRow, Mistake, plan_mistakes
from throughline.synthetic.expectations import Expectations
from throughline.synthetic.files import write_returns
from throughline.synthetic.incidents import Setting
from throughline.synthetic.profiles import Planted, draw_profile, plant, stream
from throughline.synthetic.tables import ALL_RETURNS, Drawn, draw_partnership
from throughline.synthetic.truth import Truth, find_true_repeats
from throughline.synthetic.working_calendar import WorkingCalendar, reporting_year
from throughline.workspace import PROJECT

# Starting a second process costs a second or two, so it must be worth it.
WORTH_A_SECOND_PROCESS = 40
NATURE_GROUPS = {
    "CHILD_DEATH_ABUSE_NEGLECT": "child_death",
    "CHILD_DEATH_NO_ABUSE_NEGLECT": "child_death",
    "SERIOUS_HARM": "serious_harm",
    "OTHER": "other",
}


@dataclass(frozen=True)
class Job:
    """What one worker needs to make any partnership's file."""

    folder: Path
    seed: int
    scale: float
    as_at: date
    workbooks: bool = True


@dataclass(frozen=True)
class Made:
    """What one partnership adds to the truth file."""

    rows: dict[str, int]
    notifications: Counter
    bad_rows: list[BadRow]
    asks: pl.DataFrame


@dataclass(frozen=True)
class Country:
    """What all partnerships share."""

    partnerships: dict[str, Partnership]
    planted: list[Planted]
    expectations: Expectations
    calendar: WorkingCalendar


def make_returns(
    folder: Path,
    seed: int = 2026,
    scale: float = 1,
    as_at: date = date(2026, 9, 30),
    progress: Callable[[int, int], None] | None = None,
    partnerships: list[str] | None = None,
    processes: int = 2,
    workbooks: bool = True,
) -> Truth:
    """Write the returns of every current partnership (or only those named) and `truth.json` beside them.

    A partnership's file is the same whichever others are made with it. `progress` is called with (done, of).
    With `workbooks=False` all files are CSV, which is much the faster way to make very many rows.
    """
    country = _country(seed, scale, as_at)
    unknown = sorted(set(partnerships or ()) - set(country.partnerships))
    if unknown:
        raise ValueError(
            f"not a current partnership: {', '.join(unknown)}; see seeds/areas/partnerships.csv for the codes"
        )
    codes = [code for code in country.partnerships if partnerships is None or code in set(partnerships)]
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, one in enumerate(_make_each(Job(folder, seed, scale, as_at, workbooks), codes, processes), start=1):
        made.append(one)
        if progress:
            progress(number, len(codes))
    truth = _tell_truth(country, codes, made, seed, scale, as_at)
    truth.write(folder / "truth.json")
    return truth


@cache
def _country(seed: int, scale: float, as_at: date) -> Country:
    seeds = PROJECT / "seeds"
    everyone = read_partnerships(seeds)
    planted = plant(everyone, seed)
    return Country(
        {one.partnership_code: one for one in everyone},
        planted,
        Expectations(everyone, planted, as_at, scale),
        WorkingCalendar.from_seeds(seeds),
    )


def _make_each(job: Job, codes: list[str], processes: int) -> Iterator[Made]:
    if processes < 2 or len(codes) * max(job.scale, 0.1) < WORTH_A_SECOND_PROCESS:
        yield from (_make_one(job, code) for code in codes)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_make_one, [job] * len(codes), codes, chunksize=4 if job.scale <= 5 else 1)


def draw_one(job: Job, code: str) -> tuple[Drawn, list[Mistake], bool]:
    """One partnership's records, the mistakes its files will have, and whether it sends CSV files."""
    country = _country(job.seed, job.scale, job.as_at)
    partnership = country.partnerships[code]
    profile = draw_profile(partnership, country.planted, job.seed)
    region = tuple(
        authority.new_la_code
        for other in country.partnerships.values()
        if other.region_code == partnership.region_code
        for authority in other.authorities
    )
    setting = Setting(partnership, profile, country.expectations, country.calendar, np.datetime64(job.as_at), region)
    drawn = draw_partnership(setting, job.seed)
    writes_csv = profile.writes_csv or not job.workbooks
    mistakes = []
    if profile.has_bad_rows:
        mistakes = plan_mistakes(drawn.tables, code, writes_csv, stream(job.seed, code, "bad rows"))
    return drawn, mistakes, writes_csv


def _make_one(job: Job, code: str) -> Made:
    """Draw, spoil a little and write one partnership."""
    drawn, mistakes, writes_csv = draw_one(job, code)
    tables = {name: drawn.tables[name] for name in ALL_RETURNS}
    write_returns(job.folder, code, tables, mistakes, writes_csv)
    rows = {name: table.height for name, table in tables.items()}
    for mistake in mistakes:
        rows[mistake.bad_row.sheet] += mistake.copy_of is not None
    return Made(rows, _count_notifications(tables["notifications"]), [one.bad_row for one in mistakes], drawn.asks)


def _count_notifications(table: pl.DataFrame) -> Counter:
    """Counts by reporting year and nature, without duplicates and withdrawn; care leaver deaths apart."""
    kept = table.filter(~pl.col("criteria_status").is_in(["DUPLICATE", "WITHDRAWN"]))
    years = reporting_year(kept["date_notified"].to_numpy())
    natures = [NATURE_GROUPS.get(nature, "care_leaver_death") for nature in kept["nature"]]
    return Counter(zip((str(year) for year in years), natures, strict=True))


def _tell_truth(country: Country, codes: list[str], made: list[Made], seed: int, scale: float, as_at: date) -> Truth:
    chosen = [country.partnerships[code] for code in codes]
    areas = set(codes) | {one.region_code for one in chosen}
    counts: Counter = sum((one.notifications for one in made), Counter())
    by_year: dict[str, dict[str, int]] = {str(year): {} for year in country.expectations.years}
    for (year, nature), number in sorted(counts.items()):
        by_year[year][nature] = number
    repeats, share = find_true_repeats(pl.concat([one.asks for one in made]), chosen)
    return Truth(
        seed=seed,
        scale=scale,
        as_at=as_at,
        partnerships=len(codes),
        rows={name: sum(one.rows[name] for one in made) for name in ALL_RETURNS},
        notifications_by_year=by_year,
        planted=[one for one in country.planted if one.area_code in areas],
        bad_rows=[bad_row for one in made for bad_row in one.bad_rows],
        repeats=repeats,
        repeat_share=round(share, 4),
    )
