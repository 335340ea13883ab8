"""Serves the pages on this machine: gunicorn where it runs, waitress on Windows."""

import os
import sys
from multiprocessing import get_context

from throughline.release import Release, Viewer
from throughline.workspace import Workspace

WORKERS = 2
LONGEST_ADDRESS = 8190  # letters, the most there is: a draft recommendation stands in its page's address


def viewer_to_serve(release: Release, text: str) -> Viewer:
    """Who is reading, as `Release.viewer` has it, but for an area in a process of its own.

    Once polars has read anything here, the workers that gunicorn forks wait for its threads for ever.
    """
    if Viewer.from_text(text).area_code is None:
        return release.viewer(text)
    with get_context("spawn").Pool(1) as apart:
        return apart.apply(release.viewer, (text,))


def address(host: str, port: int) -> str:
    """Where it is served, as a browser and gunicorn read it: colons of the host itself stand in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def serve(workspace: Workspace, viewer: Viewer, host: str, port: int) -> None:
    """Blocks until stopped; each worker opens the current release by itself and sees a new one at once."""
    os.environ["THROUGHLINE_HOME"] = str(workspace.root)
    os.environ["THROUGHLINE_VIEWER"] = viewer.role if viewer.area_code is None else f"{viewer.role}:{viewer.area_code}"
    # Read when numpy and polars are first used. Each worker's own threads, waiting for each other on cores that the
    # other worker needs, cost "Has this been recommended before?" half its readers and more.
    threads = str(max((os.cpu_count() or 1) // WORKERS, 1))
    for library in ("OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"):
        os.environ.setdefault(library, threads)
    if sys.platform == "win32":
        import waitress

        from dashboards.app import server

        waitress.serve(server(), host=host, port=port, threads=4)
        return
    from gunicorn.app.base import BaseApplication

    class Pages(BaseApplication):
        def load_config(self) -> None:
            self.cfg.set("bind", address(host, port))
            self.cfg.set("workers", WORKERS)
            self.cfg.set("limit_request_line", LONGEST_ADDRESS)
            self.cfg.set("accesslog", None)
            self.cfg.set("loglevel", "warning")

        def load(self):
            from dashboards.app import server

            return server()

    Pages().run()
