"""The only way in for readers: releases, which of them is current, and what a viewer may see of it."""

import json
import os
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from throughline import recommendation_rights
from throughline.indicator_rows import values_seen
from throughline.own_areas import AREA, check_is_there, own_areas
from throughline.release_tables import BY_AREA, BY_PARTNERSHIP, OF_RECOMMENDATIONS, WITH_PUBLIC_COPY
from throughline.viewer import Viewer
from throughline.workspace import Workspace

if TYPE_CHECKING:
    from throughline.repetition.index import Index

POINTER = "current"
MANIFEST = "manifest.json"
# Beside the restricted tables: the words of recommendations as the finder of repeats works on them.
INDEX = "recommendation_index.npz"

# True small numbers lie in a folder of their own, to which nothing but this module leads, and only those with a right.
RESTRICTED = "restricted"
# How a release's folder is laid out; another number cannot be read by this version.
LAYOUT = 2

__all__ = [
    "NoRelease",
    "NoSuchRelease",
    "Release",
    "Viewer",
    "earlier_releases",
    "find_release",
    "list_releases",
    "open_current",
    "point_to",
]


class NoRelease(Exception):
    """There is no release to read; the message says which command makes one."""


class NoSuchRelease(NoRelease):
    """No release of this name can be read here; the message says how to find those that can."""


@dataclass(frozen=True)
class Release:
    """One immutable release; frames are read once a process, since nothing in it can change."""

    folder: Path

    @property
    def release_id(self) -> str:
        """The release's name, which is its folder's."""
        return self.folder.name

    @property
    def manifest(self) -> dict:
        """What went in: inputs, versions, row counts and as-at date."""
        return json.loads(_manifest_text(self.folder))

    @property
    def as_at_date(self) -> date:
        """The latest day on which a return in this release was drawn up."""
        return date.fromisoformat(self.manifest["as_at_date"])

    @property
    def is_synthetic(self) -> bool:
        """True unless every return says that it is real."""
        return self.manifest["is_synthetic"]

    def table(self, name: str) -> pl.DataFrame:
        """One published table that holds nobody's small numbers."""
        if name in ("indicator_values", *BY_AREA, *BY_PARTNERSHIP, *OF_RECOMMENDATIONS) or Path(name).name != name:
            raise PermissionError(f"{name} is read through its own method, which asks who is reading")
        return _read(self._public(name))

    def indicators(self) -> pl.DataFrame:
        """The catalogue: one row per indicator."""
        return self.table("indicators")

    def indicator(self, name: str) -> dict:
        """One row of the catalogue."""
        return _catalogue(self)[name]

    def areas(self) -> pl.DataFrame:
        """One row per area of every type, with its name and region."""
        return self.table("areas")

    def area_partnerships(self) -> pl.DataFrame:
        """One row per group (region, force, board, neighbours) and partnership in it."""
        return self.table("area_partnerships")

    def tile_map(self) -> pl.DataFrame | None:
        """Where a tile map draws each authority, with its partnership; none in a release older than such maps."""
        return self.table("tile_map") if self._public("tile_map").is_file() else None

    def published_notifications(self) -> pl.DataFrame:
        """DfE's published notification series, with how sure each figure is."""
        return self.table("published_notifications")

    def panel_counts(self) -> pl.DataFrame:
        """Counts from the Panel's annual reports, which are another series than DfE's."""
        return self.table("panel_counts")

    def gate_results(self) -> pl.DataFrame:
        """What the gate looked at before this release, and what it found: one row an expectation, no row's values."""
        return self.table("gate_results")

    def returns_received(self, viewer: Viewer) -> pl.DataFrame:
        """What each partnership the viewer may see has sent, by return and reporting year."""
        return self.by_partnership("returns_received", viewer)

    def submission_quality(self, viewer: Viewer) -> pl.DataFrame:
        """The state of each partnership's current return: rows, findings, queries, changes; one row a partnership."""
        return self.by_partnership("submission_quality", viewer)

    def finding_counts(self, viewer: Viewer) -> pl.DataFrame:
        """How often each rule is broken in each partnership's current return, and how often that is explained."""
        return self.by_partnership("finding_counts", viewer)

    def return_changes(self, viewer: Viewer) -> pl.DataFrame:
        """How many records are new, gone or changed (by field) since each partnership's return before this one."""
        return self.by_partnership("return_changes", viewer)

    def by_partnership(self, name: str, viewer: Viewer) -> pl.DataFrame:
        """A restricted table of partnerships: the rows of those that the viewer has a right to."""
        if name not in BY_PARTNERSHIP:
            raise PermissionError(f"{name} is not a table of partnerships; read it through its own method")
        rows, own = _read(self._restricted(name)), self._own_partnerships(viewer)
        return rows if own is None else rows.filter(pl.col("partnership_code").is_in(own.implode()))

    def recommendations(self, viewer: Viewer) -> pl.LazyFrame:
        """Recommendations without their words: all of the viewer's own areas (is_own), of others the shareable.

        Nobody's for the public, or who else has no area of their own. Shareable are those of published local reviews,
        and those whose owner said so.
        """
        rows = _read(self._restricted("recommendations")).lazy()
        return recommendation_rights.readable(rows, self._own_partnerships(viewer))

    def recommendations_in_words(self, viewer: Viewer, rec_ids: Collection[str]) -> pl.DataFrame:
        """Those of some recommendations that the viewer may read, with their words (rec_text)."""
        rows, texts = (
            _picked(self._restricted(name), rec_ids).lazy() for name in ("recommendations", "recommendation_texts")
        )
        may_read = recommendation_rights.readable(rows, self._own_partnerships(viewer))
        return may_read.join(texts, on="rec_id", how="left").sort("rec_id").collect()

    def recommendation_pairs(self, viewer: Viewer) -> pl.LazyFrame:
        """Pairs whose later recommendation is the viewer's own; what is told of the earlier depends on whose it is.

        Where the earlier one may not be read (is_readable is false) only that there is one, and its scope, is told.
        """
        # By far the longest table: it stays in its file, of which a view reads what it picks.
        rows = pl.scan_parquet(self._restricted("recommendation_pairs"))
        return recommendation_rights.told_pairs(rows, self._own_partnerships(viewer), _shared_by_others(self, viewer))

    def recommendation_chains(self, viewer: Viewer) -> pl.LazyFrame:
        """Chains in which a recommendation of the viewer's own areas stands: how long, how wide, how old."""
        chains = _read(self._restricted("recommendation_chains")).lazy()
        if self._own_partnerships(viewer) is None:
            return chains
        members = self.recommendation_chain_members(viewer).filter("is_own")
        return chains.join(members, on="chain_id", how="semi")

    def recommendation_chain_members(self, viewer: Viewer) -> pl.LazyFrame:
        """Of each chain the recommendations that the viewer may read; the others are not told."""
        rows = _read(self._restricted("recommendation_chain_members")).lazy()
        own, shared = self._own_partnerships(viewer), _shared_by_others(self, viewer)
        return recommendation_rights.readable_members(rows, own, shared)

    def recommendation_index(self, viewer: Viewer) -> "Index | None":
        """The prepared texts of the recommendations that the viewer may read and that have words, by rec_id.

        None where they were prepared by another version of the words than this one.
        """
        from throughline.repetition.index import read_index

        whole = read_index(self.folder / RESTRICTED / INDEX)
        if whole is None:
            return None
        texts = _read(self._restricted("recommendation_texts")).lazy().select("rec_id").with_row_index("number")
        readable = self.recommendations(viewer).filter("has_text").select("rec_id")
        kept = texts.join(readable, on="rec_id", how="semi").sort("rec_id").select(pl.col("number").cast(pl.Int64))
        numbers = kept.collect()["number"].to_numpy()
        # Who may read all is given the index itself, and not a copy of its hundreds of megabytes.
        return whole if whole.is_of(numbers) else whole.take(numbers)

    def by_area(self, name: str, viewer: Viewer, *narrowing: pl.Expr) -> pl.DataFrame:
        """A restricted table of areas: true rows of the viewer's own, and of a public copy where there is one.

        What is wanted of it is picked out first: whose rows they are is asked of these alone.
        """
        if name not in BY_AREA:
            raise PermissionError(f"{name} is not a table of areas; read it through its own method")
        own = own_areas(self, viewer)
        shown = [_read(self._public(name)).filter(*narrowing)] if name in WITH_PUBLIC_COPY else []
        if own.is_empty():
            return shown[0] if shown else _read(self._restricted(name)).clear()
        true_rows = _read(self._restricted(name)).filter(*narrowing).join(own, on=AREA, how="semi")
        return pl.concat([true_rows, *(public.join(own, on=AREA, how="anti") for public in shown)], how="diagonal")

    def indicator_values(
        self,
        viewer: Viewer,
        *,
        indicator: str | None = None,
        area_type: str | None = None,
        area_codes: Sequence[str] | None = None,
        period_type: str | None = None,
        period: str | None = None,
        breakdown: str | None = None,
    ) -> pl.DataFrame:
        """Indicator values narrowed by whatever is named: true ones of the viewer's own areas, public ones of others.

        A public row holds no number where its status is c, and its reason is level (areas of that type or period are
        not published) or confidential.
        """
        wanted = {
            "area_type": area_type,
            "period_type": period_type,
            "period": period,
            "breakdown": breakdown,
        }
        codes = None if area_codes is None else tuple(area_codes)
        files = self._public("indicator_values"), self._restricted("indicator_values")
        return values_seen(self, *files, viewer, indicator, tuple(wanted.items()), codes)

    def viewer(self, text: str) -> Viewer:
        """Who is reading, as `Viewer.from_text` reads it; raises ValueError where this release has no such area."""
        viewer = Viewer.from_text(text)
        if viewer.area_code is not None:
            check_is_there(self.areas(), viewer)
        return viewer

    def _own_partnerships(self, viewer: Viewer) -> pl.Series | None:
        """Those of a viewer's own areas; None for the Panel's, which are all."""
        if viewer.role == "panel":
            return None
        return own_areas(self, viewer).filter(pl.col("area_type") == "partnership")["area_code"]

    def _public(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def _restricted(self, name: str) -> Path:
        return self.folder / RESTRICTED / f"{name}.parquet"


@lru_cache(maxsize=8)
def _manifest_text(folder: Path) -> str:
    return (folder / MANIFEST).read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def _read(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path, memory_map=False)


@lru_cache(maxsize=8)
def _by_rec_id(path: Path) -> pl.DataFrame:
    rows = _read(path)
    return rows if rows["rec_id"].is_sorted() else rows.sort("rec_id")


def _picked(path: Path, rec_ids: Collection[str]) -> pl.DataFrame:
    """Some recommendations' rows, found by halving: to look at every row takes long where there are half a million."""
    rows, wanted = _by_rec_id(path), pl.Series(sorted(rec_ids), dtype=pl.String)
    at = rows["rec_id"].search_sorted(wanted).unique()  # one that is not there would be at the place of the next
    return rows[at.filter(at < rows.height)].filter(pl.col("rec_id").is_in(wanted.implode()))


@lru_cache(maxsize=4)
def _catalogue(release: Release) -> dict[str, dict]:
    return {row["indicator"]: row for row in release.indicators().iter_rows(named=True)}


@lru_cache(maxsize=4)
def _shared_by_others(release: Release, viewer: Viewer) -> pl.Series:
    """The recommendations that a viewer may read and that are not of their own areas, by rec_id."""
    return release.recommendations(viewer).filter(~pl.col("is_own")).select("rec_id").collect()["rec_id"]


def open_current(workspace: Workspace) -> Release:
    """The release that the pointer names now; raises NoRelease where there is none that this version can read."""
    pointer = workspace.releases / POINTER
    if pointer.is_file():  # a system without symbolic links: the pointer is a file that holds the name
        return _readable(Release(workspace.releases / pointer.read_text(encoding="utf-8").strip()))
    try:
        return _readable(Release(workspace.releases / os.readlink(pointer)))
    except OSError:
        raise NoRelease(
            f"There is no release in {workspace.releases} yet. Make one with `throughline demo`, "
            "or with `throughline submit` and then `throughline build`."
        ) from None


def _readable(found: Release) -> Release:
    if found.manifest.get("layout") != LAYOUT:
        raise NoRelease(
            f"The release {found.release_id} was made by another version of Throughline. "
            "Make a new one with `throughline build`."
        )
    return found


def find_release(workspace: Workspace, release_id: str) -> Release:
    """The release of a name; raises NoSuchRelease where none is held that this version can read."""
    found = next((one for one in list_releases(workspace) if one.release_id == release_id), None)
    if found is None or found.manifest.get("layout") != LAYOUT:
        raise NoSuchRelease(f"There is no release {release_id!r} to read here; `throughline releases` lists them.")
    return found


def list_releases(workspace: Workspace) -> list[Release]:
    """Every release held, the first made first: a name begins with the day of the data, which may be an older one."""
    folders = (manifest.parent for manifest in workspace.releases.glob(f"[!.]*/{MANIFEST}"))
    return sorted((Release(folder) for folder in folders if not folder.is_symlink()), key=_made)


def earlier_releases(release: Release) -> list[Release]:
    """The releases made before this one and served as the news in their time, the last made first.

    Not those that this version cannot read, nor those of what was known on an earlier day (`build --as-at`).
    """
    held = list_releases(Workspace(release.folder.parent.parent))
    return [
        one
        for one in reversed(held)
        if _made(one) < _made(release) and one.manifest.get("layout") == LAYOUT and not one.manifest.get("known_by")
    ]


def _made(release: Release) -> tuple[str, str]:
    return release.manifest.get("made_at", ""), release.release_id


def point_to(workspace: Workspace, release_id: str) -> None:
    """Makes one release current in a single rename, so that a reader sees the old one or the new one."""
    manifest = workspace.releases / release_id / MANIFEST
    if not manifest.is_file():
        raise NoRelease(
            f"There is no release {release_id!r} in {workspace.releases}; `throughline releases` lists them."
        )
    if json.loads(manifest.read_text(encoding="utf-8")).get("layout") != LAYOUT:
        raise NoRelease(
            f"The release {release_id} was made by another version of Throughline, and this one cannot show it."
        )
    following = workspace.releases / f".{POINTER}-{secrets.token_hex(4)}"
    try:
        following.symlink_to(release_id)
    except OSError:
        following.write_text(release_id, encoding="utf-8")
    os.replace(following, workspace.releases / POINTER)
