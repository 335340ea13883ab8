"""Starting a server, waiting until it answers, and ending it; what it and its workers hold in memory."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from throughline.workspace import PROJECT, Workspace


@dataclass(frozen=True)
class Server:
    """A server that answers, and how long that took from its start."""

    process: subprocess.Popen
    address: str
    seconds: float


@contextmanager
def running(command: list, workspace: Workspace, port: int, health: str = "/healthz") -> Iterator[Server]:
    """Runs a command that serves on the port; ended when the block is left."""
    environment = os.environ | {"THROUGHLINE_HOME": str(workspace.root)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), cwd=PROJECT, env=environment, **quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_served(process, f"{address}{health}")
        yield Server(process, address, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait()


def our_pages(port: int) -> list:
    """The command that serves our pages as they are served."""
    return [sys.executable, "-m", "throughline", "serve", "--viewer", "panel", "--port", port]


def memory_in_mb(process: subprocess.Popen) -> float | None:
    """Memory of a process and all that it started, shared pages once; None where the system does not tell."""
    sizes = [_proportional_size(each) for each in [process.pid, *_descendants(process.pid)]]
    return None if None in sizes else sum(sizes) / 1000


def _wait_until_served(process: subprocess.Popen, address: str) -> None:
    until = time.perf_counter() + 60
    while time.perf_counter() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).read()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing answered at {address}")


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    own = list(map(int, children.read_text().split())) if children.exists() else []
    return own + [each for child in own for each in _descendants(child)]


def _proportional_size(pid: int) -> int | None:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
