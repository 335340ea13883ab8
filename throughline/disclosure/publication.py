"""What the public may read of the indicator values: a status and a reason for each row that it may not.

England is shown for every period. Regions are shown in the headline measures by year and by whole blocks of three years
that share no year, partnerships by those blocks alone. Other areas overlap these, so that their figures would give
hidden ones away. What DfE publishes exactly, the notifications of each area in the years of its series, stays.
"""

import numpy as np
import polars as pl

from throughline import settings
from throughline.disclosure import cells, exchange
from throughline.disclosure.grid import LINKED_AREAS, Calendar, Geography, Grid, by_group, linked_periods
from throughline.disclosure.selection import Selection, choose_areas, choose_years
from throughline.hidden_comparators import without_any_hidden

FIGURES = ["value", "lower95", "upper95", "lower998", "upper998", "comparisons"]


def public_statuses(
    values: pl.DataFrame, areas: pl.DataFrame, catalogue: pl.DataFrame, last_published_year: int
) -> pl.DataFrame:
    """`values` with `public_status` and `public_reason` added: the reason is for those who may see the true value.

    Reasons: level (areas of that type or period are not published), small_number, few_cases, difference (all three
    primary), secondary (hidden so that another cannot be worked out), low_reliability.
    """
    calendar = Calendar.of(values)
    rows = cells.with_groups(values, catalogue).with_columns(
        is_level=_is_published_level(calendar), is_known=cells.is_published(last_published_year)
    )
    is_linked = pl.col("area_type").is_in(LINKED_AREAS) & pl.col("period").is_in(
        [*linked_periods(calendar), *_quarters(values)]
    )
    # What cannot be seen from any published table needs no judging: most rows.
    linked = rows.filter(is_linked).join(
        areas.select("area_type", "area_code", "region_code"), on=["area_type", "area_code"], how="left"
    )
    kinds = cells.counted_kinds(linked)
    places = cells.places(linked, kinds)
    hidden = _Choice(linked, places, kinds, calendar).hidden_places()
    keys = cells.PLACE_AND_GROUP
    described = places.drop("is_known", "depends_on", "population")
    judged = linked.join(described, on=keys, how="left").join(hidden, on=keys, how="left")
    return (
        pl.concat([judged, rows.filter(~is_linked)], how="diagonal")
        .with_columns(public_reason=_reason())
        .with_columns(public_status=_status())
        .select(*values.columns, "public_status", "public_reason")
    )


def as_public(values: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """The rows as everybody may read them: no number in a hidden one and no verdict beside one, and one word for every
    cause of hiding.
    """
    hidden = pl.col("public_status") == "c"
    bare = pl.col("public_status") != "ok"
    # Counts apart from the figure itself are given for England by year alone, so that no two of them can be compared.
    keeps_counts = (pl.col("area_type") == "england") & (pl.col("period_type") == "year") & ~hidden
    threshold = settings.whole("suppression_threshold")
    is_small_number = pl.col("excluded").is_between(1, threshold - 1)
    few_duplicates = ((pl.col("indicator") == cells.DUPLICATES_ALONE) & is_small_number).any().over(cells.PLACE)
    gives_away = pl.col("indicator").is_in(cells.DUPLICATES_AMONG_OTHERS) & few_duplicates
    values = values.with_columns(excluded=pl.when(~gives_away).then("excluded"))
    public = values.with_columns(
        *(pl.when(~hidden).then(pl.col(name)).alias(name) for name in ("numerator", "denominator")),
        *(pl.when(~bare).then(pl.col(name)).alias(name) for name in FIGURES),
        *(
            pl.when(keeps_counts & ((pl.col(name) == 0) | (pl.col(name) >= threshold))).then(pl.col(name)).alias(name)
            for name in ("immature", "excluded")
        ),
        method=pl.when(~hidden).then(pl.col("method")),
        status=pl.col("public_status"),
        reason=pl.when(hidden & (pl.col("public_reason") != "level"))
        .then(pl.lit("confidential"))
        .when(pl.col("public_reason").is_not_null())
        .then(pl.col("public_reason"))
        .otherwise(pl.col("reason")),
    ).drop("public_status", "public_reason")
    return without_any_hidden(public, areas)


def _is_published_level(calendar: Calendar) -> pl.Expr:
    area_type, period_type = pl.col("area_type"), pl.col("period_type")
    is_block = (period_type == "three_years") & pl.col("period").is_in(list(calendar.blocks))
    breakdown = pl.col("breakdown")
    is_headline = (
        pl.col("indicator").is_in(cells.HEADLINES)
        & ~breakdown.str.ends_with(cells.LEAD_CHILD)
        & ~breakdown.str.ends_with(":lcspr")
    )
    is_whole_measure = ((breakdown == "total") & (pl.col("group") != cells.NATURES)) | pl.col("indicator").is_in(
        ["DM1", "DM2"]
    )
    return (
        ((area_type == "england") & ((period_type != "three_years") | is_block))
        | ((area_type == "region") & is_headline & ((period_type == "year") | is_block))
        | ((area_type == "partnership") & is_headline & is_block & is_whole_measure)
    )


def _reason() -> pl.Expr:
    reliable = settings.whole("public_percentage_reliable_denominator")
    own = pl.col("reason")
    return (
        pl.when((own == "no_return").fill_null(False) | pl.col("is_known").fill_null(False))
        .then(None)
        .when(~pl.col("is_level"))
        .then(pl.lit("level"))
        .when(pl.col("is_hidden").fill_null(False))
        .then(
            pl.when(pl.col("is_small_number"))
            .then(pl.lit("small_number"))
            .when(pl.col("is_few"))
            .then(pl.lit("few_cases"))
            .when(pl.col("is_small_difference"))
            .then(pl.lit("difference"))
            .otherwise(pl.lit("secondary"))
        )
        .when((pl.col("unit") == "proportion") & (pl.col("denominator") < reliable) & own.is_null())
        .then(pl.lit("low_reliability"))
    )


def _status() -> pl.Expr:
    return (
        pl.when(pl.col("public_reason") == "low_reliability")
        .then(pl.lit("u"))
        .when(pl.col("public_reason").is_not_null())
        .then(pl.lit("c"))
        .otherwise(pl.col("status"))
    )


class _Choice:
    """Chooses group after group: populations first, and each group after the one that it depends on."""

    def __init__(self, rows: pl.DataFrame, places: pl.DataFrame, kinds: pl.DataFrame, calendar: Calendar):
        self._calendar = calendar
        self._areas = Geography.of(rows)
        sizes, of_sizes = cells.populations(places)
        self._places = by_group(places) | by_group(sizes)
        self._kinds = by_group(kinds) | by_group(of_sizes)
        self._levels = {
            area_type: set(rows.filter((pl.col("area_type") == area_type) & pl.col("is_level"))["group"].unique())
            for area_type in ("region", "partnership")
        }
        linked = places.select("group", "depends_on", "population").unique().sort("group")
        self._leans_on = {
            group: [each for each in linked_to if each in self._places] for group, *linked_to in linked.iter_rows()
        }
        for level in self._levels.values():  # the size of a population is seen wherever one of its groups is
            level |= {population for group, _, population in linked.iter_rows() if group in level and population}
        self._found: dict[str, _Hidden] = {}

    def hidden_places(self) -> pl.DataFrame:
        """One row a place and group that is hidden."""
        return pl.concat([self._choose(group).frame() for group in sorted(self._leans_on) if group in self._kinds])

    def _choose(self, name: str) -> "_Hidden":
        if name in self._found:
            return self._found[name]
        found = self._found[name] = _Hidden(name)
        forced = {place for each in self._leans_on.get(name, []) for place in self._choose(each).places}
        national = self._grid(name, self._areas.england + self._areas.regions, forced)
        is_england_alone = name not in self._levels["region"]
        if is_england_alone:
            national.must[1:] = national.exists[1:]
        _hide_regions(found, national, self._calendar, self._areas.england, is_england_alone)
        _hide_quarters(found, self._places[name], self._kinds[name], self._areas.england)
        if name in self._levels["partnership"]:
            everybody = self._grid(name, self._areas.partnerships, forced)
            for at in self._areas.inside:
                _hide_partnerships(found, everybody.of_areas(at), self._calendar)
        return found

    def _grid(self, name: str, areas: list[str], forced: set[tuple[str, str]]) -> Grid:
        grid = Grid.of(self._places[name], self._kinds[name], areas, linked_periods(self._calendar))
        for row, area in enumerate(grid.areas):
            for column, period in enumerate(grid.periods):
                grid.must[row, column] |= (area, period) in forced and not grid.is_known[row, column]
        return grid


def _columns(frame: pl.DataFrame, by: str, column: str):
    return ((key, part[column]) for key, part in frame.partition_by(by, as_dict=True, maintain_order=True).items())


def _quarters(values: pl.DataFrame) -> list[str]:
    return values.filter(pl.col("period_type") == "quarter")["period"].unique().to_list()


class _Hidden:
    """Gathers one group's hidden places."""

    def __init__(self, group: str):
        self._group = group
        self._found: list[tuple[str, str, str, str]] = []

    def add(self, area_type: str, area_codes: list[str], period_type: str, period: str) -> None:
        """Hides some areas in one period."""
        self._found += [(area_type, code, period_type, period) for code in area_codes]

    @property
    def places(self) -> set[tuple[str, str]]:
        """Area and period of each hidden place."""
        return {(code, period) for _, code, _, period in self._found}

    def frame(self) -> pl.DataFrame:
        """One row a hidden place."""
        found = pl.DataFrame(self._found, schema=dict.fromkeys(cells.PLACE, pl.String), orient="row").unique()
        return found.with_columns(group=pl.lit(self._group), is_hidden=pl.lit(True))


def _thresholds() -> tuple[int, int]:
    return settings.whole("suppression_threshold"), settings.whole("suppression_least_values")


def _hide_regions(found: _Hidden, grid: Grid, calendar: Calendar, england: list[str], is_england_alone: bool) -> None:
    """England stands first in the grid, the total of the rest."""
    for block, years in [*calendar.blocks.items(), *((year, []) for year in calendar.single_years)]:
        at = grid.column(block)
        whole = choose_areas(
            grid.counts[1:, at],
            grid.is_size_known[1:, at],
            grid.must[1:, at],
            bool(grid.must[0, at]),
            not grid.is_known[0, at],
            *_thresholds(),
            exists=grid.exists[1:, at],
            may_be_empty=is_england_alone,
        )
        if years:
            yearly = _choose_years(grid, whole, [grid.column(year) for year in years], is_england_alone)
            if yearly.given_up:
                whole = Selection(grid.exists[1:, at], whole.total_hidden or not grid.is_known[0, at])
            for year in years:
                _note(found, grid, england, yearly, "year", year)
        _note(found, grid, england, whole, "three_years" if years else "year", block)


def _choose_years(grid: Grid, whole: Selection, at: list[int], may_be_empty: bool) -> Selection:
    years, sizes = grid.counts[1:, at], grid.is_size_known[1:, at]
    must = grid.must[1:, at].any(axis=1) | whole.hidden
    is_safe = _safe_by_whole(years, sizes, whole, may_be_empty)
    total_must = bool(grid.must[0, at].any()) or whole.total_hidden
    total_may = not grid.is_known[0, at].any()
    exists = grid.exists[1:, at].any(axis=1)
    return choose_years(years, sizes, must, is_safe, total_must, total_may, *_thresholds(), exists=exists)


def _safe_by_whole(years: np.ndarray, sizes: np.ndarray, whole: Selection, may_be_empty: bool = False) -> np.ndarray:
    """Counts of years that need no other years hidden, since the whole block is hidden in enough areas."""
    _, least_values = _thresholds()
    hidden = whole.hidden
    safe = [
        (exchange.room(years[:, at], sizes[:, at], hidden, False, may_be_empty) >= least_values - 1)
        & (exchange.room(years[:, at], sizes[:, at], hidden, True, may_be_empty) >= 1)
        for at in range(years.shape[1])
    ]
    return np.stack(safe, axis=1)


def _note(found: _Hidden, grid: Grid, england: list[str], chosen: Selection, period_type: str, period: str) -> None:
    codes = [code for code, is_hidden in zip(grid.areas[1:], chosen.hidden, strict=True) if is_hidden]
    found.add("region", codes, period_type, period)
    if chosen.total_hidden:
        found.add("england", england, period_type, period)


def _hide_quarters(found: _Hidden, group: pl.DataFrame, kinds: pl.DataFrame, england: list[str]) -> None:
    """England's quarters, each year's as the parts of that year; where the year is hidden they all are."""
    quarters = group.filter((pl.col("area_type") == "england") & (pl.col("period_type") == "quarter"))
    hidden_years = set(found.frame().filter(pl.col("area_type") == "england")["period"])
    for year, names in _columns(
        quarters.with_columns(year=pl.col("period").str.slice(0, 4)).sort("period"), "year", "period"
    ):
        grid = Grid.of(group, kinds, england, list(names))
        chosen = choose_areas(
            grid.counts[0], grid.is_size_known[0], grid.must[0], False, False, *_thresholds(), exists=grid.exists[0]
        )
        everything = year[0] in hidden_years and not grid.is_known[0].any()
        for name, is_hidden in zip(names, chosen.hidden, strict=True):
            if is_hidden or everything:
                found.add("england", england, "quarter", name)


def _hide_partnerships(found: _Hidden, grid: Grid, calendar: Calendar) -> None:
    """Their years are never shown; a block is hidden in as many as it takes for blocks and years to be safe."""
    for block, years in calendar.blocks.items():
        at, inside = grid.column(block), [grid.column(year) for year in years]
        if grid.is_known[:, at].any():
            continue
        everybody = grid.exists[:, [at, *inside]].any(axis=1)
        whole = choose_areas(
            grid.counts[:, at],
            grid.is_size_known[:, at],
            grid.must[:, at],
            False,
            False,
            *_thresholds(),
            exists=grid.exists[:, at],
        )
        unknown = np.zeros((len(grid.areas), len(years)), dtype=bool)
        yearly = choose_years(
            grid.counts[:, inside],
            unknown,
            everybody,
            _safe_by_whole(grid.counts[:, inside], unknown, whole),
            False,
            False,
            *_thresholds(),
            exists=everybody,
        )
        hidden = everybody if yearly.given_up else whole.hidden
        codes = [code for code, is_hidden in zip(grid.areas, hidden, strict=True) if is_hidden]
        found.add("partnership", codes, "three_years", block)
