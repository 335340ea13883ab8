"""Files of what a page shows: the same view of the same release, with its caveats in every row."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import polars as pl
from flask import Flask, Response, request

from dashboards.data import current_release
from throughline.query import Query
from throughline.release import NoRelease, Release

Maker = Callable[[Release, Query], tuple[str, pl.DataFrame]]
PREFIX = "/download"
_makers: dict[str, Maker] = {}


def register(path: str, maker: Maker) -> None:
    """Names the function that makes the file of one page."""
    _makers[path] = maker


def address(path: str, chosen: Mapping[str, str]) -> str:
    """Where the file of this view is."""
    return f"{PREFIX}{path}.csv?{urlencode(chosen)}"


def add_routes(server: Flask) -> None:
    """Adds one address for each page's file."""

    @server.get(f"{PREFIX}/<name>.csv")
    def download(name: str) -> Response:
        maker = _makers.get(f"/{name}")
        if maker is None:
            return Response("There is no such file.", status=404, mimetype="text/plain")
        try:
            release = current_release()
        except NoRelease as missing:
            return Response(str(missing), status=503, mimetype="text/plain")
        query = Query(request.args)
        title, frame = maker(release, query)
        if query.problems:
            return Response("\n".join(query.problems.values()), status=400, mimetype="text/plain")
        return Response(
            in_full(frame, release).write_csv(),
            mimetype="text/csv",
            headers={"Content-Disposition": f'attachment; filename="{file_name(title, release)}"'},
        )


def in_full(frame: pl.DataFrame, release: Release) -> pl.DataFrame:
    """Adds what a file must still say when it has left the page."""
    kind = "Synthetic: no real child, family or partnership" if release.is_synthetic else "Real returns"
    return frame.with_columns(
        pl.lit(release.as_at_date.isoformat()).alias("as_at_date"),
        pl.lit(release.release_id).alias("release_id"),
        pl.lit(kind).alias("kind_of_data"),
    )


def file_name(title: str, release: Release) -> str:
    """A name that says what is inside, and that it is synthetic when it is."""
    kind = "-synthetic" if release.is_synthetic else ""
    words = re.sub(r"[^a-z0-9]+", "-", f"throughline-{title}".lower()).strip("-")
    return f"{words}-as-at-{release.as_at_date.isoformat()}{kind}.csv"
