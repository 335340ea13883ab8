"""`throughline serve` answers at the address that it shows, whoever it serves and at whichever address it allows."""

import os
import re
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest
from made_up_release import RELEASE_ID

PATIENCE = 180  # seconds


def free_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as tried:
            tried.bind((host, 0))
            return tried.getsockname()[1]
    except OSError:
        pytest.skip(f"this machine has no {host}")


def answer_of(address: str, process: subprocess.Popen) -> str:
    started = time.monotonic()
    while process.poll() is None and time.monotonic() - started < PATIENCE:
        try:
            with urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except OSError:  # not there yet, or busy with its first pages
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


@pytest.mark.skipif(sys.platform == "win32", reason="a server is ended by a signal that Windows does not have")
@pytest.mark.parametrize(("host", "viewer"), [("127.0.0.1", "partnership:county_durham"), ("::1", "public")])
def test_it_answers_where_it_says(made_up_workspace, host, viewer):
    said = ["--host", host, "--port", str(free_port(host)), "--viewer", viewer]
    command = [sys.executable, "-m", "throughline", "serve", *said]
    environment = os.environ | {"THROUGHLINE_HOME": str(made_up_workspace.root), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            shown = re.search(r"http://\S+", process.stdout.readline())[0]
            assert RELEASE_ID in answer_of(f"{shown}/healthz", process)
        finally:
            process.terminate()
