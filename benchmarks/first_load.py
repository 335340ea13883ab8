"""How heavy a page is and how long it takes in Chromium: for the first visitor, for later ones, and opened again."""

import base64
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.server import our_pages, running
from throughline.workspace import Workspace

PORT = 8899
SEEN = ".app-graph svg, svg.main-svg"  # drawn by the server, or by the script
READY = "svg.main-svg"
EVERY_CHART = ".js-plotly-plot:has(svg.main-svg)"


@dataclass(frozen=True)
class Opened:
    """One page opened: seconds until a chart could be seen, until the first and the last of those that answer a pointer
    stood, kilobytes that came, and other hosts asked.
    """

    seen: float
    first_chart: float
    every_chart: float
    kilobytes: float
    other_hosts: frozenset[str]


def measure_first_load(workspace: Workspace, address: str) -> None:
    """Prints start-up of the server, weight and time of a page when first opened, and when opened again."""
    with running(our_pages(PORT), workspace, PORT) as server:
        print(f"\nFirst load\n  server answers after     {server.seconds:5.2f} s")
        for name, opened in three_visits(f"{server.address}{address}").items():
            print(
                f"  {name:24} chart seen {opened.seen:5.2f} s, answers a pointer {opened.first_chart:5.2f} s, "
                f"{opened.kilobytes:,.0f} kB over the wire"
            )


def three_visits(address: str, charts: int = 1) -> dict[str, Opened]:
    """The first visitor after start-up, another with an empty browser, and that one again."""
    with fresh_browser() as first:
        visits = {"first visitor": open_page(first, address, charts)}
    with fresh_browser() as later:
        visits["empty browser"] = open_page(later, address, charts)
        visits["same browser again"] = open_page(later, address, charts)
    return visits


@contextmanager
def fresh_browser() -> Iterator:
    """A Chromium that has kept nothing, with its process up, as one page's window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser.new_context(viewport={"width": 1280, "height": 900})
        browser.close()


def open_page(context, address: str, charts: int = 1) -> Opened:
    """Opens a page in a window of its own and waits until so many charts stand; what comes compressed is counted so."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    hosts: set[str] = set()
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.on("Network.webSocketFrameReceived", lambda event: received.append(_size(event["response"])))
    session.on("Network.webSocketCreated", lambda event: hosts.add(urlsplit(event["url"]).netloc))
    session.on("Network.requestWillBeSent", lambda event: hosts.add(urlsplit(event["request"]["url"]).netloc))
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(SEEN)
    seen = time.perf_counter() - started
    page.wait_for_selector(READY)
    first = time.perf_counter() - started
    page.locator(EVERY_CHART).nth(charts - 1).wait_for()
    every = time.perf_counter() - started
    page.wait_for_load_state("networkidle")
    page.close()
    return Opened(seen, first, every, sum(received) / 1000, frozenset(hosts - {urlsplit(address).netloc, ""}))


def _size(frame: dict) -> int:
    """Bytes of a frame, which is given as text or, where it is binary, in base64."""
    data = frame["payloadData"]
    return len(data) if frame["opcode"] == 1 else len(base64.b64decode(data))
