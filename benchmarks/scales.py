"""The same pages on a hundred times the data: one visitor asks both servers in turn, so that neither has it easier."""

import http.client
import statistics
import time

from benchmarks.pages import always_different, answer
from benchmarks.server import memory_in_mb, our_pages, running
from throughline.workspace import Workspace

PORTS = (8471, 8472)
VIEWS = 15
LONGEST = 40.0  # seconds for one page: a slow one is asked for less often


def measure_scales(national: Workspace, hundredfold: Workspace, pages: dict[str, str]) -> None:
    """Prints each page's median time when it is laid out anew, at both scales, and how many times as long one takes."""
    print("\nPages on a hundred times the data (laid out anew, one visitor, medians)")
    first, second = PORTS
    with (
        running(our_pages(first), national, first) as small,
        running(our_pages(second), hundredfold, second) as large,
    ):
        for name, address in pages.items():
            try:
                one, hundred = _both(address)
            except (http.client.HTTPException, TimeoutError):
                print(f"  {name:24} was not answered: gunicorn ends a worker that takes 30 seconds", flush=True)
                continue
            said = f"{one * 1000:6.0f} ms  {hundred * 1000:6.0f} ms  {hundred / one:6.2f} times"
            print(f"  {name:24} {said}", flush=True)
        held = [memory_in_mb(server.process) for server in (small, large)]
        if None not in held:
            print(f"  {'memory of the server':24} {held[0]:6,.0f} MB  {held[1]:6,.0f} MB")


def _both(address: str) -> list[float]:
    """Medians at both scales; the first views of each worker, which read the release, are too few to matter."""
    views, times, started = always_different(address), ([], []), time.perf_counter()
    while len(times[0]) < VIEWS and not (len(times[0]) > 2 and time.perf_counter() - started > LONGEST):
        view = next(views)
        for port, found in zip(PORTS, times, strict=True):
            began = time.perf_counter()
            answer(view, port)
            found.append(time.perf_counter() - began)
    return [statistics.median(found) for found in times]
