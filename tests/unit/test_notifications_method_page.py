"""The worked examples of docs/methods/notifications.md, recounted."""

import re
from datetime import date

import pytest
import test_recount_notifications

from throughline.statistics import rate_interval, ratio_interval
from throughline.workspace import PROJECT

PAGE = (PROJECT / "docs" / "methods" / "notifications.md").read_text(encoding="utf-8")
TEXT = " ".join(PAGE.split())
LEEDS = {"submission_ref": "leeds-example", "new_la_code": "E08000035", "as_at": date(2026, 9, 30)}
ENGLAND = ("england", "E92000001")


def table(first_header: str) -> list[list[str]]:
    """The cells of the table whose first column has this heading."""
    rows = re.search(rf"^\| {re.escape(first_header)} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE).group(1)
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in rows.splitlines()]


NOTIFICATIONS = [
    LEEDS
    | {"incident_ref": f"notification {number}", "criteria_status": status, "nature": nature}
    | {"date_la_aware": aware or None, "date_notified": sent}
    for number, (status, nature, aware, sent) in enumerate(table("status"))
]
REFERRALS = [
    LEEDS
    | {"incident_ref": f"referral {number}", "harm_outcome": harm, "triage_outcome": outcome}
    | {"date_referred": referred, "notified": notified == "yes"}
    for number, (harm, outcome, referred, notified) in enumerate(table("harm"))
]


@pytest.fixture
def tally(monkeypatch):
    """The plain recount, of the page's rows in place of landed ones."""
    follow = [
        LEEDS
        | {"incident_ref": row["incident_ref"], "criteria_status": "MET", "nature": "CHILD_DEATH_ABUSE_NEGLECT"}
        | {"date_la_aware": "2022-04-04", "date_notified": "2022-04-04"}
        for row in REFERRALS
        if row["notified"]
    ]
    rows = {"notifications": NOTIFICATIONS + follow, "referrals": REFERRALS}
    monkeypatch.setattr(test_recount_notifications, "landed", lambda _, name: rows[name])
    return test_recount_notifications.recount(None)


def in_trend() -> list[str]:
    return [
        row["nature"]
        for row in NOTIFICATIONS
        if row["criteria_status"] not in ("DUPLICATE", "WITHDRAWN") and row["nature"] != "CARE_LEAVER_DEATH"
    ]


def test_the_count_and_its_natures():
    natures = in_trend()
    deaths = sum(nature.startswith("CHILD_DEATH") for nature in natures)
    harms, others = natures.count("SERIOUS_HARM"), natures.count("OTHER")
    assert (
        f"NT1 is **{len(natures)}**: {deaths} deaths, {harms} of serious harm and {others} other, "
        f"with {len(NOTIFICATIONS) - len(natures)} left out." in TEXT
    )
    lower, upper = ratio_interval([harms], [deaths])
    assert (
        f"NT4 is **{harms / deaths:.1f}**, {harms} to {deaths}, and could be from {lower[0]:.1f} to {upper[0]:.1f}."
        in TEXT
    )


def test_the_rates_and_the_ratio_to_the_expected():
    number = len(in_trend())
    lower, upper = rate_interval([number], [70_000], per=100_000)
    assert (
        f"NT2, with 70,000 children, is **{number / 70_000 * 100_000:.1f}** per 100,000 and could be from "
        f"{lower[0]:.1f} to {upper[0]:.1f}." in TEXT
    )
    assert f"NT3, with 2,400 children in need, is **{number / 2_400 * 10_000:.1f}** per 10,000." in TEXT
    expected = 70_000 * 12 / 400_000
    lower, upper = rate_interval([number], [expected], per=1)
    assert (
        f"12 notifications among 400,000 children, so {expected:.1f} are expected. The ratio is "
        f"**{number / expected:.1f}**, from {lower[0]:.1f} to {upper[0]:.1f}, and {expected:.1f} expected are too few"
        in TEXT
    )


def test_the_late_ones(tally):
    over_5 = tally.of("NT7", "over_5_working_days", *ENGLAND, "2024-2025")
    over_30 = tally.of("NT7", "over_30_days", *ENGLAND, "2024-2025")
    assert over_5[1] == over_30[1] and over_5[3] == over_30[3]
    assert (
        f"NT7 is **{over_5[0]} of {over_5[1]}** over 5 working days and **{over_30[0]} of {over_30[1]}** over 30 days, "
        f"with {over_5[3]} left out." in TEXT
    )


def test_the_referrals(tally):
    considered = tally.of("NT6", "total", *ENGLAND, "2025-2027")
    numerator, denominator, immature, excluded = tally.of("NT8", "total", *ENGLAND, "2025-2027")
    assert f"NT6 is **{considered[0]}**, with {considered[3]} left out." in TEXT
    assert f"NT8 is **{numerator} of {denominator}**, with {immature} too young and {excluded} left out." in TEXT


def test_one_authority_in_six_has_none_by_chance():
    from scipy.stats import poisson

    assert round(1 / poisson.pmf(0, 1.8)) == 6
