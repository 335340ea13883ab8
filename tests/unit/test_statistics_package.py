"""The package as a whole: cheap to import, complete, fast on many rows, and documented."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import throughline.statistics as statistics

METHODS_PAGE = Path(__file__).parents[2] / "docs/methods/statistics.md"


def test_importing_it_loads_no_heavy_library():
    asked = (
        "import sys, throughline.statistics; print({'scipy', 'statsmodels', 'lifelines', 'numpy'} & set(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "set()"


@pytest.mark.parametrize("name", statistics.__all__)
def test_every_name_is_there_with_its_own_docstring(name):
    assert getattr(statistics, name).__doc__
    assert name in dir(statistics)


def test_an_unknown_name_is_an_ordinary_attribute_error():
    with pytest.raises(AttributeError, match="mean_of_means"):
        _ = statistics.mean_of_means


@pytest.mark.parametrize("name", [name for name in statistics.__all__ if name[0].islower()])
def test_every_method_is_on_the_methods_page(name):
    assert f"`{name}`" in METHODS_PAGE.read_text(encoding="utf-8")


def test_half_a_million_rows_of_intervals_take_well_under_two_seconds():
    rng = np.random.default_rng(3)
    denominator = rng.integers(0, 200, 500_000)
    numerator, count = rng.binomial(denominator, 0.8), rng.poisson(6, 500_000)
    statistics.wilson_interval(1, 2), statistics.rate_interval(1, 2)
    started = time.perf_counter()
    statistics.wilson_interval(numerator, denominator)
    statistics.rate_interval(count, np.full(500_000, 70_000.0))
    assert time.perf_counter() - started < 2
