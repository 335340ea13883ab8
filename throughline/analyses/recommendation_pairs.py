"""The evidence of repetition for those with a right to it: pairs side by side, and the chains that they make."""

from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

import polars as pl

from throughline.analyses.asked_before import codes_in_words, partnership_names
from throughline.analyses.scope import Scope
from throughline.release import Release, Viewer
from throughline.report import Column, Finding, Link, Table
from throughline.wording import full_date, rounded
from throughline.wording import recommendations as words

REVIEW = "/review-pairs"
MOST_PAIRS = 20
MOST_CHAINS = 8  # of the longest, and of the widest
HIDDEN = "[c]"
LISTED = "listed"


def days_of(scope: Scope) -> tuple[date, date]:
    """The first and last day of the period; reporting years run from April to March."""
    years = [int(year) for year in scope.period.split("-")]
    return date(years[0] - 1, 4, 1), date(years[-1], 3, 31)


def members_of(release: Release, scope: Scope) -> list[str]:
    """The partnerships of the area."""
    if scope.area_type == "partnership":
        return [scope.area_code]
    groups = release.area_partnerships().filter(
        (pl.col("group_type") == scope.area_type) & (pl.col("group_code") == scope.area_code)
    )
    return groups["partnership_code"].unique().sort().to_list()


def in_scope(release: Release, scope: Scope) -> pl.Expr:
    """Picks the rows of partnerships of the area; of England they are all, and no row need be asked."""
    return pl.lit(True) if scope.is_england else pl.col("partnership_code").is_in(members_of(release, scope))


def current_members(release: Release, scope: Scope) -> list[str]:
    """Those of them that there are today."""
    areas = release.areas().filter((pl.col("area_type") == "partnership") & pl.col("is_current"))
    return sorted(set(areas["area_code"]) & set(members_of(release, scope)))


def evidence_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Pairs of which the later was made in the area and period, newest first."""
    measured = (
        f"Each recommendation of the period with the earlier one that it seems to repeat: {scope.area_name}, "
        f"{scope.period_words}."
    )
    if not scope.is_own:
        why = words.NO_EVIDENCE_FOR_PUBLIC if viewer.role == "public" else words.NO_EVIDENCE_FOR_YOU
        heading = words.evidence_heading(0, scope.area_said, False)
        return Finding("evidence", heading, measured, notices=(why,), is_withheld=True)
    members = None if scope.is_england else tuple(members_of(release, scope))
    shown, parts = newest_pairs(release, viewer, members, *days_of(scope))
    every = parts.get(LISTED, 0)
    heading = words.evidence_heading(every, scope.area_said, True)
    note = words.left_out_sentence({name: number for name, number in parts.items() if name != LISTED})
    if not every:
        return Finding("evidence", heading, measured, notices=(note,) if note else (), caveat=words.EVIDENCE_CAVEAT)
    table = pairs_table(release, viewer, shown, scope, note)
    measured = f"{measured} {words.newest_sentence(shown.height, every)}".strip()
    return Finding("evidence", heading, measured, tables=(table,), caveat=words.EVIDENCE_CAVEAT)


@lru_cache(maxsize=256)
def newest_pairs(
    release: Release, viewer: Viewer, members: tuple[str, ...] | None, first: date, last: date
) -> tuple[pl.DataFrame, dict[str, int]]:
    """The newest pairs of some partnerships (None: of all) and days, and how many there are of each part.

    Kept, since one page and the next ask for the same area again, and there may be millions of pairs.
    """
    wanted = pl.col("date_made").is_between(first, last)
    if members is not None:
        wanted &= pl.col("partnership_code").is_in(members)
    counts = pairs_by_day(release, viewer).filter(wanted)
    parts = dict(counts.group_by("part").agg(pl.col("pairs").sum()).iter_rows())
    if LISTED not in parts:
        return pl.DataFrame(), parts
    return newest_listed(release.recommendation_pairs(viewer).filter(wanted), counts, MOST_PAIRS), parts


def part() -> pl.Expr:
    """Whether a pair is listed as one that may count, or why it cannot."""
    is_counted = pl.col("scope").is_in(list(words.SCOPES)) & pl.col("is_in_window")
    return (
        pl.when(pl.col("scope") == "SAME_REVIEW_SERIES")
        .then(pl.lit("own_series"))
        .when(pl.col("state") == "rejected")
        .then(pl.lit("rejected"))
        .when(pl.col("kind") == "theme_and_target")
        .then(pl.lit("alike_in_codes"))
        .when(~is_counted)
        .then(pl.lit("elsewhere"))
        .otherwise(pl.lit(LISTED))
    )


@lru_cache(maxsize=4)
def pairs_by_day(release: Release, viewer: Viewer) -> pl.DataFrame:
    """How many pairs of each part each partnership has on each day; counted once, for there may be millions."""
    pairs = release.recommendation_pairs(viewer)
    counted = pairs.group_by("partnership_code", "date_made", part=part()).agg(pairs=pl.len().cast(pl.Int64))
    return counted.collect(engine="streaming")


def newest_listed(pairs: pl.LazyFrame, counts: pl.DataFrame, most: int) -> pl.DataFrame:
    """The newest pairs that may count; of one recommendation the surest that may be read first.

    `counts` are those of `pairs_by_day` for the same pairs: they tell from which day on there are enough, and whose.
    """
    listed = counts.filter(pl.col("part") == LISTED).sort("date_made", descending=True)
    enough = listed.filter(pl.col("pairs").cum_sum().shift(fill_value=0) < most)
    since = listed.filter(pl.col("date_made") >= enough["date_made"].min())
    is_newest = pl.col("date_made").is_between(since["date_made"].min(), since["date_made"].max())
    is_theirs = pl.col("partnership_code").is_in(since["partnership_code"].unique().implode())
    return (
        pairs.filter(is_newest & is_theirs & (part() == LISTED))
        .collect(engine="streaming")
        .sort("date_made", "rec_id", "score", "earlier_rec_id", descending=[True, False, True, False], nulls_last=True)
        .head(most)
    )


def pairs_table(release: Release, viewer: Viewer, pairs: pl.DataFrame, scope: Scope, note: str) -> Table:
    """Both texts with what is known of each pair; of an earlier one that may not be read only that there is one."""
    wanted = {*pairs["rec_id"], *pairs["earlier_rec_id"].drop_nulls()}
    readable = release.recommendations_in_words(viewer, wanted)
    recommendations = {row["rec_id"]: row for row in readable.iter_rows(named=True)}
    names = partnership_names(release)

    def told(rec_id: str) -> str:
        row = recommendations[rec_id]
        said = row["rec_text"] or words.WITHOUT_WORDS
        return f"{names[row['partnership_code']]}, {full_date(row['date_made'])}: {said}"

    rows = []
    for pair in pairs.iter_rows(named=True):
        where = words.SCOPES[pair["scope"]]
        own = recommendations[pair["rec_id"]]["rec_ref"]
        if not pair["is_readable"]:
            rows.append([own, told(pair["rec_id"]), words.EARLIER_UNREADABLE, where, *[HIDDEN] * 5])
            continue
        earlier = recommendations[pair["earlier_rec_id"]]["rec_ref"]
        address = f"{REVIEW}?{urlencode({'pair': '~'.join([pair['rec_id'], pair['earlier_rec_id']])})}"
        rows.append(
            [
                Link(f"Compare {own} with {earlier}", address),
                told(pair["rec_id"]),
                told(pair["earlier_rec_id"]),
                where,
                rounded(pair["days_between"]),
                words.likeness_in_words(pair["kind"], pair["scope"]),
                words.yes_or_no(pair["was_done_before"]),
                words.yes_or_no(pair["is_acknowledged"]),
                words.STATES[pair["state"]],
            ]
        )
    columns = [
        Column("Pair"),
        Column("Asked now"),
        Column("Asked before"),
        Column("Where"),
        Column("Days between", numeric=True),
        Column("How alike"),
        Column("Earlier one done"),
        Column("Review knew"),
        Column("State"),
    ]
    hidden = "" if pairs["is_readable"].all() else f"{HIDDEN} means confidential: the earlier one is not yours to read."
    caption = f"Recommendations and the earlier ones they seem to repeat, {scope.area_name}, {scope.period_words}"
    return Table("pairs-table", caption, columns, rows, " ".join(part for part in (note, hidden) if part))


def chains_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """The longest and the widest chains in which a recommendation of the area stands, over all years."""
    measured = (
        f"Chains of recommendations that ask again what their first one asked: {scope.area_name}, all years held."
    )
    if not scope.is_own:
        heading = f"Chains are not listed for {scope.area_said}"
        return Finding("chains", heading, measured, notices=(words.NO_CHAINS_FOR_YOU,), is_withheld=True)
    here = release.recommendation_chain_members(viewer).filter(in_scope(release, scope))
    chains = release.recommendation_chains(viewer)
    # Every chain has a recommendation of England.
    chains = (chains if scope.is_england else chains.join(here, on="chain_id", how="semi")).collect()
    shown = longest_and_widest(chains)
    heading = words.chains_heading(shown.to_dicts(), scope.area_said)
    if not chains.height:
        return Finding("chains", heading, measured, caveat=words.CHAINS_CAVEAT)
    table = chains_table(release, viewer, shown, chains.height, scope)
    return Finding("chains", heading, measured, tables=(table,), caveat=words.CHAINS_CAVEAT)


def longest_and_widest(chains: pl.DataFrame) -> pl.DataFrame:
    """The widest and the longest, the widest first; of equal ones those that last longest."""
    by_width = ["partnerships", "recommendations", "span_days"]
    by_length = ["recommendations", "partnerships", "span_days"]
    widest = chains.sort(*by_width, "chain_id", descending=[True, True, True, False]).head(MOST_CHAINS)
    longest = chains.sort(*by_length, "chain_id", descending=[True, True, True, False]).head(MOST_CHAINS)
    both = pl.concat([widest, longest]).unique("chain_id", maintain_order=True)
    return both.sort(*by_width, "chain_id", descending=[True, True, True, False])


def first_readable(release: Release, viewer: Viewer, chain_ids: pl.Series) -> dict[str, tuple[str, str]]:
    """Of each chain the theme and the words of its first recommendation that the reader may read."""
    members = release.recommendation_chain_members(viewer).filter(pl.col("chain_id").is_in(chain_ids.implode()))
    in_order = members.select("chain_id", "rec_id", "place_in_chain").collect().sort("chain_id", "place_in_chain")
    first = in_order.unique("chain_id", keep="first", maintain_order=True)
    themes = codes_in_words("theme")
    told = first.join(release.recommendations_in_words(viewer, first["rec_id"].to_list()), on="rec_id")
    return {
        row["chain_id"]: (themes.get(row["theme_primary"], "Not coded"), row["rec_text"] or words.WITHOUT_WORDS)
        for row in told.iter_rows(named=True)
    }


def chains_table(release: Release, viewer: Viewer, chains: pl.DataFrame, every: int, scope: Scope) -> Table:
    """Each chain by the first of its recommendations that the reader may read."""
    first = first_readable(release, viewer, chains["chain_id"])
    rows = [
        [
            *first[row["chain_id"]],
            rounded(row["recommendations"]),
            rounded(row["partnerships"]),
            rounded(row["themes"]) if "themes" in row else "[x]",  # not counted in the first releases
            rounded(row["marked_done"]),
            full_date(row["first_made"]),
            full_date(row["last_made"]),
            rounded(row["span_days"]),
        ]
        for row in chains.iter_rows(named=True)
    ]
    columns = [
        Column("Theme of the first"),
        Column("What the first asks"),
        Column("Recommendations", numeric=True),
        Column("Partnerships", numeric=True),
        Column("Themes", numeric=True),
        Column("Marked done", numeric=True),
        Column("First made"),
        Column("Last made"),
        Column("Days from first to last", numeric=True),
    ]
    left = every - chains.height
    more = (
        f" {rounded(left)} shorter and narrower {'chain is' if left == 1 else 'chains are'} not listed." if left else ""
    )
    caption = f"The longest and the widest chains, {scope.area_name}"
    letters = "" if "themes" in chains.columns else f" {words.THEMES_NOT_COUNTED}"
    return Table("chains-table", caption, columns, rows, f"{words.FIRST_READABLE}{more}{letters}")
