"""The only way in for readers: releases, which of them is current, and what a viewer may see of it."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from throughline.workspace import Workspace

POINTER = "current"
MANIFEST = "manifest.json"

# Tables with a row for somebody's own area: each is read through a method that asks who is reading.
GUARDED = ("indicator_values", "returns_received", "submission_quality", "finding_counts", "return_changes")

# Areas so large that their figures are everybody's; all others hold somebody's small numbers.
PUBLIC_AREA_TYPES = ["england", "region"]
NUMBERS = ["numerator", "denominator", "value", "lower95", "upper95", "lower998", "upper998"]
COUNTS = ["immature", "excluded"]


class NoRelease(Exception):
    """There is no release to read; the message says which command makes one."""


@dataclass(frozen=True)
class Viewer:
    """Who is reading: `public` unless told otherwise, or somebody with a right to one area, or to all."""

    role: str = "public"
    area_code: str | None = None

    @classmethod
    def public(cls) -> "Viewer":
        """Sees England and regions."""
        return cls()

    @classmethod
    def panel(cls) -> "Viewer":
        """The national Panel: sees every area."""
        return cls("panel")

    @classmethod
    def region(cls, region_code: str) -> "Viewer":
        """A regional improvement programme: sees the areas inside its own region."""
        return cls("region", region_code)

    @classmethod
    def partnership(cls, partnership_code: str) -> "Viewer":
        """A scrutineer or partner: sees one partnership."""
        return cls("partnership", partnership_code)

    @classmethod
    def from_text(cls, text: str) -> "Viewer":
        """Reads `public`, `panel`, `region:E12000002` or `partnership:leeds`; anything else is an error."""
        role, _, area_code = text.partition(":")
        if (role in ("public", "panel") and not area_code) or (role in ("region", "partnership") and area_code):
            return cls(role, area_code or None)
        raise ValueError(f"viewer {text!r}: write public, panel, region:CODE or partnership:CODE")


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
        """One published table that holds no area's small numbers."""
        if name in GUARDED:
            raise PermissionError(f"{name} is read through its own method, which asks who is reading")
        return _read(self.folder / f"{name}.parquet")

    def indicators(self) -> pl.DataFrame:
        """The catalogue: one row per indicator."""
        return self.table("indicators")

    def areas(self) -> pl.DataFrame:
        """One row per area of every type, with its name and region."""
        return self.table("areas")

    def area_partnerships(self) -> pl.DataFrame:
        """One row per group (region, force, board, neighbours) and partnership in it."""
        return self.table("area_partnerships")

    def published_notifications(self) -> pl.DataFrame:
        """DfE's published notification series, with how sure each figure is."""
        return self.table("published_notifications")

    def panel_counts(self) -> pl.DataFrame:
        """Counts from the Panel's annual reports, which are another series than DfE's."""
        return self.table("panel_counts")

    def returns_received(self, viewer: Viewer) -> pl.DataFrame:
        """What each partnership the viewer may see has sent, by return and reporting year."""
        return self._own_partnerships(viewer, "returns_received")

    def submission_quality(self, viewer: Viewer) -> pl.DataFrame:
        """The state of each partnership's current return: rows, findings, queries, changes; one row a partnership."""
        return self._own_partnerships(viewer, "submission_quality")

    def finding_counts(self, viewer: Viewer) -> pl.DataFrame:
        """How often each rule is broken in each partnership's current return, and how often that is explained."""
        return self._own_partnerships(viewer, "finding_counts")

    def return_changes(self, viewer: Viewer) -> pl.DataFrame:
        """How many records are new, gone or changed (by field) since each partnership's return before this one."""
        return self._own_partnerships(viewer, "return_changes")

    def _own_partnerships(self, viewer: Viewer, table: str) -> pl.DataFrame:
        rows = _read(self.folder / f"{table}.parquet")
        return rows.filter(pl.col("partnership_code").is_in(list(self._own_areas(viewer, "partnership"))))

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
        """Indicator values narrowed by whatever is named; numbers outside the viewer's rights are null, status c."""
        wanted = {
            "indicator": indicator,
            "area_type": area_type,
            "period_type": period_type,
            "period": period,
            "breakdown": breakdown,
        }
        rows = _read(self.folder / "indicator_values.parquet")
        narrowing = [pl.col(column) == text for column, text in wanted.items() if text is not None]
        if narrowing:
            rows = rows.filter(narrowing)
        if area_codes is not None:
            rows = rows.filter(pl.col("area_code").is_in(list(area_codes)))
        return self._within_rights(rows, viewer)

    def _within_rights(self, rows: pl.DataFrame, viewer: Viewer) -> pl.DataFrame:
        if viewer.role == "panel":
            return rows
        own = pl.lit(False)
        for area_type in ("partnership", "local_authority"):
            codes = list(self._own_areas(viewer, area_type))
            own = own | ((pl.col("area_type") == area_type) & pl.col("area_code").is_in(codes))
        hidden = ~(pl.col("area_type").is_in(PUBLIC_AREA_TYPES) | own) & (pl.col("status") != "x")
        return rows.with_columns(
            *(pl.when(hidden).then(None).otherwise(pl.col(name)).alias(name) for name in [*NUMBERS, *COUNTS]),
            pl.when(hidden).then(None).otherwise(pl.col("comparisons")).alias("comparisons"),
            pl.when(hidden).then(pl.lit("c")).otherwise(pl.col("status")).alias("status"),
        )

    def _own_areas(self, viewer: Viewer, area_type: str) -> set[str]:
        areas = self.areas().filter(pl.col("area_type") == area_type)
        if viewer.role == "panel":
            return set(areas["area_code"])
        if viewer.role == "region":
            return set(areas.filter(pl.col("region_code") == viewer.area_code)["area_code"])
        if viewer.role == "partnership" and area_type == "partnership":
            return {viewer.area_code}
        return set()


@lru_cache(maxsize=8)
def _manifest_text(folder: Path) -> str:
    return (folder / MANIFEST).read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def _read(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path, memory_map=False)


def open_current(workspace: Workspace) -> Release:
    """The release that the pointer names now; raises NoRelease where none has been published."""
    pointer = workspace.releases / POINTER
    if pointer.is_file():  # a system without symbolic links: the pointer is a file that holds the name
        return Release(workspace.releases / pointer.read_text(encoding="utf-8").strip())
    try:
        return Release(workspace.releases / os.readlink(pointer))
    except OSError:
        raise NoRelease(
            f"There is no release in {workspace.releases} yet. Make one with `throughline demo`, "
            "or with `throughline submit` and then `throughline build`."
        ) from None


def list_releases(workspace: Workspace) -> list[Release]:
    """Every release held, oldest first."""
    folders = workspace.releases.glob(f"*/{MANIFEST}")
    return [Release(manifest.parent) for manifest in sorted(folders) if not manifest.parent.is_symlink()]


def point_to(workspace: Workspace, release_id: str) -> None:
    """Makes one release current in a single rename, so that a reader sees the old one or the new one."""
    if not (workspace.releases / release_id / MANIFEST).is_file():
        raise NoRelease(
            f"There is no release {release_id!r} in {workspace.releases}; `throughline releases` lists them."
        )
    following = workspace.releases / f".{POINTER}-{secrets.token_hex(4)}"
    try:
        following.symlink_to(release_id)
    except OSError:
        following.write_text(release_id, encoding="utf-8")
    os.replace(following, workspace.releases / POINTER)
