"""Pages under load: the server as it is served, ten clients at once, each asking for whole pages."""

import gzip
import http.client
import itertools
import json
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.server import our_pages, running
from throughline.workspace import Workspace

CLIENTS = 10
SECONDS = 5
READING = 2  # seconds that a reader looks at a view before the next one
READERS_STAY = 12  # seconds
PORT = 8461
AGAIN = "again"
NEVER_ASKED = itertools.count()  # one for all measurements: what one has asked for would be kept for the next


@dataclass(frozen=True)
class Load:
    """How long views took, in seconds from the shortest to the longest, and how long all of them together."""

    times: list[float]
    elapsed: float

    def at(self, share: float) -> float:
        """Milliseconds within which such a share of views was answered."""
        return self.times[min(int(len(self.times) * share), len(self.times) - 1)] * 1000

    @property
    def per_second(self) -> float:
        """Views answered in a second."""
        return len(self.times) / self.elapsed


def measure_pages(workspace: Workspace, pages: dict[str, str]) -> None:
    """Prints how long views take: kept by the worker, laid out anew every time, and anew for ten people who read them.

    The first two ask as fast as they are answered, which is ten clients that never read what they were sent.
    """
    with running(our_pages(PORT), workspace, PORT) as server:
        print(f"\nPages, {CLIENTS} clients, 2 workers (server up in {server.seconds:.1f} s)")
        print(f"  {'':24} {'kept by the worker':>37}   {'laid out anew':>37}   {f'anew, read for {READING} s':>28}")
        for name, address in pages.items():
            ask([address], PORT, seconds=1)
            kept, anew = ask([address], PORT), ask(always_different(address), PORT)
            read = ask(always_different(address), PORT, READERS_STAY, READING)
            print(f"  {name:24} {_said(kept)}   {_said(anew)}   {_times(read)}", flush=True)


def ask(addresses: Iterable[str], port: int, seconds: float = SECONDS, reading: float = 0) -> Load:
    """Ten clients that open these pages in turn, over and over, and read each for so many seconds."""
    following = itertools.cycle(addresses)
    began = time.perf_counter()

    def client(number: int) -> list[float]:
        time.sleep(reading * number / CLIENTS)  # readers do not all come at the same moment
        return _ask_for_a_while(following, port, seconds, reading)

    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = list(clients.map(client, range(CLIENTS)))
    return Load(sorted(itertools.chain(*asked)), time.perf_counter() - began)


def answer(address: str, port: int) -> str:
    """What a page's request is answered, once, to be looked at."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    return _ask(connection, address)


def always_different(address: str) -> Iterator[str]:
    """The page under addresses of which a worker keeps none; it takes no notice of what is added."""
    joint = "&" if "?" in address else "?"
    # No generator: several clients take from it at once.
    return map(lambda number: f"{address}{joint}{AGAIN}={number}", NEVER_ASKED)


def _said(load: Load) -> str:
    return f"{_times(load)}  {load.per_second:5.0f}/s"


def _times(load: Load) -> str:
    return f"p50 {load.at(0.5):5.0f} ms  p95 {load.at(0.95):5.0f} ms"


def _ask_for_a_while(addresses: Iterator[str], port: int, seconds: float, reading: float = 0) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        address = next(addresses)
        started = time.perf_counter()
        _ask(connection, address)
        times.append(time.perf_counter() - started)
        time.sleep(reading)
    connection.close()
    return times


def _ask(connection: http.client.HTTPConnection, address: str) -> str:
    body = json.dumps(page_request(address))
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}  # as every browser asks
    connection.request("POST", "/_dash-update-component", body, headers)
    response = connection.getresponse()
    content = response.read()
    if response.getheader("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    if response.status != 200:
        raise RuntimeError(f"{address} answered {response.status}")
    return content.decode()


def page_request(address: str) -> dict:
    """What a browser asks for when it opens a page of a Dash app with pages."""
    path, _, query = address.partition("?")
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": f"?{query}" if query else ""},
        ],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
    }
