"""A pack as PDF, where the machine has a Chromium: tagged, with bookmarks, and nothing fetched."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SECONDS = 120


class NoChromium(RuntimeError):
    """There is no Chromium to print with, or it failed; the message says what to do."""


def chromium() -> str:
    """The machine's Chromium; NoChromium where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise NoChromium(
            "A PDF needs Chromium or Chrome, and there is none here. Open the HTML file and print it instead."
        )
    return found


def write_pdf(page: Path) -> Path:
    """The page printed beside itself."""
    target = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [
                chromium(),
                "--headless=new",
                # Chromium's own walls cannot be raised by the machine's owner of all rights, as in a container.
                *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
                "--disable-gpu",
                "--disable-background-networking",
                f"--user-data-dir={profile}",
                "--no-pdf-header-footer",
                "--generate-pdf-document-outline",
                f"--print-to-pdf={target.resolve()}",
                page.resolve().as_uri(),
            ],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    if done.returncode or not target.exists():
        raise NoChromium(f"Chromium could not print {page.name}. Open the HTML file and print it instead.")
    return target
