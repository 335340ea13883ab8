"""A process killed at any step of landing leaves the old state or the new one, and the next one puts it right."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.fixtures.returns import write_csv_folder, write_workbook
from throughline import door
from throughline.door import landing
from throughline.door.checking import check_batch, read_submission
from throughline.door.landing import ALREADY_LANDED, ARRIVING, LANDED
from throughline.door.specification import RETURNS
from throughline.workspace import PROJECT, Workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed in another way there")

# Lands a checked submission again and again, each time in a process that kills itself one step later than the last:
# not by an exception, so that nothing is tidied up. It forks before polars has started its threads.
DIES_AT_EACH_STEP = """
import os, pickle, signal, sys
from pathlib import Path
import polars as pl
from throughline.door import landing

steps, fatal = [], 0

def step(what):
    steps.append(what)
    if len(steps) == fatal:
        os.kill(os.getpid(), signal.SIGKILL)

sync, rename, write = landing._sync, os.rename, pl.DataFrame.write_parquet

def sync_then_die(path):
    sync(path)
    step("written " + path.name)

def rename_and_die(source, target):
    step("before the rename")
    rename(source, target)
    step("after the rename")

def write_half_and_die(frame, path):
    write(frame, path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    step("half of " + path.name)
    path.write_bytes(content)

landing._sync, os.rename, pl.DataFrame.write_parquet = sync_then_die, rename_and_die, write_half_and_die

def attempt(number):
    global fatal
    fatal = number
    folder = Path(sys.argv[2].format(number))
    folder.mkdir(parents=True)
    landing.land(pickle.loads(Path(sys.argv[1]).read_bytes()), folder)

for number in [int(one) for one in sys.argv[3:]] or range(1, 100):
    process = os.fork()
    if process == 0:
        attempt(number)
        print(chr(10).join(steps), flush=True)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) != -signal.SIGKILL:
        break
"""

LANDS_WHEN_TOLD = """
import pickle, sys, time
from pathlib import Path
from throughline.door import landing

incoming, folder, signal = pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), Path(sys.argv[3])
print("ready", flush=True)
while not signal.exists():
    time.sleep(0.001)
print(landing.land(incoming, folder))
"""


@pytest.fixture(scope="module")
def folder_sent(tmp_path_factory):
    return write_csv_folder(tmp_path_factory.mktemp("sent") / "kent", one_row_each=True)


@pytest.fixture(scope="module")
def incoming(folder_sent):
    one = read_submission(folder_sent)
    check_batch([one])
    return one


@pytest.fixture(scope="module")
def pickled(incoming, tmp_path_factory):
    path = tmp_path_factory.mktemp("checked") / "incoming.pickle"
    path.write_bytes(pickle.dumps(incoming))
    return path


def start(code: str, *arguments: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def visible(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))


def assert_whole(place: Path, incoming) -> None:
    for name in RETURNS[1:]:
        assert pl.read_parquet(place / f"{name}.parquet").height == incoming.report.accepted[name].height
    for name in ("quarantine", "findings", "submission"):
        pl.read_parquet(place / f"{name}.parquet")
    assert len(list((place / "original").iterdir())) == len(incoming.opened.files)


def test_a_process_killed_at_each_step_leaves_the_old_state_or_the_new_one(tmp_path, pickled, incoming):
    # The last attempt has no step left to die at: it lands, and names the steps that there were.
    told, problems = start(DIES_AT_EACH_STEP, pickled, tmp_path / "{:02}").communicate(timeout=120)
    steps = told.splitlines()
    assert len(steps) > 2 * len(RETURNS), problems
    assert steps.index("before the rename") < steps.index("after the rename") == len(steps) - 2
    reference = incoming.report.submission_ref
    folders = sorted(folder for folder in tmp_path.iterdir())
    assert len(folders) == len(steps) + 1
    assert visible(folders.pop()) == [reference]

    for step, folder in zip(steps, folders, strict=True):
        is_new = steps.index(step) >= steps.index("after the rename")
        assert visible(folder) == ([reference] if is_new else []), step
        assert bool(list(folder.glob(f"{ARRIVING}*"))) != is_new, step
        landing.clear_abandoned(folder)
        assert [one.name for one in folder.iterdir()] == visible(folder), step
        assert landing.land(incoming, folder) != is_new, step
        assert visible(folder) == [reference]
        assert_whole(folder / reference, incoming)


def test_the_next_submission_puts_right_what_a_killed_one_left(tmp_path, pickled, folder_sent, step=14):
    workspace = Workspace(tmp_path)
    start(DIES_AT_EACH_STEP, pickled, workspace.landing, step).communicate(timeout=60)
    assert len(list(workspace.landing.iterdir())) == 1
    [submission] = door.submit([folder_sent], workspace)
    assert submission.state == LANDED
    assert [one.name for one in workspace.landing.iterdir()] == [submission.submission_ref]


def test_processes_that_land_the_same_content_at_once_leave_one_whole_copy(tmp_path, pickled, incoming):
    for attempt in range(3):
        folder, signal_file = tmp_path / str(attempt), tmp_path / f"go {attempt}"
        folder.mkdir()
        processes = [start(LANDS_WHEN_TOLD, pickled, folder, signal_file) for _ in range(3)]
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        signal_file.touch()
        told = sorted(process.communicate(timeout=60)[0].strip() for process in processes)
        assert told == ["False", "False", "True"]
        assert [one.name for one in folder.iterdir()] == [incoming.report.submission_ref]
        assert_whole(folder / incoming.report.submission_ref, incoming)


def test_a_file_that_changes_while_it_is_read_is_not_landed(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx")
    one = read_submission(path)
    check_batch([one])
    write_workbook(path, {"notifications": [{"sin_ref": "SIN9"}]})
    (tmp_path / "landing").mkdir()
    with pytest.raises(door.UnreadableReturn, match="changed while we read it"):
        landing.land(one, tmp_path / "landing")
    assert list((tmp_path / "landing").iterdir()) == []


def test_content_that_has_landed_is_left_as_it_is(tmp_path, folder_sent):
    workspace = Workspace(tmp_path)
    [first] = door.submit([folder_sent], workspace)
    place = workspace.landing / first.submission_ref
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in place.rglob("*") if path.is_file()}
    [again] = door.submit([folder_sent], workspace)
    assert again.state == ALREADY_LANDED
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in place.rglob("*") if path.is_file()}
