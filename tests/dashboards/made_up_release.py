"""Writes a small made-up release: real area names, random counts, every status, so that pages can be tried."""

import json
from pathlib import Path

import made_up_marts
import made_up_quality
import made_up_recommendations
import made_up_values
import polars as pl

from throughline import release
from throughline.workspace import PROJECT, Workspace

SEEDS = PROJECT / "seeds"
RELEASE_ID = "2026-09-30-madeup000000"
ENGLAND = "E92000001"
# Tables that only those with a right to an area may read.
RESTRICTED = ["returns_received", "submission_quality", "finding_counts", "return_changes"]


def write_release(root: Path, regions: tuple[str, ...] = ("E12000001", "E12000004")) -> Workspace:
    """A release in `root`, made current; only the partnerships of the named regions, to stay quick."""
    workspace = Workspace(root)
    folder = workspace.releases / RELEASE_ID
    folder.mkdir(parents=True)
    partnerships = partnerships_of(regions)
    tables = {
        "areas": areas(partnerships),
        "area_partnerships": groups(partnerships),
        "tile_map": tile_map(regions),
        "indicators": pl.read_csv(SEEDS / "indicators.csv", infer_schema_length=None),
        "published_notifications": published(),
        "settings": pl.read_csv(SEEDS / "settings.csv", infer_schema=False),
        "gate_results": gate_results(),
        "panel_counts": pl.read_csv(SEEDS / "published" / "panel_published_counts.csv", infer_schema_length=None),
        **made_up_quality.tables(partnerships, [int(year) for year in made_up_values.YEARS]),
    }
    catalogue = tables["indicators"]
    valued = made_up_values.values(partnerships, tables["area_partnerships"], catalogue, tables["areas"])
    rows = made_up_values.with_public_status(valued, catalogue)
    tables["indicator_values"] = made_up_values.as_public(rows)
    (folder / release.RESTRICTED).mkdir()
    for name, frame in tables.items():
        frame.write_parquet((folder / release.RESTRICTED if name in RESTRICTED else folder) / f"{name}.parquet")
    rows.write_parquet(folder / release.RESTRICTED / "indicator_values.parquet")
    marts = made_up_marts.tables(partnerships) | made_up_recommendations.tables(partnerships)
    for name, frame in marts.items():
        frame.write_parquet(folder / release.RESTRICTED / f"{name}.parquet")
    published_marts = made_up_marts.public_tables(marts) | made_up_recommendations.public_tables()
    for name, frame in published_marts.items():
        frame.write_parquet(folder / f"{name}.parquet")
    manifest = {
        "layout": release.LAYOUT,
        "release_id": RELEASE_ID,
        "made_at": "2026-10-05T09:30:00+00:00",
        "as_at_date": "2026-09-30",
        "known_by": None,
        "is_synthetic": True,
        "inputs_fingerprint": "0123456789abcdef" * 4,
        "submissions": [f"{code}-2026-09-30" for code in partnerships["partnership_code"]],
        "versions": {"throughline": "0.1.0"},
        "restricted_rows": {name: frame.height for name, frame in marts.items()},
    }
    (folder / release.MANIFEST).write_text(json.dumps(manifest))
    release.point_to(workspace, RELEASE_ID)
    return workspace


def gate_results() -> pl.DataFrame:
    """One expectation that holds and one that asks for a look."""
    return pl.DataFrame(
        {
            "expectation_id": ["G01", "G85"],
            "table": ["indicator_values", "published_reconciliation"],
            "message": ["There is no indicator value.", "Notifications are other than DfE published."],
            "rows_unexpected": [0, 3],
            "outcome": ["passed", "note"],
        }
    )


def partnerships_of(regions: tuple[str, ...]) -> pl.DataFrame:
    """Current partnerships with the region, force and board of their first authority."""
    text = {"infer_schema": False}
    here = pl.read_csv(SEEDS / "areas" / "partnership_local_authorities.csv", **text).filter(
        pl.col("valid_to").is_null()
    )
    authorities = pl.read_csv(SEEDS / "areas" / "local_authorities.csv", **text)
    boards = pl.read_csv(SEEDS / "areas" / "local_authority_icbs.csv", **text).filter(pl.col("is_main_icb") == "true")
    names = pl.read_csv(SEEDS / "areas" / "partnerships.csv", **text)
    return (
        here.join(authorities, on="new_la_code")
        .join(boards, on="new_la_code", how="left")
        .join(names, on="partnership_code")
        .filter(pl.col("region_code").is_in(regions))
        .sort("partnership_code", "new_la_code")
        .unique("partnership_code", keep="first", maintain_order=True)
        .select("partnership_code", "partnership_name", "region_code", "police_force_code", "icb_code")
    )


def tile_map(regions: tuple[str, ...]) -> pl.DataFrame:
    """The tile of every authority of the regions, with its partnership."""
    text = {"infer_schema": False}
    here = pl.read_csv(SEEDS / "areas" / "partnership_local_authorities.csv", **text).filter(
        pl.col("valid_to").is_null()
    )
    authorities = pl.read_csv(SEEDS / "areas" / "local_authorities.csv", **text)
    return (
        pl.read_csv(SEEDS / "areas" / "authority_tiles.csv")
        .join(authorities, on="new_la_code")
        .join(here, on="new_la_code")
        .filter(pl.col("region_code").is_in(regions))
        .select("new_la_code", "la_name", "region_code", "partnership_code", "tile_name", "tile_column", "tile_row")
    )


def areas(partnerships: pl.DataFrame) -> pl.DataFrame:
    """Every area that a form offers."""
    parts = [
        pl.DataFrame(
            {"area_type": ["england"], "area_code": [ENGLAND], "area_name": ["England"], "region_code": [None]},
            schema_overrides={"region_code": pl.String},
        )
    ]
    for area_type, file, code, name in (
        ("region", "regions", "region_code", "region_name"),
        ("police_force", "police_forces", "police_force_code", "police_force_name"),
        ("icb", "integrated_care_boards", "icb_code", "icb_name"),
    ):
        frame = pl.read_csv(SEEDS / "areas" / f"{file}.csv", infer_schema=False)
        used = frame.filter(pl.col(code).is_in(partnerships[code].to_list()))
        region = pl.col(code) if area_type == "region" else pl.lit(None, dtype=pl.String)
        parts.append(
            used.select(
                pl.lit(area_type).alias("area_type"),
                pl.col(code).alias("area_code"),
                pl.col(name).alias("area_name"),
                region.alias("region_code"),
            )
        )
    own = partnerships.select(
        pl.lit("partnership").alias("area_type"),
        area_code="partnership_code",
        area_name="partnership_name",
        region_code="region_code",
    )
    return pl.concat(
        [*(part.select("area_type", "area_code", "area_name", "region_code") for part in parts), own]
    ).with_columns(is_current=pl.lit(True))


def groups(partnerships: pl.DataFrame) -> pl.DataFrame:
    """Which partnerships each group holds; neighbours are simply the next ten by name."""
    parts = [
        partnerships.select(
            group_type=pl.lit("england"), group_code=pl.lit(ENGLAND), partnership_code="partnership_code"
        )
    ]
    for group_type, code in (("region", "region_code"), ("police_force", "police_force_code"), ("icb", "icb_code")):
        parts.append(
            partnerships.select(group_type=pl.lit(group_type), group_code=code, partnership_code="partnership_code")
        )
    codes = partnerships["partnership_code"].to_list()
    near = [(code, codes[(place + step) % len(codes)]) for place, code in enumerate(codes) for step in range(1, 11)]
    parts.append(
        pl.DataFrame(near, schema=["group_code", "partnership_code"], orient="row").select(
            group_type=pl.lit("statistical_neighbours"), group_code="group_code", partnership_code="partnership_code"
        )
    )
    return pl.concat(parts)


def published() -> pl.DataFrame:
    """DfE's published series, as the release holds it."""
    national = pl.read_csv(SEEDS / "published" / "published_notifications_national.csv", infer_schema=False).filter(
        pl.col("breakdown_topic") == "total"
    )
    region = pl.read_csv(SEEDS / "published" / "published_notifications_region.csv", infer_schema=False).filter(
        pl.col("geographic_level") == "regional"
    )
    columns = [
        "reporting_year",
        "geographic_level",
        "area_code",
        "area_name",
        "period",
        "nature",
        "number_notifications",
        "number_rounding",
        "value_status",
        "publisher",
        "source_url",
        "note",
    ]
    england = national.with_columns(
        geographic_level=pl.lit("national"),
        area_code=pl.lit(ENGLAND),
        area_name=pl.lit("England"),
        nature="nature_of_notification",
        number_rounding=pl.lit("unrounded"),
    )
    regions = region.with_columns(period=pl.lit("full_year"), nature=pl.lit("total"), publisher=pl.lit("DfE"))
    both = pl.concat([england.select(columns), regions.select(columns)])
    return both.with_columns(pl.col("reporting_year", "number_notifications").cast(pl.Int64))
