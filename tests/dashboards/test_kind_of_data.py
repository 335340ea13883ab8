"""Real returns are never called made up, and made-up ones always are, on pages, in files and in packs."""

import html
import json
import re
import shutil

import pytest
from made_up_release import RELEASE_ID

from dashboards.app import create_app
from dashboards.places import AREA_PAGES, COMPARE, DATA_QUALITY, PROFILE
from throughline.packs.write import write_pack
from throughline.release import MANIFEST, Viewer, open_current, point_to
from throughline.workspace import Workspace

CALLED_MADE_UP = re.compile("synthetic|made up|not real", re.IGNORECASE)
PAGES = (*sorted(AREA_PAGES), COMPARE, PROFILE, DATA_QUALITY, "/about-this-release")


def without_machinery(page: str) -> str:
    """A page as it is read: class names and style sheets say nothing to a reader."""
    bare = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    return re.sub(r'class="[^"]*"', "", bare)


@pytest.fixture(scope="module")
def real_workspace(made_up_workspace, tmp_path_factory):
    """The same release, as if partnerships had sent it."""
    root = tmp_path_factory.mktemp("real")
    workspace = Workspace(root)
    shutil.copytree(made_up_workspace.releases / RELEASE_ID, workspace.releases / RELEASE_ID)
    point_to(workspace, RELEASE_ID)
    manifest = workspace.releases / RELEASE_ID / MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"is_synthetic": False}))
    return workspace


@pytest.fixture(scope="module")
def real_reader(real_workspace):
    return create_app(real_workspace, Viewer.panel()).server.test_client()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_real_returns_calls_them_made_up(real_reader, reader, path):
    assert not CALLED_MADE_UP.findall(without_machinery(real_reader.get(path).text))
    assert CALLED_MADE_UP.search(without_machinery(reader.get(path).text))


def test_no_file_of_real_returns_calls_them_made_up_and_every_file_of_others_does(real_reader, reader):
    page = html.unescape(reader.get("/notification-trends").text)
    files = sorted(set(re.findall(r'href="(/download/[^"]+\.(?:csv|svg)[^"]*)"', page)))

    assert {kind for one in files for kind in ("csv", "svg") if f".{kind}" in one} == {"csv", "svg"}
    for address in files:
        real, made_up = real_reader.get(address), reader.get(address)
        assert real.status_code == made_up.status_code == 200
        assert not CALLED_MADE_UP.findall(without_machinery(real.text) + real.headers["Content-Disposition"]), address
        assert CALLED_MADE_UP.search(made_up.text), address


def test_no_pack_of_real_returns_calls_them_made_up(real_workspace, made_up, tmp_path):
    real = write_pack(open_current(real_workspace), "panel", "E92000001", tmp_path / "real")
    others = write_pack(made_up, "panel", "E92000001", tmp_path / "others")

    assert not CALLED_MADE_UP.findall(without_machinery(real.read_text(encoding="utf-8")) + real.name)
    assert CALLED_MADE_UP.search(without_machinery(others.read_text(encoding="utf-8")))
    assert "synthetic" in others.name
