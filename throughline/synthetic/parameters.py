"""The numbers that the made-up returns are drawn from, read once from parameters.yml and mixes.yml."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
FIRST_DAY = "2020-04-01"


class Parameters:
    """The values of parameters.yml, by name."""

    def __init__(self, entries: dict[str, dict[str, Any]]):
        self.entries = entries

    def __getitem__(self, name: str) -> Any:
        return self.entries[name]["value"]


@cache
def parameters() -> Parameters:
    """Read parameters.yml."""
    return Parameters(_read("parameters.yml"))


def mix(name: str) -> dict[str, float]:
    """How often each code of one list is drawn."""
    return _mixes()[name]


@cache
def _mixes() -> dict[str, dict[str, float]]:
    return _read("mixes.yml")


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
