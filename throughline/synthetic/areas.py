"""The current partnerships and their authorities, as the seeds describe them."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl


@dataclass(frozen=True)
class Authority:
    """One authority with children's services, and what its number of notifications depends on."""

    new_la_code: str
    new_la_code_from_april_2025: str
    region_code: str
    police_force_code: str
    icb_code: str
    population: int
    idaci_score: float
    ethnicity_population: dict[str, float] = field(repr=False)


@dataclass(frozen=True)
class Partnership:
    """One current partnership and the authorities it covers."""

    partnership_code: str
    authorities: tuple[Authority, ...]

    @property
    def population(self) -> int:
        """Children in the whole partnership."""
        return sum(authority.population for authority in self.authorities)

    @property
    def region_code(self) -> str:
        """The region of the first authority; no partnership crosses a region."""
        return self.authorities[0].region_code

    @property
    def neighbourhoods(self) -> list[str]:
        """The police forces and care boards that reach the partnership, in a fixed order."""
        forces = {authority.police_force_code for authority in self.authorities}
        boards = {authority.icb_code for authority in self.authorities}
        return sorted(forces) + sorted(boards)


def read_partnerships(seeds: Path) -> list[Partnership]:
    """Every current partnership, by code."""
    authorities = _read_authorities(seeds)
    current = _text(seeds / "areas" / "partnerships.csv").filter(pl.col("is_current").str.to_lowercase() == "true")
    members = _text(seeds / "areas" / "partnership_local_authorities.csv").filter(
        pl.col("valid_to").fill_null("") == "", pl.col("partnership_code").is_in(current["partnership_code"].to_list())
    )
    grouped = members.sort("partnership_code", "new_la_code").group_by("partnership_code", maintain_order=True)
    return [
        Partnership(str(code), tuple(authorities[la] for la in rows["new_la_code"].to_list()))
        for (code,), rows in grouped
    ]


def _read_authorities(seeds: Path) -> dict[str, Authority]:
    table = _text(seeds / "areas" / "local_authorities.csv")
    boards = _text(seeds / "areas" / "local_authority_icbs.csv").filter(
        pl.col("is_main_icb").str.to_lowercase() == "true"
    )
    board_of = dict(boards.select("new_la_code", "icb_code").iter_rows())
    population = _latest_population(seeds)
    idaci = _idaci(seeds, table["new_la_code"].to_list())
    ethnicity = _ethnicity(seeds)
    return {
        row["new_la_code"]: Authority(
            new_la_code=row["new_la_code"],
            new_la_code_from_april_2025=row["new_la_code_from_april_2025"] or row["new_la_code"],
            region_code=row["region_code"],
            police_force_code=row["police_force_code"],
            icb_code=board_of[row["new_la_code"]],
            population=population[row["new_la_code"]],
            idaci_score=idaci[row["new_la_code"]],
            ethnicity_population=ethnicity[row["new_la_code"]],
        )
        for row in table.iter_rows(named=True)
    }


def _latest_population(seeds: Path) -> dict[str, int]:
    table = _text(seeds / "context" / "population_0_17.csv").filter(pl.col("population_0_17").is_not_null())
    latest = table.sort("mid_year").unique("new_la_code", keep="last")
    return {code: int(float(count)) for code, count in latest.select("new_la_code", "population_0_17").iter_rows()}


def _idaci(seeds: Path, codes: list[str]) -> dict[str, float]:
    """The 2019 score; authorities split since then take their predecessor's."""
    table = _text(seeds / "context" / "idaci_2019.csv")
    scores = {row["new_la_code_2019"]: float(row["idaci_average_score"]) for row in table.iter_rows(named=True)}
    scores |= {
        row["new_la_code"]: float(row["idaci_average_score"])
        for row in table.iter_rows(named=True)
        if row["new_la_code"]
    }
    changes = _text(seeds / "areas" / "local_authority_changes.csv")
    predecessor = dict(changes.select("successor_la_code", "predecessor_la_code").iter_rows())
    typical = float(np.mean(list(scores.values())))
    return {code: scores.get(code, scores.get(predecessor.get(code, ""), typical)) for code in codes}


def _ethnicity(seeds: Path) -> dict[str, dict[str, float]]:
    table = _text(seeds / "context" / "population_ethnicity_all_ages.csv").with_columns(
        pl.col("population_all_ages").cast(pl.Float64)
    )
    totals = table.group_by("new_la_code", "ethnicity_code").agg(pl.col("population_all_ages").sum())
    result: dict[str, dict[str, float]] = {}
    for code, ethnicity_code, count in totals.sort("new_la_code", "ethnicity_code").iter_rows():
        result.setdefault(code, {})[ethnicity_code] = count
    return result


def _text(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False)
