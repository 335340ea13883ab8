"""Python and SQL are written as `make lint` asks: what nobody runs, drifts."""

import re
import subprocess
import sys

import pytest

from throughline.workspace import PROJECT

RECIPE = re.search(r"^lint:.*\n\t@(.*)$", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE).group(1)
COMMANDS = [command.strip().removeprefix("$(BIN)/") for command in RECIPE.split("&&")]


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_departs_from_the_style(command):
    told = subprocess.run([sys.executable, "-m", *command.split()], cwd=PROJECT, capture_output=True, text=True)

    assert told.returncode == 0, told.stdout + told.stderr
