"""One partnership's returns as tables, in the column order of the specification."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
import yaml

from throughline.door.specification import load_specification
from throughline.synthetic.children import draw_children
from throughline.synthetic.draws import Rng, chance, pick, where_text
from throughline.synthetic.incidents import Columns, Setting, draw_incidents
from throughline.synthetic.lcsprs import draw_lcsprs
from throughline.synthetic.notifications import draw_notifications
from throughline.synthetic.parameters import FIRST_DAY, mix
from throughline.synthetic.profiles import stream
from throughline.synthetic.rapid_reviews import draw_impacts, draw_rapid_reviews
from throughline.synthetic.recommendations import draw_recommendations
from throughline.synthetic.recording import any_child_recorded, record_children
from throughline.synthetic.referrals import draw_referrals
from throughline.synthetic.working_calendar import reporting_year
from throughline.workspace import PROJECT

RETURNS = ("referrals", "children", "notifications", "rapid_reviews", "lcsprs", "recommendations")
ALL_RETURNS = ("submission", "nil_returns", *RETURNS)
# The date that says which reporting year a row belongs to.
YEAR_DATES = {
    "referrals": "date_referred",
    "notifications": "date_notified",
    "rapid_reviews": "date_rr_started",
    "lcsprs": "date_lcspr_decision",
    "recommendations": "date_made",
}


@dataclass(frozen=True)
class Drawn:
    """One partnership's returns, and what the truth file needs to know of its recommendations."""

    tables: dict[str, pl.DataFrame]
    asks: pl.DataFrame


@cache
def field_names(return_name: str) -> tuple[str, ...]:
    """The fields of a return, in the order of its specification."""
    path = PROJECT / "expectations" / "returns" / f"{return_name}.yml"
    return tuple(field["name"] for field in yaml.safe_load(path.read_text(encoding="utf-8"))["fields"])


def draw_partnership(setting: Setting, seed: int) -> Drawn:
    """Draw every record of one partnership, each stage from a stream of its own."""
    code = setting.partnership.partnership_code

    def chances(stage: str) -> Rng:
        return stream(seed, code, stage)

    incidents = draw_incidents(setting, chances("incidents"))
    notifications = draw_notifications(setting, incidents, chances("notifications"))
    reviews = draw_rapid_reviews(setting, notifications, chances("rapid reviews"))
    lcsprs = draw_lcsprs(setting, incidents, notifications, reviews, chances("lcsprs"))
    children = _children_by_stage(setting, incidents, notifications, reviews, lcsprs, chances("children"))
    recommendations = draw_recommendations(setting, incidents, reviews, lcsprs, seed, chances("recommendations"))
    drawn = {
        "referrals": draw_referrals(setting, incidents, chances("referrals")),
        "children": children,
        "notifications": notifications,
        "rapid_reviews": reviews,
        "lcsprs": lcsprs,
        "recommendations": recommendations,
    }
    tables = {name: to_table(columns, field_names(name)) for name, columns in drawn.items()}
    years = {name: reporting_year(drawn[name][field]) for name, field in YEAR_DATES.items()}
    years["children"] = years["referrals"]
    tables["nil_returns"] = _nil_returns(setting, years, chances("nil returns"))
    tables["submission"] = _submission(setting)
    asks = to_table(
        recommendations,
        ("rec_ref", "date_made", "rec_text", "source_type", "series", "ask", "second_ask", "kind", "earlier"),
    )
    return Drawn(tables, asks.with_columns(partnership_code=pl.lit(code)))


def to_table(columns: Columns, names: tuple[str, ...]) -> pl.DataFrame:
    """Typed columns, with nothing where a text is empty, a date is missing or a number is below zero."""
    table = {}
    for name in names:
        column = columns[name]
        if column.dtype.kind == "M":
            table[name] = pl.Series(name, column.astype("datetime64[D]")).cast(pl.Date)
        elif column.dtype.kind == "f":
            table[name] = pl.Series(name, column)
        elif column.dtype.kind in "iu":
            series = pl.Series(name, column.astype(np.int64))
            table[name] = series.set(series < 0, None)
        else:
            table[name] = pl.Series(name, [value or None for value in column.tolist()], dtype=pl.String)
    return pl.DataFrame(table)


def _children_by_stage(
    setting: Setting, incidents: Columns, notifications: Columns, reviews: Columns, lcsprs: Columns, rng: Rng
) -> Columns:
    """The children return; also fills in which effects each review considered, since that rests on what is recorded."""
    size = len(incidents["incident_ref"])
    children = draw_children(setting, incidents, rng)
    of_review = notifications["incident"][reviews["notification"]]
    # A review of a near miss has no notification, and records no child at this stage.
    begun = (
        (lcsprs["origin"] != "NEAR_MISS") & (lcsprs["origin"] != "GOOD_PRACTICE") & ~np.isnat(lcsprs["date_tor_agreed"])
    )
    in_lcspr = [row for rows in lcsprs["incident_rows"][begun] for row in rows]
    rows_of_stage = {
        "TRIAGE": np.arange(size),
        "SIN": notifications["incident"],
        "RR": of_review,
        "LCSPR": np.array(in_lcspr, dtype=int),
    }
    reached, dates = {}, {}
    for stage, rows in rows_of_stage.items():
        reached[stage] = np.isin(np.arange(size), rows)
        dates[stage] = incidents["date_notified"] if stage != "TRIAGE" else incidents["date_referred"]
    table, recorded = record_children(setting, incidents, children, reached, dates, rng)
    known = {stage: any_child_recorded(recorded[stage], children, size) for stage in ("RR", "LCSPR")}
    in_review = {name: flags[of_review] for name, flags in known["RR"].items()}
    reviews |= draw_impacts(in_review, rng)
    reviews["intersectionality"] = where_text(
        chance(rng, 0.7, len(of_review)),
        pick(rng, mix("intersectionality"), len(of_review)),
    )
    both = {name: known["LCSPR"][name] & known["RR"][name] for name in known["RR"]}
    in_lcsprs = {
        name: np.array([flags[rows].any() if len(rows) else False for rows in lcsprs["incident_rows"]], dtype=bool)
        for name, flags in both.items()
    }
    completed = ~np.isnat(lcsprs["date_signed_off"])
    lcsprs |= {name: where_text(completed, column) for name, column in draw_impacts(in_lcsprs, rng).items()}
    _withhold(incidents, lcsprs, table, rng)
    return table


def _withhold(incidents: Columns, lcsprs: Columns, table: Columns, rng: Rng) -> None:
    """Some published reports leave a known characteristic out; the children of the review then show it as withheld."""
    size = len(lcsprs["lcspr_ref"])
    chosen = (lcsprs["status"] == "PUBLISHED") & chance(rng, 0.15, size)
    lcsprs["characteristics_withheld"] = where_text(chosen, pick(rng, mix("characteristic_withheld"), size))
    for name in ("ETHNICITY", "RELIGION", "DISABILITY"):
        rows = [row for rows in lcsprs["incident_rows"][lcsprs["characteristics_withheld"] == name] for row in rows]
        field = name.lower()
        hidden = (
            np.isin(table["incident_row"], rows)
            & (table["stage"] == "LCSPR")
            & (table[f"{field}_status"] == "RECORDED")
        )
        table[f"{field}_status"] = where_text(hidden, "WITHHELD", table[f"{field}_status"])
        table[f"{field}_value"] = where_text(hidden, "", table[f"{field}_value"])


def _nil_returns(setting: Setting, years: dict[str, np.ndarray], rng: Rng) -> pl.DataFrame:
    """One row for each return and reporting year without a record; some partnerships forget a few."""
    rows = [(name, year) for name in RETURNS for year in setting.expectations.years if not np.any(years[name] == year)]
    if setting.profile.forgets_nil_returns:
        rows = [row for row in rows if rng.random() < 0.4]
    return pl.DataFrame(rows, schema={"return_name": pl.String, "reporting_year": pl.Int64}, orient="row")


def _submission(setting: Setting) -> pl.DataFrame:
    columns = {
        "partnership_code": setting.partnership.partnership_code,
        "period_start": np.datetime64(FIRST_DAY),
        "as_at_date": setting.as_at,
        "specification_version": load_specification().version,
        "prepared_by_role": "Business manager",
        "is_synthetic": "Y",
    }
    arrays = {
        name: np.array([value], dtype="datetime64[D]" if isinstance(value, np.datetime64) else object)
        for name, value in columns.items()
    }
    return to_table(arrays, field_names("submission"))
