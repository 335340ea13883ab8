"""Serves the pages on this machine: gunicorn where it runs, waitress on Windows."""

import os
import sys

from throughline.release import Viewer
from throughline.workspace import Workspace

WORKERS = 2


def serve(workspace: Workspace, viewer: Viewer, host: str, port: int) -> None:
    """Blocks until stopped; each worker opens the current release by itself and sees a new one at once."""
    os.environ["THROUGHLINE_HOME"] = str(workspace.root)
    os.environ["THROUGHLINE_VIEWER"] = viewer.role if viewer.area_code is None else f"{viewer.role}:{viewer.area_code}"
    if sys.platform == "win32":
        import waitress

        from dashboards.app import server

        waitress.serve(server(), host=host, port=port, threads=4)
        return
    from gunicorn.app.base import BaseApplication

    class Pages(BaseApplication):
        def load_config(self) -> None:
            self.cfg.set("bind", f"{host}:{port}")
            self.cfg.set("workers", WORKERS)
            self.cfg.set("accesslog", None)
            self.cfg.set("loglevel", "warning")

        def load(self):
            from dashboards.app import server

            return server()

    Pages().run()
