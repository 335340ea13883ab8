"""How heavy a page is and how long it takes in Chromium, with nothing kept and with everything kept."""

import shutil
import subprocess
import sys
import time
import urllib.request

from throughline.workspace import PROJECT, Workspace

PORT = 8899
READY = "svg.main-svg"


def measure_first_load(workspace: Workspace, address: str) -> None:
    """Prints start-up of the server, weight and time of a page when first opened, and when opened again."""
    from playwright.sync_api import sync_playwright

    environment = {"THROUGHLINE_HOME": str(workspace.root), "PATH": "/usr/bin:/bin"}
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "throughline", "serve", "--port", str(PORT), "--viewer", "panel"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_served()
        print(f"\nFirst load\n  server answers after     {time.perf_counter() - started:5.2f} s")
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            for name in ("cold", "warm"):
                seconds, kilobytes = open_page(context, f"http://127.0.0.1:{PORT}{address}")
                print(f"  {name:24} {seconds:5.2f} s, {kilobytes:,.0f} kB over the wire")
            browser.close()
    finally:
        server.terminate()
        server.wait()


def wait_until_served() -> None:
    """Returns when the server answers for the first time."""
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1).read()
            return
        except OSError:
            time.sleep(0.05)


def open_page(context, address: str) -> tuple[float, float]:
    """Seconds until the chart stands, and compressed kilobytes that came."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(READY)
    seconds = time.perf_counter() - started
    page.wait_for_load_state("networkidle")
    page.close()
    return seconds, sum(received) / 1000
