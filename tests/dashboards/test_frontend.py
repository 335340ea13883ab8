"""The front-end files: made once, from pinned versions, with nothing in them that a browser would fetch elsewhere."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from throughline import frontend
from throughline.workspace import PROJECT


def test_versions_are_pinned_exactly_and_no_address_is_kept():
    packages = json.loads((PROJECT / "package.json").read_text())["dependencies"]

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in packages.values())
    assert not (PROJECT / "package-lock.json").exists()


def test_the_chart_library_is_the_one_that_plotly_was_made_for():
    from plotly.offline import get_plotlyjs_version

    packages = json.loads((PROJECT / "package.json").read_text())["dependencies"]
    assert packages["plotly.js-basic-dist-min"] == get_plotlyjs_version()


def test_what_is_built_is_not_built_again():
    frontend.build()

    assert frontend.build() is False


def test_the_style_sheet_fetches_nothing_and_has_no_crown_or_government_font():
    frontend.build()
    css = (frontend.VENDOR / frontend.STYLE_SHEET).read_text()

    assert "url(" not in css
    assert "@import" not in css
    assert "GDS Transport" not in css
    assert css.count("\n") < 5


def test_a_failing_step_is_told_in_one_line(tmp_path):
    node, _ = frontend.node_and_npm()
    with pytest.raises(frontend.FrontEndError) as told:
        frontend.run([node, "-e", "throw new Error('no network')"], node, "install the front-end packages")

    assert str(told.value).startswith("Could not install the front-end packages: ")
    assert "\n" not in str(told.value)


def test_a_machine_without_node_uses_the_packaged_one(monkeypatch):
    monkeypatch.setattr(frontend.shutil, "which", lambda name: None)
    node, npm = frontend.node_and_npm()

    assert Path(npm[-1]).is_file()
    assert subprocess.run([node, "--version"], capture_output=True, check=True).stdout.startswith(b"v")


def test_a_file_whose_address_holds_its_version_is_kept_and_not_asked_after(reader):
    page = reader.get("/accessibility").text
    held = re.findall(r'(?:src|href)="(/(?:assets|_dash-component-suites)/[^"]+)"', page)

    assert len(held) > 5
    for address in held:
        assert "immutable" in reader.get(address).headers["Cache-Control"], address
    assert "immutable" not in reader.get("/accessibility").headers.get("Cache-Control", "")
