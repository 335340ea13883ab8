"""What should I ask this partnership? One partnership on one page, and the questions its figures support."""

from functools import lru_cache

import polars as pl

from throughline import settings, wording
from throughline.analyses import partnership_years, questions
from throughline.analyses.asked import Asked
from throughline.analyses.elsewhere import region_of
from throughline.analyses.question_findings import RETURNS_OF, question_finding
from throughline.analyses.questions import Candidate, Questions
from throughline.analyses.scope import ENGLAND, names_of_areas
from throughline.analyses.standing_figures import standing_finding
from throughline.analyses.trail import onward, trail_of_profile
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.replies import replies_of
from throughline.report import Elsewhere, Filter, KeyFigure, Report, Statements
from throughline.wording import breakdowns
from throughline.wording import elsewhere as elsewhere_words
from throughline.wording import questions as words
from throughline.wording import questions_found as found_words
from throughline.wording.scope import area_in_a_sentence

QUESTION = "What should I ask this partnership?"
PATH = "/profile"
BLOCK = "three_years"
# The list of open reviews names its returns; the indicators are those that say what the time allowed is.
OPEN_OF = {name: indicator for indicator, names in RETURNS_OF.items() for name in names}


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The profile of the partnership that an address names."""
    choices = partnership_choices(release)
    code, elsewhere = partnership_asked(release, viewer, query, choices)
    asked = read_asked(release, viewer, code)
    found = asked.found
    findings = [question_finding(asked, one, place) for place, one in enumerate(found.chosen, 1)]
    return Report(
        path=PATH,
        topic="Partnership profile",
        question=QUESTION,
        answer=found_words.profile_headline(
            asked.said,
            [subject(asked, one) for one in found.chosen],
            found.facts,
            found.raised,
            found.looks,
            found.expected_by_luck,
            found.too_few,
            settings.whole("questions_most"),
        ),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        findings=(
            *findings,
            standing_finding(asked),
            partnership_years.timeline(release, viewer, asked),
            partnership_years.returns_state(release, viewer, asked),
        ),
        filters=(Filter("partnership", "Partnership", choices, code, query.problems.get("partnership", "")),),
        key_figures=key_figures(asked, found),
        notices=(
            *((found_words.none_chosen(asked.name),) if is_any(viewer, query) else ()),
            *hidden(release, viewer, asked),
            words.A_QUESTION_IS_NO_FINDING,
        ),
        statements=(Statements("how-chosen", "How the questions are chosen", found_words.HOW_CHOSEN),),
        replies=replies_of(release, [code]),
        problems=query.problems,
        elsewhere=elsewhere,
        trail=trail_of_profile(release, code),
        onward=onward(release, viewer, code),
    )


def read_asked(release: Release, viewer: Viewer, code: str) -> Asked:
    """The figures of one partnership, with England's, and the questions that they support."""
    newest, before = blocks(release)
    rows = three_year_rows(release, viewer, code)
    of_partnership = rows.filter((pl.col("area_type") == "partnership") & (pl.col("area_code") == code))
    own = of_partnership.filter(pl.col("period") == newest)
    england = rows.filter((pl.col("area_type") == "england") & (pl.col("period") == newest))
    catalogue = release.indicators()
    reviews = release.by_partnership("open_reviews", viewer).filter(pl.col("partnership_code") == code)
    counts = open_counts(reviews)
    found = questions.find_questions(
        own,
        of_partnership.filter(pl.col("period") == before),
        england,
        release.indicator_values(
            viewer, indicator=questions.OBSERVED, area_type="partnership", area_codes=[code], period_type="year"
        ),
        {indicator: states.get("overdue", 0) for indicator, states in counts.items()},
        catalogue,
    )
    place = places(release)[code]
    return Asked(
        release, viewer, code, place["short"], place["region_code"], newest, before, own, england, counts, found
    )


@lru_cache(maxsize=64)
def three_year_rows(release: Release, viewer: Viewer, code: str) -> pl.DataFrame:
    """Every figure of three years together of a partnership and of England: a read that names no indicator."""
    return release.indicator_values(viewer, area_codes=[code, ENGLAND], period_type=BLOCK)


@lru_cache(maxsize=4)
def places(release: Release) -> dict[str, dict]:
    """Every current partnership with its short name and region, in order of name."""
    areas = release.areas()
    regions = dict(areas.filter(pl.col("area_type") == "region").select("area_code", "area_name").iter_rows())
    rows = areas.filter((pl.col("area_type") == "partnership") & pl.col("is_current")).iter_rows(named=True)
    named = [
        {**row, "short": wording.short_name(row["area_name"]), "region": regions.get(row["region_code"])}
        for row in rows
    ]
    return {row["area_code"]: row for row in sorted(named, key=lambda row: row["short"])}


@lru_cache(maxsize=4)
def partnership_choices(release: Release) -> tuple[Choice, ...]:
    """Every current partnership under its region."""
    ordered = sorted(places(release).values(), key=lambda row: (row["region"] or "", row["short"]))
    return tuple(Choice(row["area_code"], row["short"], row["region"]) for row in ordered)


def partnership_asked(
    release: Release, viewer: Viewer, query: Query, choices: tuple[Choice, ...]
) -> tuple[str, Elsewhere | None]:
    """The partnership asked for; of one that has ended or of a whole region another one, and why."""
    held, names = places(release), names_of_areas(release)
    asked, region = (query.given.get(name) or "" for name in ("partnership", "region"))
    if ("partnership", asked) in names and asked not in held:
        code = first_of(release, region_of(release, ("partnership", asked)), choices)
        name = area_in_a_sentence("partnership", names["partnership", asked])
        return code, Elsewhere(
            elsewhere_words.ended(name), elsewhere_words.instead(area_in_a_sentence("partnership", held[code]["short"]))
        )
    if not asked and ("region", region) in names:
        code = first_of(release, region, choices)
        why = elsewhere_words.first_of_region(area_in_a_sentence("region", names["region", region]))
        return code, Elsewhere(why, elsewhere_words.instead(area_in_a_sentence("partnership", held[code]["short"])))
    return query.choose("partnership", "partnership", choices, default_partnership(release, viewer, choices)), None


def first_of(release: Release, region: str | None, choices: tuple[Choice, ...]) -> str:
    """The first partnership of a region by name, else the first of all."""
    held = places(release)
    here = [choice.value for choice in choices if held[choice.value]["region_code"] == region]
    return (here or [choices[0].value])[0]


def default_partnership(release: Release, viewer: Viewer, choices: tuple[Choice, ...]) -> str:
    """The reader's own partnership, or the first of the reader's own region, else the first."""
    held = places(release)
    if viewer.role == "partnership" and viewer.area_code in held:
        return viewer.area_code
    return first_of(release, viewer.area_code, choices)


def is_any(viewer: Viewer, query: Query) -> bool:
    """Whether the partnership shown is only the first of a list: none was asked for, and the reader's own it is not."""
    return viewer.role != "partnership" and not any(query.given.get(name) for name in ("partnership", "region"))


@lru_cache(maxsize=4)
def blocks(release: Release) -> tuple[str, str]:
    """The newest whole three years, and the three years before them that share none with it."""
    held = release.indicator_values(Viewer.public(), indicator="NT1", area_type="england", period_type=BLOCK)
    newest = held.filter(~pl.col("is_part_period"))["period"].max()
    first, last = (int(year) for year in newest.split("-"))
    return newest, f"{first - 3}-{last - 3}"


def open_counts(reviews: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Open reviews by the indicator that says what time they have, and by whether that is past."""
    counts: dict[str, dict[str, int]] = {}
    grouped = reviews.group_by("return_name", "due_state").len().sort("return_name", "due_state")
    for return_name, state, number in grouped.iter_rows():
        of_kind = counts.setdefault(OPEN_OF[return_name], {})
        of_kind[state] = of_kind.get(state, 0) + number
    return counts


def subject(asked: Asked, one: Candidate) -> str:
    """What a question is about."""
    title = breakdowns.title(asked.release.indicator(one.indicator), one.breakdown, "short_title")
    return words.subject_in_words(one.kind, title, one.indicator)


def key_figures(asked: Asked, found: Questions) -> tuple[KeyFigure, ...]:
    """How many questions, how many notifications, and the rate with its interval."""
    most = settings.whole("questions_most")
    said = found_words.questions_in_short(
        most, len(found.chosen), found.facts, found.raised, found.looks, found.expected_by_luck
    )
    figures = [KeyFigure("Questions the figures support", str(len(found.chosen)), said, "returns")]
    period = wording.period_in_words(BLOCK, asked.period)
    notified = asked.figure("NT1", "total")
    if notified and notified["value"] is not None:
        limits = wording.interval(notified["lower95"], notified["upper95"], "count")
        figures.append(
            KeyFigure(
                "Notifications", wording.rounded(notified["value"]), f"{period}; 95% interval {limits}", "returns"
            )
        )
    rate = asked.figure("NT2", "total")
    if rate and rate["value"] is not None:
        limits = wording.interval(rate["lower95"], rate["upper95"], "per_100000_children")
        value = wording.measure(rate["value"], "per_100000_children")
        figures.append(KeyFigure("For every 100,000 children a year", value, f"95% interval {limits}", "returns"))
    overdue = sum(states.get("overdue", 0) for states in asked.open_counts.values())
    if asked.has_right:
        every = sum(sum(states.values()) for states in asked.open_counts.values())
        figures.append(KeyFigure("Reviews past their time", str(overdue), f"of {every} open", "returns"))
    return tuple(figures)


def hidden(release: Release, viewer: Viewer, asked: Asked) -> tuple[str, ...]:
    """What a reader without a right to the partnership is told."""
    if asked.has_right:
        return ()
    is_hidden = asked.own["status"] == "c"
    return (words.hidden_notice(int(is_hidden.sum()), asked.own.height, asked.said),)
