"""What the made-up returns really hold: the planted differences, the bad rows and the repeats."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from throughline.synthetic.areas import Partnership
from throughline.synthetic.asks import grammar
from throughline.synthetic.bad_rows import BadRow
from throughline.synthetic.profiles import Planted

SAME_AREA_DAYS = 3 * 365
ACROSS_DAYS = 2 * 365
REPEAT_FIELDS = ("partnership_code", "rec_ref", "kind", "scope", "other_partnership_code", "other_rec_ref", "ask")


@dataclass
class Truth:
    """The answers that a test or a reader may compare the platform's findings with."""

    seed: int
    scale: float
    as_at: date
    partnerships: int
    rows: dict[str, int]
    notifications_by_year: dict[str, dict[str, int]]
    planted: list[Planted]
    bad_rows: list[BadRow]
    repeats: list[dict[str, str]] = field(repr=False)
    repeat_share: float = 0.0
    is_synthetic: bool = True

    def write(self, path: Path) -> None:
        """Write truth.json, which is not a return."""
        content: dict[str, Any] = asdict(self) | {"as_at": self.as_at.isoformat()}
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Truth":
        """Read truth.json back."""
        content = json.loads(path.read_text(encoding="utf-8"))
        content["as_at"] = date.fromisoformat(content["as_at"])
        content["planted"] = [Planted(**one) for one in content["planted"]]
        content["bad_rows"] = [BadRow(**one) for one in content["bad_rows"]]
        return cls(**content)


def find_true_repeats(asks: pl.DataFrame, partnerships: list[Partnership]) -> tuple[list[dict[str, str]], float]:
    """Every recommendation that asks what an earlier one asked, planned or by chance, and their share of all.

    In the partnership itself within three years, else across a shared police force or care board within two; the
    latest earlier one is named. Look-alikes (near in words, another ask) are listed too, and so is what a review
    says again after its own rapid review.
    """
    asks = asks.with_row_index("id").with_columns(
        folded=pl.col("rec_text").str.to_lowercase().str.replace_all(r"[^a-z]", "")
    )
    each = pl.concat(
        [asks, asks.filter(pl.col("second_ask").is_not_null()).with_columns(ask=pl.col("second_ask"))]
    ).sort("date_made")
    earlier = each.select(
        "date_made", "ask", "partnership_code", other="id", other_series="series", other_folded="folded"
    )
    here = _latest_earlier(each, earlier, ["partnership_code", "ask"], SAME_AREA_DAYS).with_columns(
        scope=pl.lit("SAME_AREA")
    )
    links = pl.DataFrame(
        [(one.partnership_code, group) for one in partnerships for group in one.neighbourhoods],
        schema=["partnership_code", "neighbourhood"],
        orient="row",
    )
    across = _latest_earlier(
        each.join(links, on="partnership_code").sort("date_made"),
        earlier.join(links, on="partnership_code")
        .with_columns(other_partnership=pl.col("partnership_code"))
        .sort("date_made"),
        ["neighbourhood", "ask"],
        ACROSS_DAYS,
    ).filter(pl.col("partnership_code") != pl.col("other_partnership"))
    across = across.with_columns(
        scope=pl.when(pl.col("neighbourhood").str.starts_with("E23"))
        .then(pl.lit("SAME_FORCE"))
        .otherwise(pl.lit("SAME_ICB"))
    )
    columns = ["id", "other", "ask", "scope", "series", "other_series", "folded", "other_folded"]
    found = pl.concat([here.select(columns), across.select(columns)])
    rank = pl.col("scope").replace_strict({"SAME_AREA": 0, "SAME_FORCE": 1, "SAME_ICB": 2})
    own_series = (pl.col("scope") == "SAME_AREA") & (pl.col("series") == pl.col("other_series"))
    found = found.with_columns(
        kind=pl.when(own_series)
        .then(pl.lit("same_review_series"))
        .when(pl.col("folded") == pl.col("other_folded"))
        .then(pl.lit("exact"))
        .otherwise(pl.lit("near"))
    )
    found = found.sort("id", rank, "other", "ask").unique("id", keep="first", maintain_order=True)
    share = found.filter(pl.col("kind") != "same_review_series").height / max(asks.height, 1)
    return _to_records(
        pl.concat([found.select("id", "other", "ask", "kind", "scope"), _look_alikes(asks)]), asks
    ), share


def _latest_earlier(each: pl.DataFrame, earlier: pl.DataFrame, by: list[str], within_days: int) -> pl.DataFrame:
    return each.join_asof(
        earlier,
        on="date_made",
        by=by,
        strategy="backward",
        allow_exact_matches=False,
        tolerance=f"{within_days}d",
        check_sortedness=False,
    ).filter(pl.col("other").is_not_null())


def _look_alikes(asks: pl.DataFrame) -> pl.DataFrame:
    """Planted ones only: the row they were made to resemble is in the same partnership."""
    first = pl.col("id").min().over("partnership_code")
    planted = asks.with_columns(other=(first + pl.col("earlier")).cast(pl.UInt32)).filter(
        pl.col("kind") == "look_alike"
    )
    return planted.select("id", "other", "ask", kind=pl.lit("look_alike"), scope=pl.lit("SAME_AREA"))


def _to_records(found: pl.DataFrame, asks: pl.DataFrame) -> list[dict[str, str]]:
    refs = asks.select("id", "partnership_code", "rec_ref")
    names = pl.Series([grammar().key(ask) for ask in found["ask"]], dtype=pl.String)
    joined = (
        found.with_columns(ask=names)
        .join(refs, on="id")
        .join(
            refs.rename({"partnership_code": "other_partnership_code", "rec_ref": "other_rec_ref"}),
            left_on="other",
            right_on="id",
        )
        .sort("id", "kind")
    )
    return joined.select(REPEAT_FIELDS).to_dicts()
