"""One small synthetic release for the whole test session: tests read it and none changes it."""

import time
from pathlib import Path

import pytest

from throughline.release import Release, open_current
from throughline.workspace import Workspace

# Two regions whole enough to compare, joint partnerships, one that split, and a small authority.
PARTNERSHIPS = [
    "barnsley",
    "city_and_hackney",
    "cumberland",
    "derby_and_derbyshire",
    "hartlepool_and_stockton_on_tees",
    "kent",
    "leeds",
    "leicestershire_and_rutland",
    "sheffield",
    "south_tees",
    "westmorland_and_furness",
]


def _make_once(folder: Path, make) -> None:
    """Runs `make` in the first worker that gets here; the others wait until it is done."""
    done, lock = folder / "done", folder / "lock"
    try:
        lock.mkdir(parents=True)
    except FileExistsError:
        for _ in range(1200):
            if done.exists():
                return
            assert not (folder / "failed").exists(), "another worker could not make the small release"
            time.sleep(0.25)
        raise TimeoutError("the small release was not made in five minutes") from None
    try:
        make()
    except BaseException:
        (folder / "failed").touch()
        raise
    done.touch()


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory) -> Workspace:
    """A workspace with landed returns, a working warehouse and one release, made by the demonstration itself."""
    from throughline.demo import make_demo

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    folder = shared / "small_release"
    workspace = Workspace(folder / "workspace")
    _make_once(folder, lambda: make_demo(workspace, scale=6, partnerships=PARTNERSHIPS))
    return workspace


@pytest.fixture(scope="session")
def small_release(small_workspace) -> Release:
    return open_current(small_workspace)
