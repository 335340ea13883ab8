"""Pages under load: the server as it is served, ten clients at once, each asking for whole pages."""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from throughline.workspace import PROJECT, Workspace

CLIENTS = 10
SECONDS = 8
PORT = 8461


def measure_pages(workspace: Workspace, pages: dict[str, str]) -> None:
    """Prints p50, p95 and requests a second for each named page (address with its query)."""
    environment = os.environ | {"THROUGHLINE_HOME": str(workspace.root)}
    command = [sys.executable, "-m", "throughline", "serve", "--viewer", "panel", "--port", str(PORT)]
    started = time.perf_counter()
    server = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_healthy()
        print(f"\nPages, {CLIENTS} clients, 2 workers (server up in {time.perf_counter() - started:.1f} s)")
        for name, address in pages.items():
            _measure(name, address)
    finally:
        server.terminate()
        server.wait()


def _measure(name: str, address: str) -> None:
    _ask_for_a_while(address, 1)
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = list(clients.map(lambda _: _ask_for_a_while(address, SECONDS), range(CLIENTS)))
    elapsed = time.perf_counter() - began
    times = sorted(seconds for client in asked for seconds in client)
    p50, p95 = statistics.median(times) * 1000, times[int(len(times) * 0.95)] * 1000
    print(f"  {name:24} p50 {p50:5.0f} ms  p95 {p95:5.0f} ms  {len(times) / elapsed:5.0f} requests/s")


def _ask_for_a_while(address: str, seconds: float) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    body = json.dumps(_page_request(address))
    times, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        started = time.perf_counter()
        connection.request("POST", "/_dash-update-component", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{address} answered {response.status}")
        times.append(time.perf_counter() - started)
    connection.close()
    return times


def _page_request(address: str) -> dict:
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


def _wait_until_healthy() -> None:
    for _ in range(120):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not come up in time")
