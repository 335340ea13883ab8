"""Incidents considered at triage: those notified, and those screened out or still waiting."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from throughline.synthetic.areas import Partnership
from throughline.synthetic.draws import Rng, chance, numbered, pick, where_text, yes_no_unknown
from throughline.synthetic.expectations import NATURES, Expectations
from throughline.synthetic.parameters import FIRST_DAY, parameters
from throughline.synthetic.profiles import Profile
from throughline.synthetic.working_calendar import NO_DATE, WorkingCalendar, reporting_year

Columns = dict[str, np.ndarray]

NATURE_CODES = {"child_death": "CHILD_DEATH_ABUSE_NEGLECT", "serious_harm": "SERIOUS_HARM", "other": "OTHER"}
DEATHS = ("CHILD_DEATH_ABUSE_NEGLECT", "CHILD_DEATH_NO_ABUSE_NEGLECT", "CARE_LEAVER_DEATH")
RECODED_FROM = np.datetime64("2025-04-01")


@dataclass(frozen=True)
class Setting:
    """All that one partnership's records depend on, apart from chance."""

    partnership: Partnership
    profile: Profile
    expectations: Expectations
    calendar: WorkingCalendar
    as_at: np.datetime64
    region_codes: tuple[str, ...]


def draw_incidents(setting: Setting, rng: Rng) -> Columns:
    """One row per incident, in order of referral, with what later stages need to know."""
    notified = _draw_notified(setting, rng)
    screened_out = _draw_screened_out(setting, rng)
    incidents = {name: np.concatenate([notified[name], screened_out[name]]) for name in notified}
    order = np.lexsort((incidents["authority"], incidents["date_triage"], incidents["date_referred"]))
    incidents = {name: column[order] for name, column in incidents.items()}
    size = len(order)
    incidents["incident_ref"] = numbered("INC", size)
    incidents["date_incident"], incidents["precision"] = _incident_dates(incidents, rng)
    incidents["children_count"] = _children_counts(size, rng)
    incidents["new_la_code"] = _reported_codes(setting, incidents, rng)
    not_met = np.char.startswith(incidents["outcome"].astype(str), "NOT_MET")
    for name in ("near_miss", "good_practice"):
        incidents[name] = yes_no_unknown(rng, np.where(not_met, parameters()[name], 0.0), 0.1, size)
    return incidents


def days_passed(year: int, setting: Setting) -> np.ndarray:
    """The working days of a reporting year, up to the as-at date."""
    last = min(date(year, 3, 31), setting.as_at.item())
    return setting.calendar.days_in(max(date(year - 1, 4, 1), date.fromisoformat(FIRST_DAY)), last)


def _draw_notified(setting: Setting, rng: Rng) -> Columns:
    authority, nature, notified = _draw_counts(setting, rng)
    size = len(authority)
    in_year = nature != "CARE_LEAVER_DEATH"
    withdrawn = parameters()["withdrawn_per_notification"]
    looked_after = _looked_after(nature, rng)
    without_abuse = looked_after & (nature == NATURE_CODES["child_death"])
    without_abuse &= chance(rng, parameters()["looked_after_deaths_without_abuse"], size)
    nature = where_text(without_abuse, "CHILD_DEATH_NO_ABUSE_NEGLECT", nature)
    days_late = _working_days_to_notify(setting, reporting_year(notified), rng)
    aware = setting.calendar.add(notified, -days_late)
    triage = setting.calendar.add(aware, (days_late * rng.random(size)).astype(int))
    before = setting.calendar.add(aware, -rng.integers(1, 6, size))
    between = setting.calendar.add(aware, (setting.calendar.between(aware, triage) * rng.random(size)).astype(int))
    referred = np.choose(np.searchsorted([0.6, 0.85], rng.random(size)), [aware, before, between])
    first = np.datetime64(FIRST_DAY)
    return {
        "authority": authority,
        "nature": nature,
        "looked_after": looked_after,
        "withdrawn": in_year & chance(rng, withdrawn / (1 + withdrawn), size),
        "date_aware": aware,
        "date_referred": np.clip(referred, first, None),
        "date_triage": np.clip(triage, first, None),
        "date_notified": notified,
        "outcome": np.full(size, "NOTIFY", dtype=object),
    }


def _draw_counts(setting: Setting, rng: Rng) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Poisson counts for each authority, year and nature, each with a working day of that year."""
    authorities, natures, days = [], [], []
    factor = setting.profile.notification_factor * (1 + parameters()["withdrawn_per_notification"])
    for position, authority in enumerate(setting.partnership.authorities):
        for year in setting.expectations.years:
            expected = {
                NATURE_CODES[nature]: setting.expectations.notifications(authority, year, nature) * factor
                for nature in NATURES
            }
            expected["CARE_LEAVER_DEATH"] = setting.expectations.care_leaver_deaths(authority, year)
            possible = days_passed(year, setting)
            for nature, mean in expected.items():
                count = rng.poisson(mean) if len(possible) else 0
                authorities.append(np.full(count, position))
                natures.append(np.full(count, nature, dtype=object))
                days.append(rng.choice(possible, count) if count else np.array([], dtype="datetime64[D]"))
    return np.concatenate(authorities), np.concatenate(natures), np.concatenate(days)


def _looked_after(nature: np.ndarray, rng: Rng) -> np.ndarray:
    shares = parameters()["looked_after_share"]
    probability = np.zeros(len(nature))
    for name, code in NATURE_CODES.items():
        probability[nature == code] = shares[name]
    return chance(rng, probability, len(nature))


def _working_days_to_notify(setting: Setting, years: np.ndarray, rng: Rng) -> np.ndarray:
    size = len(years)
    in_time = rng.choice(6, size, p=[0.04, 0.14, 0.20, 0.22, 0.20, 0.20])
    late = 5 + np.ceil(rng.lognormal(np.log(7), 1.0, size)).astype(int)
    return np.where(chance(rng, setting.profile.notified_in_time, size), in_time, np.minimum(late, 200))


def _draw_screened_out(setting: Setting, rng: Rng) -> Columns:
    """Referrals that were not notified: where fewer are notified, more are screened out."""
    authorities, days = [], []
    notified_share = setting.profile.planted.get("under_notifying", {}).get("factor", 1.0)
    # Of all referrals, those expected to be notified leave.
    ratio = setting.profile.referrals_per_notification - notified_share
    for position, authority in enumerate(setting.partnership.authorities):
        for year in setting.expectations.years:
            expected = sum(setting.expectations.notifications(authority, year, nature) for nature in NATURES)
            possible = days_passed(year, setting)
            count = rng.poisson(expected * ratio) if len(possible) else 0
            authorities.append(np.full(count, position))
            days.append(rng.choice(possible, count) if count else np.array([], dtype="datetime64[D]"))
    authority, referred = np.concatenate(authorities), np.concatenate(days)
    size = len(authority)
    aware = setting.calendar.add(referred, -rng.integers(0, 4, size))
    aware = np.where(chance(rng, 0.2, size), NO_DATE, aware)
    waited = np.minimum(np.ceil(rng.lognormal(np.log(6), 0.8, size)).astype(int), 90)
    triage = setting.calendar.add(referred, waited)
    pending = triage > setting.as_at
    return {
        "authority": authority,
        "nature": np.full(size, "", dtype=object),
        "looked_after": chance(rng, 0.2, size),
        "withdrawn": np.zeros(size, dtype=bool),
        "date_aware": aware,
        "date_referred": referred,
        "date_triage": np.where(pending, NO_DATE, triage),
        "date_notified": np.full(size, NO_DATE),
        "outcome": where_text(pending, "PENDING", pick(rng, parameters()["triage_outcome"], size)),
    }


def _incident_dates(incidents: Columns, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """The day, or the first day of the period, or nothing where it is not known."""
    size = len(incidents["date_referred"])
    earliest = np.fmin(incidents["date_referred"], incidents["date_aware"])
    precision = pick(rng, parameters()["incident_precision"], size)
    days_before = np.minimum(np.floor(rng.exponential(6, size)), 60).astype(int)
    long_before = np.floor(rng.exponential(240, size)).astype(int)
    day = earliest - np.where(np.isin(precision, ["PERIOD", "YEAR"]), long_before, days_before)
    dates = np.where(precision == "MONTH", day.astype("datetime64[M]").astype("datetime64[D]"), day)
    dates = np.where(precision == "YEAR", day.astype("datetime64[Y]").astype("datetime64[D]"), dates)
    return np.where(precision == "UNKNOWN", NO_DATE, dates), precision


def _children_counts(size: int, rng: Rng) -> np.ndarray:
    shares = parameters()["children_per_incident"]
    draw = rng.random(size)
    more = 2 + np.minimum(rng.geometric(0.6, size), 6)
    return np.where(draw < shares["one"], 1, np.where(draw < shares["one"] + shares["two"], 2, more))


def _reported_codes(setting: Setting, incidents: Columns, rng: Rng) -> np.ndarray:
    """Authority codes as reported: some rows of recoded authorities already use the new code."""
    old = np.array([authority.new_la_code for authority in setting.partnership.authorities], dtype=object)
    new = np.array(
        [authority.new_la_code_from_april_2025 for authority in setting.partnership.authorities], dtype=object
    )
    later = incidents["date_referred"] >= RECODED_FROM
    later &= chance(rng, 0.7, len(later))
    return where_text(later, new[incidents["authority"]], old[incidents["authority"]])
