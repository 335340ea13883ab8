"""One suggested pair side by side with the reasons for its score, and how right the suggestions have been."""

from collections.abc import Callable
from functools import lru_cache

import polars as pl

from throughline import settings
from throughline.analyses.asked_before import codes_in_words, partnership_names
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.report import Column, Filter, Finding, Report, Statements, Table
from throughline.statistics import wilson_interval
from throughline.wording import full_date, interval, listed
from throughline.wording import pair_review as words
from throughline.wording.asked_before import came_of_it
from throughline.workspace import Workspace

PATH = "/review-pairs"
BETWEEN = "~"
SUREST = 100  # pairs looked up at once
ALL = "all"
SCOPES = (ALL, "SAME_AREA", "SAME_FORCE", "SAME_ICB", "SAME_REGION", "NATIONAL")
DECIDED = ("confirmed", "rejected", "disputed")


def reviewable(release: Release, viewer: Viewer) -> pl.LazyFrame:
    """Pairs that a viewer may read on both sides, and that have words on both."""
    wordless = (
        release.recommendations(viewer).filter(~pl.col("has_text")).select("rec_id").collect()["rec_id"].implode()
    )
    return release.recommendation_pairs(viewer).filter(
        (pl.col("scope") != "SAME_REVIEW_SERIES")
        & (pl.col("kind") != "theme_and_target")
        & ~pl.col("rec_id").is_in(wordless)
        & ~pl.col("earlier_rec_id").is_in(wordless)
        & pl.col("is_readable")
    )


@lru_cache(maxsize=8)
def waiting(release: Release, viewer: Viewer) -> dict[str, int]:
    """How many pairs of each scope there are on which nobody has decided."""
    undecided = reviewable(release, viewer).filter(pl.col("state") == "suggested")
    numbers = dict(undecided.group_by("scope").len().collect(engine="streaming").iter_rows())
    return {ALL: sum(numbers.values())} | {scope: numbers.get(scope, 0) for scope in SCOPES[1:]}


def find_pair(
    release: Release, viewer: Viewer, name: str | None, scope: str = ALL, passed: frozenset[str] = frozenset()
) -> dict | None:
    """The pair of that name (later~earlier), else the surest that waits and was not passed; with both texts.

    None where there is none that the viewer may read.
    """
    if name:
        later, _, earlier = name.partition(BETWEEN)
        named = (pl.col("rec_id") == later) & (pl.col("earlier_rec_id") == earlier)
        pair = next(reviewable(release, viewer).filter(named).collect().iter_rows(named=True), None)
    else:
        # Of one more than were passed, one at least was not.
        most = SUREST * (len(passed) // SUREST + 1)
        surest = _surest(release, viewer, scope, most).iter_rows(named=True)
        pair = next((row for row in surest if pair_name(row) not in passed), None)
    if pair is None:
        return None
    told = release.recommendations_in_words(viewer, [pair["rec_id"], pair["earlier_rec_id"]])
    texts = dict(told.select("rec_id", "rec_text").iter_rows())
    return {**pair, "rec_text": texts[pair["rec_id"]], "earlier_rec_text": texts[pair["earlier_rec_id"]]}


def pair_asked(release: Release, viewer: Viewer, query: Query, scope: str, passed: frozenset[str]) -> dict | None:
    """The pair that an address names; where there is none of that name, says so and gives the next one that waits."""
    named = query.given.get("pair")
    pair = find_pair(release, viewer, named, scope, passed)
    if named and pair is None:
        query.problems["scope"] = (
            "There is no such pair that you may read in this release. The next one that waits is shown."
        )
        pair = find_pair(release, viewer, None, scope, passed)
    return pair


@lru_cache(maxsize=16)
def _surest(release: Release, viewer: Viewer, scope: str, most: int) -> pl.DataFrame:
    """The first of the pairs that wait, the surest first; kept, since each decision asks for the next one."""
    undecided = reviewable(release, viewer).filter(pl.col("state") == "suggested")
    wanted = undecided if scope == ALL else undecided.filter(pl.col("scope") == scope)
    ordered = wanted.sort("score", "rec_id", "earlier_rec_id", descending=[True, False, False], nulls_last=True)
    return ordered.head(most).collect(engine="streaming")


def pair_name(pair: dict) -> str:
    """What a pair is called in an address."""
    return f"{pair['rec_id']}{BETWEEN}{pair['earlier_rec_id']}"


def analyse(release: Release, viewer: Viewer, query: Query, decided: pl.DataFrame, passed: frozenset[str]) -> Report:
    """The report on one pair; `decided` are all decisions so far, `passed` the pairs decided since the last build."""
    numbers = waiting(release, viewer)
    choices = [Choice(scope, _scope_said(scope, numbers[scope])) for scope in SCOPES]
    scope = query.choose("scope", "scope", choices, ALL)
    pair = pair_asked(release, viewer, query, scope, passed)
    left = numbers[scope]
    return Report(
        path=PATH,
        topic="Recommendations",
        question=words.QUESTION,
        answer=words.answer(pair, left, viewer.role == "public"),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        filters=[Filter("scope", "Pairs of", choices, scope, query.problems.get("scope", ""))],
        findings=[
            *([side_by_side(release, viewer, pair), reasons(pair)] if pair else []),
            precision(release, viewer, decided),
        ],
        statements=[Statements("guideline", "How to decide", words.GUIDELINE)],
        problems=query.problems,
    )


def _scope_said(scope: str, number: int) -> str:
    named = "All pairs" if scope == ALL else words.SCOPES[scope][0].upper() + words.SCOPES[scope][1:]
    return f"{named} ({number:,} waiting)"


def side_by_side(release: Release, viewer: Viewer, pair: dict) -> Finding:
    """Both recommendations with whose they are, when they were made, and what came of them."""
    names, agencies = partnership_names(release), codes_in_words("agency")
    rows = {
        row["rec_id"]: row
        for row in release.recommendations_in_words(viewer, [pair["rec_id"], pair["earlier_rec_id"]]).iter_rows(
            named=True
        )
    }
    earlier, later = rows[pair["earlier_rec_id"]], rows[pair["rec_id"]]

    def asked_of(row: dict) -> str:
        return listed([agencies.get(code, code) for code in row["targets"].split(";")])

    shown = [
        ["Words", earlier["rec_text"], later["rec_text"]],
        ["Partnership", names[earlier["partnership_code"]], names[later["partnership_code"]]],
        ["Made", full_date(earlier["date_made"]), full_date(later["date_made"])],
        ["Asked of", asked_of(earlier), asked_of(later)],
        ["What came of it", came_of_it(earlier), came_of_it(later)],
    ]
    columns = [Column("What"), Column("Earlier"), Column("Later")]
    return Finding(
        name="pair",
        heading=f"{pair['days_between']:,} days lie between them",
        measured="Free text is shown as it was sent.",
        tables=[Table("pair-table", "Both recommendations", columns, shown)],
    )


def reasons(pair: dict) -> Finding:
    """The words that both share, those of one alone, and what each feature added to the score."""
    from throughline.repetition import explain_pair

    told = explain_pair(pair["earlier_rec_text"], pair["rec_text"])
    shared = listed([here if here == there else f"{here} / {there}" for here, there in told.shared.values()])
    rows = [
        ["Words in both", shared or "none"],
        ["In the earlier alone", listed(told.only_first) or "nothing"],
        ["In the later alone", listed(told.only_second) or "nothing"],
        *([words.FEATURES[name], f"{value:.2f} of 1"] for name, value in told.features.items()),
        ["How far both are about the same subject", f"{told.about:.2f} of 1"],
    ]
    return Finding(
        name="reasons",
        heading="Why they are suggested",
        measured=f"Score {told.score:.2f} of 1, worked out from words alone.",
        tables=[Table("reasons-table", "Reasons for the score", [Column("What is compared"), Column("Found")], rows)],
        caveat="The score knows nothing of negation, of numbers or of the case behind the words.",
    )


def precision(release: Release, viewer: Viewer, decided: pl.DataFrame) -> Finding:
    """Of the suggestions on which people have decided, how many they found to be repeats, by score."""
    suggested = (
        reviewable(release, viewer)
        .filter(pl.col("state").is_in(DECIDED) & pl.col("score").is_not_null() & (pl.col("kind") != "named"))
        .select("state", "score")
        .collect()
    )
    bands = suggested.with_columns(
        band=pl.when(pl.col("score") >= 0.9).then(pl.lit("0.90 to 1")).otherwise(pl.lit("below 0.90"))
    )
    rows = []
    for name, part in [
        ("All", bands),
        *sorted((band, rows) for (band,), rows in bands.partition_by("band", as_dict=True).items()),
    ]:
        right, number = part.filter(pl.col("state") == "confirmed").height, part.height
        lower, upper = wilson_interval([right], [number])
        share = interval(float(lower[0]), float(upper[0]), "proportion") if number else "[z]"
        rows.append([name, str(right), str(number), share])
    columns = [
        Column("Score"),
        Column("Found to be repeats", numeric=True),
        Column("Decided", numeric=True),
        Column("95% interval of the share", numeric=True),
    ]
    total = suggested.height
    right = suggested.filter(pl.col("state") == "confirmed").height
    return Finding(
        name="precision",
        heading=words.precision_heading(right, total, settings.whole("review_least_decisions")),
        measured=f"Pairs that you may read, decided by this release. {decided.height:,} decisions are written down.",
        tables=[Table("precision-table", "Suggestions decided by people", columns, rows)] if total else [],
        caveat="Pairs are decided in the order in which they are shown, the surest first, so early figures flatter."
        if total
        else "",
    )


def review_in_terminal(
    workspace: Workspace,
    release: Release,
    viewer: Viewer,
    scope: str,
    role: str,
    prompt: Callable[..., str],
    tell: Callable[[str], None],
) -> int:
    """Asks about one waiting pair after another until told to stop; returns how many were decided.

    Raises ValueError where the role cannot be taken.
    """
    from throughline.repetition.decisions import decide, read_decisions
    from throughline.roles import check_role

    role = check_role(role)
    answers = {**dict(zip("rsdu", words.VERDICTS, strict=True)), "q": None}
    if viewer.role == "public":
        tell(words.answer(None, 0, is_public=True))
        return 0
    passed = {
        f"{row['rec_id']}{BETWEEN}{row['earlier_rec_id']}"
        for row in read_decisions(workspace.decisions).iter_rows(named=True)
    }
    decided = 0
    while (pair := find_pair(release, viewer, None, scope, frozenset(passed))) is not None:
        for one in (side_by_side(release, viewer, pair), reasons(pair)):
            tell(f"\n{one.heading}")
            for row in one.tables[0].rows:
                tell("\n".join(["  " + str(row[0]), *(f"      {cell}" for cell in row[1:])]))
        choice = ""
        while choice not in answers:
            said = "; ".join(
                f"{key} {label.lower()}" for key, label in zip("rsdu", words.VERDICTS.values(), strict=True)
            )
            choice = prompt(f"\n{said}; q stop").strip().lower()[:1]
        if answers[choice] is None:
            return decided
        decide(workspace.decisions, pair, answers[choice], role)
        passed.add(pair_name(pair))
        decided += 1
    tell(words.answer(None, 0, is_public=False))
    return decided
