"""Files to which people's lines are added, one JSON object a line, and in which nothing is ever changed."""

import json
import os
from collections.abc import Mapping
from pathlib import Path


def prepare(file: Path) -> Path:
    """The file, made empty where there is none yet, for its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    return file


def add_line(file: Path, told: Mapping[str, object]) -> None:
    """Adds one line, which is on the disk when this returns."""
    line = (json.dumps(dict(told)) + "\n").encode("utf-8")
    # One write to a file opened for adding: two people at once leave two whole lines.
    handle = os.open(prepare(file), os.O_WRONLY | os.O_APPEND)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
