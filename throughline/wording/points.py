"""What is said of one point of a chart, so that it stands alone: its name, its value in its unit, and its interval."""

from collections.abc import Mapping
from typing import Any

from throughline.wording import medians
from throughline.wording.reasons import reason_in_short
from throughline.wording.values import full_date, interval, measure, plural, rounded

INTERVAL = "95% interval"
BREAK = "<br>"  # where a label in the drawing begins a new line; read aloud it is a space

IN_UNIT = {
    "per_100000_children": "per 100,000 children",
    "per_10000_children_in_need": "per 10,000 children in need",
    "observed_over_expected": "times the number expected",
    "per_review": "for each review",
    "days": "days",
}
COUNTED = ("per_100000_children", "per_10000_children_in_need", "observed_over_expected")
DIFFERS = "differs from England by more than chance"
NOT_OVER = "a year that is not over"
IN_GROUP = "of the group shown"
OUTSIDE = "outside the 99.8% limits"
FEW = "so few that a question is asked"
ENGLAND = "England"
DAY_OF_RETURN = "day of the return"
FRACTION = " of "


def in_unit(shown: str, unit: str) -> str:
    """What a table shows, with the unit that its column's heading has: 299 days."""
    words = IN_UNIT.get(unit)
    if not words:
        return shown
    number, space, status = shown.partition(" [")
    return f"{'1 day' if (number, unit) == ('1', 'days') else f'{number} {words}'}{space}{status}"


def with_limits(
    said: str, lower: float | None, upper: float | None, unit: str = "proportion", name: str = INTERVAL
) -> str:
    """The words of a point with its interval on a line of its own, where it has one."""
    limits = interval(lower, upper, unit)
    return said if limits == "[z]" else f"{said},{BREAK}{name} {limits}"


def compared(row: Mapping[str, Any], unit: str) -> str:
    """A partnership in a comparison: Leeds: 85.2%, 23 of 27."""
    said = ", ".join(part for part in (in_unit(row["shown"], unit), cases(row, unit)) if part)
    differs = f", {DIFFERS}" if row["differs"] else ""
    return with_limits(f"{row['area_name']}: {said}{differs}", row["lower95"], row["upper95"], unit)


def cases(row: Mapping[str, Any], unit: str) -> str:
    """The cases behind a value; nothing where they are the value."""
    label = row["label"]
    if unit == "count" or not label or row["shown"].partition(" [")[0] == label:
        return ""
    if unit in COUNTED:
        return f"{label} {'case' if label == '1' else 'cases'}"
    return medians.label_in_words(label) if unit == "days" else label


def share(row: Mapping[str, Any]) -> str:
    """A share of an area in a set of shares: Rapid reviews on time: 85.2%, 23 of 27."""
    differs = f", {DIFFERS}" if row["differs"] else ""
    said = ", ".join(part for part in (row["shown"], cases(row, "proportion")) if part)
    return with_limits(f"{row['name']}: {said}{differs}", row["lower95"], row["upper95"], name=limits_name(row))


def led_on(row: Mapping[str, Any]) -> str:
    """A cohort and what became of it: Rapid reviews that led to a local review: 25.7%, 250 of 972."""
    alone = row["shown"].startswith(row["label"])
    said = row["label"] if alone else f"{row['shown']}, {row['label']}"
    return with_limits(f"{row['cohort']}: {said}", row["lower95"], row["upper95"])


def open_review(row: Mapping[str, Any]) -> str:
    """An open review: LCSPR-00011: clock started 3 March 2026, due 3 September 2026, 27 days past."""
    started, due = full_date(row["date_started"]), full_date(row["date_due"])
    return f"{row['record_ref']}: clock started {started},{BREAK}due {due}, {row['past'][0].lower()}{row['past'][1:]}"


def england_share(row: Mapping[str, Any]) -> str:
    """England's share beside it."""
    said = f"{ENGLAND}, {row['name']}: {row['england_shown']}"
    return with_limits(said, row["england_lower95"], row["england_upper95"], name=limits_name(row))


def limits_name(row: Mapping[str, Any]) -> str:
    """What the limits of a share are: its 95% interval, unless they are said to be of another kind."""
    return row.get("limits_name") or INTERVAL


def year_of_area(row: Mapping[str, Any], unit: str) -> str:
    """One year of one partnership, or why it has no figure."""
    not_over = f", {NOT_OVER}" if row["is_part_period"] else ""
    value = in_unit(row["shown"], unit) if row["value"] is not None else no_figure(row)
    said = f"{row['area_name']}, {row['year']}: {value}{not_over}"
    return with_limits(said, row["lower95"], row["upper95"], unit)


def year(row: Mapping[str, Any], unit: str) -> str:
    """One year of one area; the chart's title says of what."""
    return with_limits(f"{row['year']}: {in_unit(row['shown'], unit)}", row["lower"], row["upper"], unit)


def year_of_count(row: Mapping[str, Any]) -> str:
    """One year's number of events; the chart's title says of which."""
    return year(row, "count")


def counted(name: str, said: str, noun: str) -> str:
    """A bar of a count: Training: 324 recommendations (12.5%)."""
    number, space, share_of_all = said.partition(" (")
    one_or_more = noun.lower().removesuffix("s") if number == "1" else noun.lower()
    return f"{name}: {number} {one_or_more}{space}{share_of_all}"


def no_figure(row: Mapping[str, Any]) -> str:
    """Why there is no value to tell, without the letter that stands in the drawing; a fraction stands for itself."""
    if FRACTION in row["shown"]:
        return row["shown"].partition(" [")[0]
    short = reason_in_short(row)
    return f"no figure, {short.partition('] ')[2] or short}"


def of_funnel(row: Mapping[str, Any], unit: str) -> str:
    """A partnership on a funnel, with its size."""
    if unit == "proportion":
        behind = f", {rounded(row['value'] * row['size'])} of {rounded(row['size'])}"
        said = row["shown"] + ("" if FRACTION in row["shown"] else behind)
    else:
        said = f"{measure(row['value'], 'observed_over_expected')} times the {rounded(row['size'], 1)} expected"
    group = f", {IN_GROUP}" if row["is_in_group"] else ""
    place = f", {OUTSIDE}" if row["is_outside"] else ""
    return f"{row['area_name']}: {said}{group}{place}"


def of_watch(row: Mapping[str, Any]) -> str:
    """A partnership's notifications against the number expected."""
    few = f", {FEW}" if row["is_few"] else ""
    return f"{row['area_name']}: {rounded(row['count'])} notified, {rounded(row['expected'], 1)} expected{few}"


def share_at(when: str, row: Mapping[str, Any], what: str = "") -> str:
    """A point on a curve with its limits, which it has none of before anything has ended."""
    said = f"{when}: {measure(row['share'], 'proportion')}{what}"
    return said if row["lower"] == row["upper"] else with_limits(said, row["lower"], row["upper"], name="95% limits")


def stage(row: Mapping[str, Any]) -> str:
    """The median days of a stage."""
    return with_limits(f"{row['name']}: {row['said']}", row["lower95"], row["upper95"], "days")


def england_stage(row: Mapping[str, Any]) -> str:
    """England's median days of a stage."""
    said = f"{ENGLAND}, {row['name']}: {in_unit(measure(row['england_value'], 'days'), 'days')}"
    return with_limits(said, row["england_lower95"], row["england_upper95"], "days")


def notifications(source: str, row: Mapping[str, Any], kind: str) -> str:
    """One year of a source of notifications, as a count or a rate, with how it is known where that is second-hand."""
    unit = "count" if kind == "count" else "per_100000_children"
    value = measure(row[kind], unit)
    said = plural(round(row[kind]), "notification") if kind == "count" else in_unit(value, unit)
    known = "" if row["is_first_hand"] and not row["is_rounded"] else f", {row['note']}"
    return with_limits(
        f"{source}, {row['reporting_year']}:{BREAK}{said}{known}", row[f"{kind}_lower"], row[f"{kind}_upper"], unit
    )


def harm_to_death(source: str, row: Mapping[str, Any]) -> str:
    """Serious harm for each death in one year of a source."""
    value = measure(row["value"], "ratio")
    said = f"{source}, {row['reporting_year']}:{BREAK}{value} serious harm notifications for each child death"
    return with_limits(said, row["lower"], row["upper"], "ratio")


def place(row: Mapping[str, Any], unit: str) -> str:
    """The partnership, or what it is read against, with the interval or intervals drawn of it."""
    label, shown = row["label"], row["shown"]
    said = f"{row['name']}: {in_unit(shown, unit)}{label.removeprefix(shown) if label.startswith(shown) else ''}"
    told = with_limits(said, row["lower95"], row["upper95"], unit)
    return with_limits(told, row["lower998"], row["upper998"], unit, "99.8% interval") if row["is_own"] else told


def rung(stage: str, state: str, children: int, every: int) -> str:
    """The children of one state at one stage, as a percentage only where there are enough for one."""
    from throughline.statistics import too_few

    percentage = "" if too_few(denominator=every) else f", {measure(children / every, 'proportion')}"
    return f"{stage}: {state[0].lower()}{state[1:]}, {rounded(children)} of {rounded(every)} children{percentage}"


def ratio(row: Mapping[str, Any]) -> str:
    """A group's ratio to everybody else, and the range that the unrecorded leave."""
    said = f"{row['name']}: {measure(row['ratio'], 'ratio')} times as often as others"
    told = with_limits(said, row["ratio_lower95"], row["ratio_upper95"], "ratio")
    return with_limits(told, row["lowest_ratio"], row["highest_ratio"], "ratio", "range that the unrecorded leave")
