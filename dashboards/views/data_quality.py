"""What the page on data quality was asked for, the frames that answer it, and their files."""

from functools import cache
from urllib.parse import urlencode

import polars as pl

from dashboards.data import viewer
from throughline import wording
from throughline.charts.notification_series import NATURES, published_note
from throughline.query import Choice, Query
from throughline.release import Release
from throughline.wording import data_quality as words

EVERYWHERE = "all"
NOBODY = ""
CHANGES = ["new", "gone", "changed"]


class View:
    """What was chosen, and the frames that answer it; a reader without a right to any partnership gets none of them."""

    def __init__(self, release: Release, everyone: pl.DataFrame, region: str, partnership: str) -> None:
        self.everyone = everyone
        self.region, self.partnership = region, partnership
        self.rows = everyone if region == EVERYWHERE else everyone.filter(pl.col("region_code") == region)
        self.place = place_in_words(release, region, everyone)
        own = everyone.filter(pl.col("partnership_code") == partnership)
        self.one = own.row(0, named=True) if own.height else None
        self.asked = own if own.height else self.rows
        codes = self.asked["partnership_code"].to_list()
        self.received = of_partnerships(release.returns_received(viewer()), codes)
        self.rules = release.table("rules").sort("rule")
        self.findings = (
            of_partnerships(release.finding_counts(viewer()), codes)
            .join(self.rules.select("rule", "title"), on="rule", how="left")
            .sort("partnership_code", "rule", "severity")
        )
        self.changes = of_partnerships(release.return_changes(viewer()), codes).sort(
            "partnership_code",
            pl.col("return_name").replace_strict(return_order(), default=len(return_order()), return_dtype=pl.Int64),
            pl.col("change").replace_strict({kind: place for place, kind in enumerate(CHANGES)}, return_dtype=pl.Int64),
            "field",
        )
        self.reconciliation = reconciliation(release)

    @property
    def chosen(self) -> dict[str, str]:
        """What the address must say to lead here again."""
        return {"region": self.region, "partnership": self.partnership}

    @property
    def about(self) -> str:
        """The partnership or the region, for the page's title; nothing where all are shown."""
        return self.one["short_name"] if self.one else self.place.removeprefix(" in ").removeprefix(" that you may see")

    def leading_to(self, partnership: str) -> str:
        """The part of an address that keeps the region and names a partnership."""
        return "?" + urlencode({"region": self.region, "partnership": partnership})


def read_view(release: Release, query: Query) -> View:
    """The view that an address asks for; nothing in it is wrong to a reader who has nothing to choose from."""
    everyone = partnerships(release)
    if not everyone.height:
        return View(release, everyone, EVERYWHERE, NOBODY)
    regions, own = region_choices(release, everyone), viewer().role == "partnership"
    region = query.choose("region", "region", regions, regions[0].value)
    default = everyone["partnership_code"][0] if own else NOBODY
    partnership = query.choose("partnership", "partnership", partnership_choices(release, everyone), default)
    return View(release, everyone, region, partnership)


def partnerships(release: Release) -> pl.DataFrame:
    """One row for each partnership that the reader may see, in name order."""
    regions = release.areas().filter(pl.col("area_type") == "partnership")
    return (
        release.submission_quality(viewer())
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


def region_choices(release: Release, everyone: pl.DataFrame) -> list[Choice]:
    """The regions of the partnerships that the reader may see, and all of them together where there are several."""
    held = set(everyone["region_code"])
    regions = [Choice(code, name) for code, name in region_names(release).items() if code in held]
    return regions if len(regions) == 1 else [Choice(EVERYWHERE, "All regions"), *regions]


def partnership_choices(release: Release, everyone: pl.DataFrame) -> list[Choice]:
    """Nobody in particular, then each partnership under its region."""
    names = region_names(release)
    by_region = everyone.sort(
        pl.col("region_code").replace_strict(names, default="", return_dtype=pl.String), maintain_order=True
    )
    return [
        Choice(NOBODY, "None: all of them in one table"),
        *(
            Choice(code, name, names.get(region))
            for code, name, region in by_region.select("partnership_code", "short_name", "region_code").iter_rows()
        ),
    ]


def place_in_words(release: Release, region: str, everyone: pl.DataFrame) -> str:
    """Where the partnerships of the table are, as the end of a phrase."""
    if region != EVERYWHERE:
        return f" in {region_names(release)[region]}"
    return "" if viewer().role == "panel" else " that you may see"


def of_partnerships(rows: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """The rows of some partnerships."""
    return rows.filter(pl.col("partnership_code").is_in(codes))


def reconciliation(release: Release) -> pl.DataFrame:
    """DfE's counts and the returns' own by area, year and nature; England first, then regions by name."""
    order = {nature: place for place, nature in enumerate(NATURES)}
    return release.table("published_reconciliation").sort(
        pl.col("geographic_level") != "national",
        "area_name",
        "reporting_year",
        pl.col("nature").replace_strict(order, default=len(order), return_dtype=pl.Int64),
    )


@cache
def return_titles() -> dict[str, str]:
    """The title of each return, in the order of the template."""
    from throughline.door.specification import load_specification

    return {name: specification.title for name, specification in load_specification().returns.items()}


def return_order() -> dict[str, int]:
    """Where each return stands in the template."""
    return {name: place for place, name in enumerate(return_titles())}


def return_title(name: str) -> str:
    """A return as the template calls it; one of an older release that is no longer asked for keeps its name."""
    return words.in_words(return_titles(), name)


@cache
def field_title(return_name: str, field: str) -> str:
    """A field as the template calls it, with its column name, so that it can be found in the sheet."""
    from throughline.door.specification import load_specification

    specification = load_specification().returns.get(return_name)
    titles = {each.name: each.title for each in specification.fields} if specification else {}
    return f"{titles[field]} ({field})" if field in titles else field


def partnerships_file(release: Release, query: Query) -> tuple[str, pl.DataFrame]:
    """One row a partnership, as the table shows them."""
    view = read_view(release, query)
    frame = view.rows.drop("short_name").with_columns(pl.lit(words.LIMIT_OF_CHECKS).alias("how_to_read"))
    return f"data-quality-partnerships{view.place}", frame


def received_file(release: Release, query: Query) -> tuple[str, pl.DataFrame]:
    """What is held by partnership, return and year; without a count where nothing was sent."""
    view = read_view(release, query)
    frame = view.received.with_columns(
        pl.when(pl.col("state") == "missing").then(None).otherwise(pl.col("records")).alias("records"),
        pl.lit(words.STATES_EXPLAINED).alias("how_to_read"),
    )
    return f"data-quality-returns-held{of_whom(view)}", frame


def findings_file(release: Release, query: Query) -> tuple[str, pl.DataFrame]:
    """How often each rule is broken, by partnership."""
    view = read_view(release, query)
    frame = view.findings.with_columns(pl.lit(words.SEVERITIES_EXPLAINED).alias("how_to_read"))
    return f"data-quality-findings{of_whom(view)}", frame


def changes_file(release: Release, query: Query) -> tuple[str, pl.DataFrame]:
    """What changed since the return before, by partnership, return and field."""
    view = read_view(release, query)
    frame = view.changes.with_columns(pl.lit(words.CHANGES_EXPLAINED).alias("how_to_read"))
    return f"data-quality-changes{of_whom(view)}", frame


def reconciliation_file(release: Release, query: Query) -> tuple[str, pl.DataFrame]:
    """DfE's counts beside the returns' own, with how each figure is known."""
    rows = reconciliation(release)
    both = [(published_note(row), words.difference_in_words(row)) for row in rows.iter_rows(named=True)]
    frame = rows.with_columns(
        pl.Series("how_it_is_known", [note for note, _ in both], dtype=pl.String),
        pl.Series("difference", [difference for _, difference in both], dtype=pl.String),
        pl.lit(words.DIFFERENCE_IS_A_QUESTION).alias("how_to_read"),
    )
    return "data-quality-published-counts", frame


def rules_file(release: Release, query: Query) -> tuple[str, pl.DataFrame]:
    """Every rule of the return."""
    rules = release.table("rules").sort("rule")
    return "data-quality-rules", rules.with_columns(pl.lit(words.SEVERITIES_EXPLAINED).alias("how_to_read"))


def of_whom(view: View) -> str:
    """Whose rows a file holds, as the end of its name."""
    return f" {view.one['short_name']}" if view.one else view.place
