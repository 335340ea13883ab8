"""How many notifications each authority is expected to make in each reporting year, before chance."""

from datetime import date

import numpy as np

from throughline.synthetic.areas import Authority, Partnership
from throughline.synthetic.parameters import parameters
from throughline.synthetic.profiles import Planted

NATURES = ("child_death", "serious_harm", "other")


class Expectations:
    """The published national totals, shared out by children and deprivation."""

    def __init__(self, partnerships: list[Partnership], planted: list[Planted], as_at: date, scale: float):
        self.as_at = as_at
        self.scale = scale
        self.last_year = as_at.year + (as_at.month > 3)
        self.years = range(2021, self.last_year + 1)
        self.falling = {one.area_code: one.size for one in planted if one.kind == "falling_harm"}
        authorities = [authority for one in partnerships for authority in one.authorities]
        children = sum(authority.population for authority in authorities)
        self.typical_idaci = sum(a.idaci_score * a.population for a in authorities) / children
        self.under = {one.area_code: one.size["factor"] for one in planted if one.kind == "under_notifying"}
        self.totals = {
            (year, nature): sum(
                self._weight(authority, year, nature) * self.under.get(one.partnership_code, 1.0)
                for one in partnerships
                for authority in one.authorities
            )
            for year in self.years
            for nature in NATURES
        }

    def notifications(self, authority: Authority, year: int, nature: str) -> float:
        """The expected number of one nature in one reporting year, as much of it as has passed.

        Planted under-notifying is in the divisor only: the partnership's own factor brings it to the top.
        """
        published = parameters()["yearly_notifications"]
        in_year = published[min(year, max(published))][nature]
        share = self._weight(authority, year, nature) / self.totals[(year, nature)]
        return in_year * share * self._passed(year) * self.scale

    def care_leaver_deaths(self, authority: Authority, year: int) -> float:
        """The expected number of care leaver deaths, shared out as child deaths are."""
        published = parameters()["yearly_care_leaver_deaths"]
        share = self._weight(authority, year, "child_death") / self.totals[(year, "child_death")]
        return published[min(year, max(published))] * share * self._passed(year) * self.scale

    def _passed(self, year: int) -> float:
        start, end = date(year - 1, 4, 1), date(year, 3, 31)
        return min(1.0, ((min(end, self.as_at) - start).days + 1) / ((end - start).days + 1))

    def _weight(self, authority: Authority, year: int, nature: str) -> float:
        rule = parameters()["deprivation_weight"]
        relative = authority.idaci_score / self.typical_idaci
        deprivation = np.clip(1 - rule["weight"] + rule["weight"] * relative, rule["lower"], rule["upper"])
        return float(authority.population * deprivation * self._harm_factor(authority, year, nature))

    def _harm_factor(self, authority: Authority, year: int, nature: str) -> float:
        size = self.falling.get(authority.region_code)
        if size is None or nature != "serious_harm":
            return 1.0
        last_whole_year = self.last_year if self._passed(self.last_year) == 1 else self.last_year - 1
        return size["factor"] if year > last_whole_year - size["last_reporting_years"] else 1.0
