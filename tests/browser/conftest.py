"""A browser, and the pages of the made-up release on a free port of this machine."""

import shutil
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from werkzeug.serving import make_server

sys.path.insert(0, str(Path(__file__).parent.parent / "dashboards"))

QUIET = ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def made_up_workspace(tmp_path_factory):
    from made_up_release import write_release

    from throughline import frontend

    frontend.build()
    return write_release(tmp_path_factory.mktemp("browser"))


@contextmanager
def served(workspace, viewer):
    """The pages as one viewer may see them, at an address of their own."""
    from dashboards.app import create_app

    server = make_server("127.0.0.1", 0, create_app(workspace, viewer).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def address(made_up_workspace):
    from throughline.release import Viewer

    with served(made_up_workspace, Viewer.panel()) as found:
        yield found


@pytest.fixture(scope="session")
def public_address(made_up_workspace):
    from throughline.release import Viewer

    with served(made_up_workspace, Viewer.public()) as found:
        yield found


@pytest.fixture(scope="session")
def region_address(made_up_workspace):
    from throughline.release import Viewer

    with served(made_up_workspace, Viewer.region("E12000001")) as found:
        yield found


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
