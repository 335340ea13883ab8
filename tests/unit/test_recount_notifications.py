"""A slow, plain recount of notifications and referrals agrees with NT6 to NT8, by year and by quarter."""

import duckdb
import pytest
from test_recount import AUTHORITIES, SPINE_CODE, landed, reporting_year, to_date, working_days
from test_recount_recommendations import COUNTS, Tally, counted_in_the_house

from throughline import settings

INDICATORS = ("NT6", "NT7", "NT8")


class QuarterTally(Tally):
    """The same, with England's and the regions' quarters beside the years."""

    def add(self, indicator, breakdown, new_la_code, day, **counts):
        super().add(indicator, breakdown, new_la_code, day, **counts)
        code = SPINE_CODE.get(new_la_code, new_la_code)
        quarter = f"{reporting_year(day)}-Q{(day.month - 4) % 12 // 3 + 1}"
        for area in (("region", AUTHORITIES[code]["region_code"]), ("england", "E92000001")):
            for name, number in counts.items():
                self.counts[indicator, breakdown, *area, quarter, name] += number


def recount(workspace) -> QuarterTally:
    tally, notified = QuarterTally(), {}
    for row in landed(workspace, "notifications"):
        notified.setdefault((row["submission_ref"], row["incident_ref"]), set()).add(row["nature"])
        if row["nature"] == "CARE_LEAVER_DEATH" or row["criteria_status"] in ("DUPLICATE", "WITHDRAWN"):
            continue
        sent, aware = to_date(row["date_notified"]), to_date(row["date_la_aware"])
        unknown = aware is None or aware > sent
        distances = {
            "over_5_working_days": not unknown and working_days(aware, sent) > 5,
            "over_30_days": not unknown and (sent - aware).days > 30,
        }
        for breakdown, late in distances.items():
            tally.add_case("NT7", breakdown, row["new_la_code"], sent, late, excluded=unknown)
    for row in landed(workspace, "referrals"):
        natures = notified.get((row["submission_ref"], row["incident_ref"]), set())
        elsewhere = row["triage_outcome"] == "TRANSFERRED" or natures == {"CARE_LEAVER_DEATH"}
        referred = to_date(row["date_referred"])
        tally.add_case("NT6", "total", row["new_la_code"], referred, True, excluded=elsewhere)
        if row["harm_outcome"] == "DEATH":
            asked = not natures and row["triage_outcome"] == "PENDING"
            mature = working_days(referred, row["as_at"]) >= 20
            tally.add_case("NT8", "total", row["new_la_code"], referred, asked, elsewhere, mature)
    return tally


@pytest.fixture(scope="module")
def tally(small_workspace) -> QuarterTally:
    return recount(small_workspace)


@pytest.fixture(scope="module")
def counted(small_workspace) -> list[dict]:
    return counted_in_the_house(small_workspace, INDICATORS)


@pytest.fixture(scope="module")
def by_quarter(small_workspace) -> list[dict]:
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        rows = warehouse.sql("select * from marts.indicator_quarter_counts where indicator in ('NT6', 'NT7', 'NT8')")
        return rows.pl().to_dicts()


def test_every_yearly_count_is_what_a_plain_recount_finds(tally, counted):
    assert len(counted) > 1000
    for cell in counted:
        key = [cell[name] for name in ("indicator", "breakdown", "area_type", "area_code", "period")]
        assert tuple(cell[name] for name in COUNTS) == tally.of(*key), key


def test_every_quarter_is_what_a_plain_recount_finds(tally, by_quarter):
    assert {cell["indicator"] for cell in by_quarter} == {"NT6", "NT7"}
    assert len(by_quarter) > 100
    for cell in by_quarter:
        key = tuple(cell[name] for name in ("indicator", "breakdown", "area_type", "area_code", "period"))
        for name in ("numerator", "denominator", "excluded"):
            assert cell[name] == tally.counts[(*key, name)], (key, name)


def test_the_quarters_of_a_year_add_up_to_it(counted, by_quarter):
    years = {
        (cell["indicator"], cell["breakdown"], cell["period"]): cell["numerator"]
        for cell in counted
        if cell["area_type"] == "england" and cell["period_type"] == "year" and cell["indicator"] != "NT8"
    }
    for (indicator, breakdown, year), number in years.items():
        quarters = [
            cell["numerator"]
            for cell in by_quarter
            if (cell["indicator"], cell["breakdown"], cell["area_type"]) == (indicator, breakdown, "england")
            and cell["period"].startswith(year)
        ]
        assert sum(quarters) == number, (indicator, breakdown, year)


def test_the_catalogue_and_the_settings_give_the_same_days_to_the_unnotified_screen(small_workspace):
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        [(days,)] = warehouse.execute(
            "select matures_after_working_days from seeds.indicators where indicator = 'NT8'"
        ).fetchall()
    assert days == settings.whole("unnotified_screen_working_days") == 20
