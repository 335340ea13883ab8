"""Writes a small made-up release: real area names, random counts, every status, so that pages can be tried."""

import json
from pathlib import Path

import made_up_quality
import numpy as np
import polars as pl

from throughline import indicators, release
from throughline.workspace import PROJECT, Workspace

SEEDS = PROJECT / "seeds"
RELEASE_ID = "2026-09-30-madeup000000"
ENGLAND = "E92000001"
PROPORTIONS = {"CV2": 0.9, "CV3": 0.25, "CV4": 0.23, "CV6": 0.8}
YEARS = [str(year) for year in range(2021, 2028)]
EXPECTED = {"2021": 520, "2022": 440, "2023": 450, "2024": 400, "2025": 340, "2026": 355, "2027": 170}
NATURE_SHARES = {"child_death": 0.45, "serious_harm": 0.52, "other": 0.03}


def write_release(root: Path, regions: tuple[str, ...] = ("E12000001", "E12000004")) -> Workspace:
    """A release in `root`, made current; only the partnerships of the named regions, to stay quick."""
    workspace = Workspace(root)
    folder = workspace.releases / RELEASE_ID
    folder.mkdir(parents=True)
    partnerships = partnerships_of(regions)
    tables = {
        "areas": areas(partnerships),
        "area_partnerships": groups(partnerships),
        "indicators": pl.read_csv(SEEDS / "indicators.csv", infer_schema_length=None),
        "published_notifications": published(),
        "panel_counts": pl.read_csv(SEEDS / "published" / "panel_published_counts.csv", infer_schema_length=None),
        **made_up_quality.tables(partnerships, [int(year) for year in YEARS]),
    }
    tables["indicator_values"] = values(
        partnerships, tables["area_partnerships"], tables["indicators"], tables["areas"]
    )
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet")
    manifest = {"as_at_date": "2026-09-30", "is_synthetic": True}
    (folder / release.MANIFEST).write_text(json.dumps(manifest))
    release.point_to(workspace, RELEASE_ID)
    return workspace


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


def values(
    partnerships: pl.DataFrame, membership: pl.DataFrame, catalogue: pl.DataFrame, all_areas: pl.DataFrame
) -> pl.DataFrame:
    """Random counts for each partnership, pooled for each group, then valued as a build would."""
    random = np.random.default_rng(7)
    codes = partnerships["partnership_code"].to_list()
    rows = [row for code in codes for row in partnership_counts(code, random, len(codes))]
    own = pl.DataFrame(rows, infer_schema_length=None)
    three = own.filter(pl.col("period").is_in(["2024", "2025", "2026"])).with_columns(
        period_type=pl.lit("three_years"), period=pl.lit("2024-2026")
    )
    cell = ["period_type", "period", "indicator", "breakdown"]
    add = [pl.col(name).sum() for name in ("numerator", "denominator", "immature", "excluded")] + [
        pl.col("is_part_period").max()
    ]
    own = pl.concat([own, three.group_by("area_type", "area_code", *cell).agg(add).select(own.columns)])
    joined = membership.join(own, left_on="partnership_code", right_on="area_code")
    pooled = (
        joined.group_by("group_type", "group_code", *cell)
        .agg(add)
        .rename({"group_type": "area_type", "group_code": "area_code"})
    )
    counts = pl.concat([own, pooled.select(own.columns)]).with_columns(
        authorities=pl.lit(1), authorities_returned=pl.when(pl.col("area_code") == codes[2]).then(0).otherwise(1)
    )
    found = indicators.indicator_values(counts, quarters(random), catalogue, all_areas)
    hidden = (pl.col("area_code") == codes[4]) & (pl.col("indicator") == "CV6")
    numbers = ["numerator", "denominator", "value", "lower95", "upper95", "lower998", "upper998", "comparisons"]
    return found.with_columns(
        *(pl.when(hidden).then(None).otherwise(pl.col(name)).alias(name) for name in numbers),
        pl.when(hidden).then(pl.lit("c")).otherwise(pl.col("status")).alias("status"),
    )


def partnership_counts(code: str, random: np.random.Generator, units: int) -> list[dict]:
    """One partnership's counts by year; every partnership is alike but for luck."""
    rows = []
    for year in YEARS:
        part = year == "2027"
        base = {
            "area_type": "partnership",
            "area_code": code,
            "period_type": "year",
            "period": year,
            "immature": 0,
            "excluded": 0,
            "is_part_period": part,
        }
        split = {nature: int(random.poisson(share * EXPECTED[year] / units)) for nature, share in NATURE_SHARES.items()}
        total = sum(split.values())
        size = 12_183_000 / units * (0.5 if part else 1)
        add = [("NT1", nature, count, None) for nature, count in split.items()]
        add += [("NT1", "total", total, None), ("NT2", "total", total, size), ("NT3", "total", total, size / 30)]
        add += [
            ("NT4", "total", split["serious_harm"], split["child_death"]),
            ("NT5", "total", total, EXPECTED[year] / units),
        ]
        for indicator, share in PROPORTIONS.items():
            cases = int(random.poisson(6)) if indicator != "CV6" else int(random.poisson(2))
            add.append((indicator, "total", int(random.binomial(cases, share)), cases))
        for indicator, breakdown, numerator, denominator in add:
            extra = {"immature": int(random.poisson(1.5)) if indicator.startswith("CV") and year >= "2026" else 0}
            rows.append(
                {
                    **base,
                    **extra,
                    "indicator": indicator,
                    "breakdown": breakdown,
                    "numerator": numerator,
                    "denominator": None if denominator is None else float(denominator),
                }
            )
    return rows


def quarters(random: np.random.Generator) -> pl.DataFrame:
    """England's notifications by quarter, to the last whole one before the as-at date."""
    names = [f"{year}-Q{quarter}" for year in YEARS for quarter in range(1, 5) if (year, quarter) <= ("2027", 2)]
    counts = [int(random.poisson(EXPECTED[name[:4]] / (4 if name[:4] < "2027" else 2))) for name in names]
    return pl.DataFrame(
        {
            "area_type": "england",
            "area_code": ENGLAND,
            "period_type": "quarter",
            "period": names,
            "indicator": "NT1",
            "breakdown": "total",
            "numerator": counts,
            "denominator": None,
            "excluded": 0,
            "is_part_period": False,
        },
        schema_overrides={"denominator": pl.Float64},
    )


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
