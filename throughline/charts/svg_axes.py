"""Axes of a static drawing: from a value to its place, and where the ticks and their labels stand."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from throughline.charts.svg_text import CannotDraw, width_of

DAY = 24 * 60 * 60 * 1000  # milliseconds, the unit of a date axis
STEPS_OF_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
AROUND_MARKERS = 0.06  # of the range: what an automatic range leaves free
# Which share of what an axis gives up lies before its start.
TOWARDS = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "middle": 0.5, "top": 1.0}
_NUMBER_FORMAT = re.compile(r"(,?)(?:\.(\d+))?(~?)([fdr%g]?)")
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?([ T].*)?")


class Axis:
    """One axis with its place on the paper; `at` is where a value stands, in pixels."""

    def __init__(
        self,
        name: str,
        settings: dict[str, Any],
        values: Sequence[Any],
        start: float,
        end: float,
        holds_bars: bool = False,
    ) -> None:
        self.name, self.settings = name, settings
        self.is_x = name.startswith("x")
        self.start, self.end, self.holds_bars = start, end, holds_bars
        self.kind = settings.get("type") or kind_of(values, settings)
        if self.kind not in ("linear", "date", "category"):
            raise CannotDraw(f"The {name} axis is of type {self.kind!r}; only linear, date and category can be drawn.")
        self.categories = categories_of(settings, values) if self.kind == "category" else []
        self.low, self.high = self._range(values)

    def _range(self, values: Sequence[Any]) -> tuple[float, float]:
        given = self.settings.get("range")
        if given is not None:
            low, high = (self.number(end) for end in given)
            return low, high
        numbers = [number for value in values if (number := self.number(value)) is not None]
        if self.kind == "category":
            low, high = -0.5, len(self.categories) - 0.5
        elif not numbers:
            low, high = 0.0, 1.0
        else:
            low, high = min(numbers), max(numbers)
            spare = AROUND_MARKERS * ((high - low) or abs(high) or 1)
            from_zero = low >= 0 and (self.holds_bars or self.settings.get("rangemode") == "tozero")
            low, high = (0 if from_zero else low - spare), high + spare
        return (high, low) if self.settings.get("autorange") == "reversed" else (low, high)

    def number(self, value: Any) -> float | None:
        """A value as the axis counts it; nothing for what is missing."""
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return None
        if self.kind == "category" and isinstance(value, str):
            return float(self.categories.index(value))
        if self.kind == "date":
            return milliseconds(value)
        return float(value)

    def at(self, value: Any) -> float | None:
        """Where a value stands."""
        number = self.number(value)
        if number is None:
            return None
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)

    def part(self, share: float) -> float:
        """Where a share of the axis stands, counted from its left or lower end."""
        return self.start + share * (self.end - self.start)

    def holds(self, place: float) -> bool:
        """Whether a place is within the axis, give or take a pixel."""
        low, high = sorted((self.start, self.end))
        return low - 1 <= place <= high + 1

    def ticks(self) -> list[tuple[float, str]]:
        """Place and label of each tick."""
        found = [(self.at(value), text) for value, text in self._ticks()]
        return [(place, text) for place, text in found if place is not None and self.holds(place)]

    def small_ticks(self) -> list[float]:
        """Places of the ticks without labels."""
        minor = self.settings.get("minor") or {}
        if not minor:
            return []
        if set(minor) - {"tickmode", "tick0", "dtick", "ticks", "ticklen", "tickcolor"} or "dtick" not in minor:
            raise CannotDraw(f"Small ticks of the {self.name} axis are drawn only at regular steps.")
        places = [self.at(value) for value in self._regular(float(minor.get("tick0", 0)), float(minor["dtick"]))]
        return [place for place in places if place is not None and self.holds(place)]

    def _ticks(self) -> list[tuple[Any, str]]:
        settings = self.settings
        if settings.get("tickvals") is not None:
            values = list(settings["tickvals"])
            texts = settings.get("ticktext")
            return list(zip(values, texts if texts is not None else map(self.label, values), strict=True))
        if self.kind == "category":
            return [(float(place), name) for place, name in enumerate(self.categories)]
        if self.kind == "date":
            return [(value, self.label(value)) for value in self._months()]
        step = float(settings["dtick"]) if settings.get("dtick") else self._automatic_step()
        values = self._regular(float(settings.get("tick0") or 0), step)
        return [(value, self.label(value, step)) for value in values]

    def _regular(self, first: float, step: float) -> list[float]:
        low, high = sorted((self.low, self.high))
        from_, to = math.ceil((low - first) / step - 1e-9), math.floor((high - first) / step + 1e-9)
        return [first + place * step for place in range(from_, to + 1)]

    def _automatic_step(self) -> float:
        length = abs(self.end - self.start)
        count = self.settings.get("nticks") or min(max(length / (80 if self.is_x else 40), 4), 9) + 1
        rough = abs(self.high - self.low) / count
        ten = 10 ** math.floor(math.log10(rough))
        return next(step * ten for step in (2, 5, 10) if step > rough / ten)  # Plotly's rule, also for a tie

    def _months(self) -> list[float]:
        low, high = (datetime.fromtimestamp(end / 1000, UTC) for end in sorted((self.low, self.high)))
        wanted = self.settings.get("dtick")
        months = 12 * (high.year - low.year) + high.month - low.month + 1
        if isinstance(wanted, str) and re.fullmatch(r"M\d+", wanted):
            step = int(wanted[1:])
        elif wanted is not None:
            raise CannotDraw(f"Steps of {wanted!r} on the {self.name} axis cannot be drawn; give months, such as 'M3'.")
        else:
            count = self.settings.get("nticks") or 8
            step = next((step for step in STEPS_OF_MONTHS if months / step <= count), 120)
        first = low.year * 12 + low.month - 1
        first += -first % step
        return [milliseconds(date(*divmod_month(month))) for month in range(first, high.year * 12 + high.month, step)]

    def label(self, value: Any, step: float = 0) -> str:
        """The words of a tick."""
        settings = self.settings
        words = (
            date_label(milliseconds(value), settings.get("tickformat"))
            if self.kind == "date"
            else number_label(float(value), settings, step)
        )
        return f"{settings.get('tickprefix', '')}{words}{settings.get('ticksuffix', '')}"

    def widest_label(self) -> float:
        """Pixels that the labels need beside the axis."""
        size = (self.settings.get("tickfont") or {}).get("size", 12)
        return max((width_of(text, size) for _, text in self.ticks()), default=0)


def divmod_month(months: int) -> tuple[int, int, int]:
    """The first day of a month counted from the year 0."""
    year, month = divmod(months, 12)
    return year, month + 1, 1


def make_square(*pair: Axis) -> None:
    """Shortens the axis that has room to spare, so that a step is as long up as across."""
    if any(axis.settings.get("constrain") != "domain" for axis in pair):
        raise CannotDraw('Axes of one scale can be drawn only where both set constrain="domain".')
    step = min(abs((axis.end - axis.start) / (axis.high - axis.low)) for axis in pair)
    for axis in pair:
        spare = axis.end - axis.start - math.copysign(step * abs(axis.high - axis.low), axis.end - axis.start)
        before = TOWARDS[axis.settings.get("constraintoward", "center" if axis.is_x else "middle")]
        axis.start, axis.end = axis.start + before * spare, axis.end - (1 - before) * spare


def kind_of(values: Sequence[Any], settings: dict[str, Any]) -> str:
    """What an axis without a type is: of dates, of names, or of numbers."""
    samples = [value for value in [*(settings.get("range") or []), *values] if value is not None]
    if any(isinstance(value, date) or (isinstance(value, str) and _ISO.fullmatch(value)) for value in samples[:3]):
        return "date"
    return "category" if any(isinstance(value, str) for value in samples) else "linear"


def categories_of(settings: dict[str, Any], values: Sequence[Any]) -> list[str]:
    """Names in the order in which they stand."""
    order = settings.get("categoryorder", "array" if settings.get("categoryarray") is not None else "trace")
    listed = list(settings.get("categoryarray") if settings.get("categoryarray") is not None else [])
    found = list(dict.fromkeys([*listed, *(value for value in values if isinstance(value, str))]))
    if order in ("trace", "array"):
        return found
    if order in ("category ascending", "category descending"):
        return sorted(found, reverse=order.endswith("descending"))
    raise CannotDraw(f"Names cannot be put in the order {order!r}; give categoryarray.")


def milliseconds(value: Any) -> float:
    """A day or moment as a date axis counts it."""
    if isinstance(value, int | float):
        return float(value)
    moment = datetime.fromisoformat(value if len(value) > 7 else f"{value}-01") if isinstance(value, str) else value
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000


def date_label(moment: float, form: str | None) -> str:
    """A date in the form asked for, else its month and year."""
    day = datetime.fromtimestamp(moment / 1000, UTC)
    return day.strftime((form or "%b %Y").replace("%-d", str(day.day)).replace("%e", str(day.day)))


def number_label(number: float, settings: dict[str, Any], step: float) -> str:
    """A number in the form asked for, else with the decimals that the step needs."""
    form = settings.get("tickformat")
    if not form:
        places = max(0, -math.floor(math.log10(step) + 1e-9)) if step else len(f"{number:.6g}".partition(".")[2])
        words = f"{number + 0:{',' if settings.get('separatethousands') else ''}.{places}f}".replace("-", "−")
        return words.rstrip("0").rstrip(".") if "." in words else words
    parts = _NUMBER_FORMAT.fullmatch(form)
    if parts is None:
        raise CannotDraw(f"Numbers cannot be written in the form {form!r}.")
    comma, places, trimmed, kind = parts.groups()
    if kind == "%":
        words = f"{number * 100:{comma}.{places or 0}f}"
    elif kind in ("r", "g", ""):
        words = f"{number:{comma}.{max(0, int(places or 6) - 1 - exponent(number))}f}"
    else:
        words = f"{number:{comma}.{places or (0 if kind == 'd' else 6)}f}"
    if trimmed and "." in words:
        words = words.rstrip("0").rstrip(".")
    return words.replace("-", "−") + ("%" if kind == "%" else "")


def exponent(number: float) -> int:
    """The power of ten of a number's first digit."""
    return math.floor(math.log10(abs(number))) if number else 0
