"""Writes packs: one, or every partnership's, each from the same analyses that the pages show."""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

import polars as pl

from throughline.packs.contents import AREA_TYPES, CONTENTS, READERS, TITLES, VIEWERS
from throughline.query import Query
from throughline.release import Release
from throughline.report_files.names import slug

Progress = Callable[[str, int, int], None]
WORTH_ANOTHER_PROCESS = 8  # packs: fewer are written sooner than another process is up


class NoSuchArea(ValueError):
    """There is no such area in the release; the message says what may be given."""


def untold(what: str, done: int, total: int) -> None:
    """Progress that nobody waits for: that of one pack among many."""


def write_pack(release: Release, kind: str, code: str, folder: Path, progress: Progress = untold) -> Path:
    """One pack as one HTML file in the folder, which is made if it is not there."""
    from throughline.packs.page import render
    from throughline.packs.sections import Section

    area = area_name(release, kind, code)
    viewer = VIEWERS[kind](code)
    sections, parts = [], CONTENTS[kind]
    for part in parts:
        progress("Writing the pack", len(sections), len(parts))
        query = Query(part.query(code))
        sections.append(Section(part.analysis, part.analyse(release, viewer, query), part.leads))
    progress("Writing the pack", len(sections), len(parts))
    page = render(TITLES[kind].format(area=area), READERS[kind], area, release, sections)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / file_name(release, kind, area)
    file.write_text(page, encoding="utf-8")
    return file


def write_every_partnership(release: Release, folder: Path, progress: Progress) -> list[Path]:
    """The scrutineer's pack of each current partnership; on several processors where that is faster."""
    codes = areas_of(release, "scrutineer")["area_code"].to_list()
    workers = min(cpu_count() or 1, max(1, len(codes) // WORTH_ANOTHER_PROCESS))
    written = []
    for file in _written(release, codes, folder, workers):
        written.append(file)
        progress("Writing packs", len(written), len(codes))
    return sorted(written)


def _written(release: Release, codes: list[str], folder: Path, workers: int) -> Iterable[Path]:
    if workers == 1:
        yield from (write_pack(release, "scrutineer", code, folder) for code in codes)
        return
    # A process that begins anew: polars' own threads do not survive being copied.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(write_pack, release, "scrutineer", code, folder) for code in codes]
        yield from (done.result() for done in as_completed(waiting))


def areas_of(release: Release, kind: str) -> pl.DataFrame:
    """The areas of which there can be a pack of this kind, in order of name."""
    areas = release.areas().filter(pl.col("area_type") == AREA_TYPES[kind])
    return areas.filter(pl.col("is_current")).sort("area_name") if "is_current" in areas.columns else areas


def area_name(release: Release, kind: str, code: str) -> str:
    """The area's name; NoSuchArea where the release has none of that code."""
    if kind not in AREA_TYPES:
        return "England"
    areas = areas_of(release, kind)
    names = dict(areas.select("area_code", "area_name").iter_rows())
    if code not in names:
        some = ", ".join(list(names)[:4])
        raise NoSuchArea(
            f"The release has no {AREA_TYPES[kind]} {code!r}. Give its code as in a page's address: {some} …"
        )
    return names[code]


def file_name(release: Release, kind: str, area: str) -> str:
    """throughline-scrutineer-leeds-as-at-2026-09-30-synthetic.html."""
    from throughline.wording import short_name

    words = slug(f"throughline {kind} {short_name(area)}")
    synthetic = "-synthetic" if release.is_synthetic else ""
    return f"{words}-as-at-{release.as_at_date.isoformat()}{synthetic}.html"
