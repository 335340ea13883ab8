"""Which region and partnership a reader asks of the data quality, and the frames that answer it."""

from functools import cached_property

import polars as pl

from throughline import wording
from throughline.analyses.return_titles import return_order
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.report import Filter
from throughline.wording.scope import area_in_a_sentence

EVERYWHERE = "all"
NOBODY = ""
CHANGES = ["new", "gone", "changed"]


class View:
    """What was chosen, and the frames that answer it; a reader without a right to any partnership gets none of them."""

    def __init__(self, release: Release, viewer: Viewer, everyone: pl.DataFrame, filters: tuple[Filter, ...]) -> None:
        self.release, self.viewer, self.filters = release, viewer, filters
        chosen = {one.name: one.chosen for one in filters}
        region, partnership = chosen.get("region", EVERYWHERE), chosen.get("partnership", NOBODY)
        self.rows = everyone if region == EVERYWHERE else everyone.filter(pl.col("region_code") == region)
        self.region = region
        self.place = place_in_words(release, viewer, region)
        own = everyone.filter(pl.col("partnership_code") == partnership)
        self.one = own.row(0, named=True) if own.height else None
        self.asked = own if own.height else self.rows

    @cached_property
    def received(self) -> pl.DataFrame:
        """What is held of the one partnership, by return and year."""
        return self._of_one(self.release.returns_received(self.viewer))

    @cached_property
    def findings(self) -> pl.DataFrame:
        """How often the one partnership's return breaks each rule, with what the rule asks."""
        return (
            self._of_one(self.release.finding_counts(self.viewer))
            .join(self.rules.select("rule", "title"), on="rule", how="left")
            .sort("rule", "severity")
        )

    @cached_property
    def changes(self) -> pl.DataFrame:
        """What changed since the one partnership's return before, in the order of the template."""
        order = return_order()
        return self._of_one(self.release.return_changes(self.viewer)).sort(
            pl.col("return_name").replace_strict(order, default=len(order), return_dtype=pl.Int64),
            pl.col("change").replace_strict({kind: place for place, kind in enumerate(CHANGES)}, return_dtype=pl.Int64),
            "field",
        )

    @cached_property
    def rules(self) -> pl.DataFrame:
        """Every rule, in the order of the ids."""
        return self.release.table("rules").sort("rule")

    def _of_one(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.filter(pl.col("partnership_code") == self.one["partnership_code"])


def read_view(release: Release, viewer: Viewer, everyone: pl.DataFrame, query: Query) -> View:
    """The view that an address asks for; nothing in it is wrong to a reader who has nothing to choose from."""
    if not everyone.height:
        return View(release, viewer, everyone, ())
    regions, names = region_choices(release, everyone), partnership_choices(release, everyone)
    region = query.choose("region", "region", regions, regions[0].value)
    partnership = query.choose("partnership", "partnership", names, names[0].value)
    filters = (
        Filter("region", "Region of the table", regions, region, query.problems.get("region", "")),
        Filter("partnership", "One partnership in detail", names, partnership, query.problems.get("partnership", "")),
    )
    return View(release, viewer, everyone, filters)


def partnerships(release: Release, viewer: Viewer) -> pl.DataFrame:
    """One row for each partnership that the reader may see, in name order."""
    regions = release.areas().filter(pl.col("area_type") == "partnership")
    return (
        release.submission_quality(viewer)
        .join(
            regions.select(partnership_code="area_code", region_code="region_code"), on="partnership_code", how="left"
        )
        .with_columns(
            pl.col("partnership_name").map_elements(wording.short_name, return_dtype=pl.String).alias("short_name"),
            (pl.col("queries") - pl.col("queries_explained")).alias("queries_waiting"),
        )
        .sort(pl.col("short_name").str.to_lowercase())
    )


def region_names(release: Release) -> dict[str, str]:
    """Codes and names of regions, in order of name."""
    regions = release.areas().filter(pl.col("area_type") == "region").sort("area_name")
    return dict(regions.select("area_code", "area_name").iter_rows())


def region_choices(release: Release, everyone: pl.DataFrame) -> tuple[Choice, ...]:
    """The regions of the partnerships that the reader may see, and all of them together where there are several."""
    held = set(everyone["region_code"])
    regions = [Choice(code, name) for code, name in region_names(release).items() if code in held]
    return tuple(regions if len(regions) == 1 else [Choice(EVERYWHERE, "All regions"), *regions])


def partnership_choices(release: Release, everyone: pl.DataFrame) -> tuple[Choice, ...]:
    """Nobody in particular, then each partnership under its region; who may see but one has that one in detail."""
    names = region_names(release)
    by_region = everyone.sort(
        pl.col("region_code").replace_strict(names, default="", return_dtype=pl.String), maintain_order=True
    )
    nobody = [Choice(NOBODY, "None: all of them in one table")] if everyone.height > 1 else []
    return (
        *nobody,
        *(
            Choice(code, name, names.get(region))
            for code, name, region in by_region.select("partnership_code", "short_name", "region_code").iter_rows()
        ),
    )


def place_in_words(release: Release, viewer: Viewer, region: str) -> str:
    """Where the partnerships of the table are, as the end of a phrase."""
    if region != EVERYWHERE:
        return f" in {area_in_a_sentence('region', region_names(release)[region])}"
    return "" if viewer.role == "panel" else " that you may see"
