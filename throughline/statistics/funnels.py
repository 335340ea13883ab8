"""Funnel plots: which of many units lie beyond what chance, or chance and real spread together, would give."""

import numpy as np
import polars as pl

from . import settings
from .comparisons import flag_against
from .flagged_counts import LEVELS, chance_limits
from .inputs import Numbers, check_exposed, check_kind, check_within, one_column

CHANCE_DRAWS = 2_000  # of all units: they give φ under chance to two places


class Funnel(pl.DataFrame):
    """A funnel's units as a frame, one row a unit, that also answers for the whole funnel."""

    @property
    def centre(self) -> float | None:
        """The centre line: the proportion given or pooled, or 1 for observed over expected."""
        return self._fact("centre")

    @property
    def phi(self) -> float | None:
        """The over-dispersion ratio: the mean squared z score after winsorising (see `phi_by_chance`)."""
        return self._fact("phi")

    @property
    def tau2(self) -> float | None:
        """The spread between units beyond chance, as a variance on the transformed scale; 0 when none can be seen."""
        return self._fact("tau2")

    @property
    def units(self) -> int:
        """How many units had a denominator and so a place on the funnel."""
        return self._fact("units") or 0

    @property
    def refusal(self) -> str | None:
        """Why this funnel should not be drawn, in words, or None."""
        return self._fact("refusal")

    @property
    def overdispersion_refusal(self) -> str | None:
        """Why φ, τ² and the adjusted limits should not be used, in words, or None."""
        return self._fact("overdispersion_refusal")

    # Facts are kept as columns, because polars gives back a plain frame from any filter or sort.
    def _fact(self, column: str):
        return self.get_column(column)[0] if self.height else None


def funnel(
    numerator: Numbers, denominator: Numbers, kind: str = "proportion", trim: float = 0.1, centre: float | None = None
) -> Funnel:
    """Funnel limits, scores and flags for each unit, without and with over-dispersion.

    kind "proportion": numerator of denominator, y = asin√(x/n), s = 1/(2√n). Its centre θ is `centre`, such as
    England's share where only some of England's areas are at hand; left out, that of the units themselves, Σx/Σn.
    kind "ratio": observed over expected (for a rate, expected = population times the pooled rate), centre 1,
    y = √(O/E), s = 1/(2√E).
    Formula: z = (y - target)/s; z pulled in to its `trim` and 1 - `trim` quantiles gives φ = Σz²/N;
    τ² = max(0, (Nφ - (N - 1)) / (Σw - Σw²/Σw)) with w = 1/s²; z_adjusted = z / sqrt(1 + τ²/s²).
    Columns: numerator, denominator, value; lower95 to upper998, the plain limits at that denominator; z,
    z_adjusted; lower95_adjusted to upper998_adjusted, taken back to the drawn scale; flag, by `flag_against`, which
    is set exactly where the value lies outside the plain limits; flag_adjusted, by z_adjusted; then, the same on every
    row, centre, phi, tau2, units, refusal, overdispersion_refusal, which are also attributes of the frame.
    Shapes: flat lists of one length; one row a unit, in the order given.
    Edges: a unit with no denominator or a missing value keeps its row with nulls and takes no part. The arithmetic is
    always done; what must not be shown is said by `refusal` (fewer than 20 units) and `overdispersion_refusal`
    (fewer than 50 units, or under 5 expected in the middle unit, on the rarer side of a proportion).
    Raises ValueError on a negative count, a numerator above its denominator, or observed cases where 0 were expected.
    Source: Spiegelhalter 2005; Spiegelhalter et al 2012; Fingertips Public Health Technical Guidance.
    """
    check_kind(kind, ("proportion", "ratio"))
    if not 0 <= trim < 0.5:
        raise ValueError(f"trim is {trim}: give the share to pull in at each end, from 0 to below 0.5")
    if centre is not None and not (kind == "proportion" and 0 <= centre <= 1):
        raise ValueError(f"centre is {centre}: give a share from 0 to 1, and none for a ratio, whose centre is 1")
    numerator, denominator = one_column(numerator=numerator, denominator=denominator)
    if kind == "proportion":
        check_within(numerator, denominator)
    else:
        check_exposed(numerator, denominator, ("numerator", "denominator"))

    plotted = (denominator > 0) & ~np.isnan(numerator)
    observed, size = (np.where(plotted, values, np.nan) for values in (numerator, denominator))
    value, units = observed / size, int(plotted.sum())
    centre = _pooled(observed, size, kind) if centre is None else float(centre)
    error, z = _scores(value, size, centre, kind)
    phi, tau2 = _overdispersion(z[plotted], error[plotted], trim)
    z_adjusted = z / np.sqrt(1 + (tau2 or 0.0) / error**2)
    too_rough = _overdispersion_refusal(size[plotted], centre, kind)
    columns = {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        **chance_limits(size, centre, kind),
        "z": z,
        "z_adjusted": z_adjusted,
        **_adjusted_limits(error, tau2 or 0.0, centre, kind),
    }
    frame = pl.DataFrame(columns).fill_nan(None)
    return Funnel(
        frame.with_columns(
            pl.Series("flag", flag_against(observed, size, centre, kind).tolist(), dtype=pl.String),
            pl.Series("flag_adjusted", _flag_scores(z_adjusted), dtype=pl.String),
            pl.lit(centre if units else None, pl.Float64).alias("centre"),
            pl.lit(phi, pl.Float64).alias("phi"),
            pl.lit(tau2, pl.Float64).alias("tau2"),
            pl.lit(units, pl.Int64).alias("units"),
            pl.lit(_refusal(units), pl.String).alias("refusal"),
            pl.lit(too_rough, pl.String).alias("overdispersion_refusal"),
        )
    )


def phi_by_chance(size: Numbers, centre: float, kind: str = "proportion", trim: float = 0.1) -> float | None:
    """What φ comes out at where units of these sizes are all truly alike: not 1, since its scores are pulled in.

    Formula: the mean of `funnel`'s φ over draws at each size, binomial about `centre` or Poisson, always the same.
    About 0.68 for large units; more where few are expected. So φ itself is no multiple of what chance gives.
    Shapes: a flat list of sizes; one number. Edges: units without a size take no part; None where none has one.
    Source: our simulation, since winsorised counts have no formula.
    """
    check_kind(kind, ("proportion", "ratio"))
    (size,) = one_column(size=size)
    size = size[size > 0]
    if not size.size:
        return None
    rng = np.random.default_rng(0)
    shape = (CHANCE_DRAWS, size.size)
    drawn = rng.binomial(size.astype(int), centre, shape) if kind == "proportion" else rng.poisson(size, shape)
    _, z = _scores(drawn / size, size, centre, kind)
    lowest, highest = np.quantile(z, [trim, 1 - trim], axis=1, keepdims=True)
    return float(np.mean(np.clip(z, lowest, highest) ** 2))


def _pooled(observed: np.ndarray, size: np.ndarray, kind: str) -> float:
    if kind == "ratio":
        return 1.0
    total = np.nansum(size)
    return float(np.nansum(observed) / total) if total else float("nan")


def _scores(value: np.ndarray, size: np.ndarray, centre: float, kind: str) -> tuple[np.ndarray, np.ndarray]:
    error = 1 / (2 * np.sqrt(size))
    if kind == "proportion":
        return error, (np.arcsin(np.sqrt(value)) - np.arcsin(np.sqrt(centre))) / error
    return error, (np.sqrt(value) - 1) / error


def _overdispersion(z: np.ndarray, error: np.ndarray, trim: float) -> tuple[float | None, float | None]:
    units = z.size
    if not units:
        return None, None
    phi = float(np.mean(np.clip(z, *np.quantile(z, [trim, 1 - trim])) ** 2))
    if units < 2 or units * phi < units - 1:
        return phi, 0.0
    weight = 1 / error**2
    return phi, float(max(0.0, (units * phi - (units - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())))


def _adjusted_limits(error: np.ndarray, tau2: float, centre: float, kind: str) -> dict[str, np.ndarray]:
    from scipy.stats import norm

    limits = {}
    for confidence, name in LEVELS:
        reach = norm.ppf((1 + confidence) / 2) * np.sqrt(error**2 + tau2)
        if kind == "proportion":
            # Cut at the ends of the arc: folding back would put a lower limit above 0 for the smallest units.
            angle = np.arcsin(np.sqrt(centre))
            lower = np.sin(np.maximum(angle - reach, 0)) ** 2
            upper = np.sin(np.minimum(angle + reach, np.pi / 2)) ** 2
        else:
            lower, upper = np.maximum(1 - reach, 0) ** 2, (1 + reach) ** 2
        limits |= {f"lower{name}_adjusted": lower, f"upper{name}_adjusted": upper}
    return limits


def _flag_scores(z: np.ndarray) -> list[str | None]:
    from scipy.stats import norm

    flags = np.full(z.shape, "similar", dtype=object)
    for confidence, name in LEVELS:
        reach = norm.ppf((1 + confidence) / 2)
        flags = np.where(z > reach, f"higher_{name}", np.where(z < -reach, f"lower_{name}", flags))
    return np.where(np.isnan(z), None, flags).tolist()


def _refusal(units: int) -> str | None:
    if units < settings.FUNNEL_MIN_UNITS:
        return f"A funnel needs at least {settings.FUNNEL_MIN_UNITS} areas with cases to count; there are {units}."
    return None


def _overdispersion_refusal(size: np.ndarray, centre: float, kind: str) -> str | None:
    if size.size < settings.OVERDISPERSION_MIN_UNITS:
        needed = settings.OVERDISPERSION_MIN_UNITS
        return f"Judging the spread between areas needs at least {needed} areas; there are {size.size}."
    # Both halves of a proportion must be common enough, or the arcsine of a pure chance count varies too much.
    rarer = min(centre, 1 - centre) if kind == "proportion" else 1.0
    middle = float(np.median(size)) * rarer
    if middle < settings.OVERDISPERSION_MIN_EXPECTED:
        counted = "on the rarer side of the measure" if kind == "proportion" else "cases"
        return f"The middle area expects {middle:.1f} {counted}, too few to judge the spread between areas."
    return None
