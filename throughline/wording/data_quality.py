"""Sentences of the question "Can the returns be relied on?": what came, was put aside, waits or changed."""

from datetime import date
from typing import Any

import polars as pl

from throughline.wording.values import full_date, listed, plural, rounded

ROUNDED_TO = 10
NO_BREAK = "\N{NO-BREAK SPACE}"

LIMIT_OF_CHECKS = "That says how the returns were filled in, and not whether every incident is in them."
LIMIT_OF_COVERAGE = "That a return was sent does not say whether every incident is in it."
NO_PARTNERSHIP_SHOWN = (
    "What a partnership has sent is shown to that partnership, to its region and to the Panel, and nothing of it to a "
    "public reader. The comparison with DfE's published counts and the rules of the return are for everybody."
)
EARLIER_RETURNS = "Only a partnership's newest return counts; those before it are kept."
DIFFERENCE_IS_A_QUESTION = (
    "A difference between DfE's count and the returns' is a question to ask of both, and never by itself an error of "
    "either. DfE counts a notification as it was on the day it was sent; a return can mark it withdrawn or a duplicate "
    "later."
)
SYNTHETIC_DOES_NOT_AGREE = "The returns here are made up by a program, so they are not expected to agree with DfE."
NO_AUTHORITY_COUNTS = (
    "No published count of a single authority or partnership is held, so none is set beside its return."
)

PUBLISHED_MISSING = "[x] means not available: not published, or not returned."

NOTHING_TO_LIST = "There is nothing to list."
ERRORS_FOUND = "one row can have several"

STATE_IN_WORDS = {
    "nil": "Nil confirmed",
    "zero_unconfirmed": "None, not confirmed",
    "missing": "Not sent",
}
STATES_EXPLAINED = (
    "Nil confirmed: the partnership says that there were none. None, not confirmed: its return holds no record for the "
    "year, and nobody has said that there were none. Not sent: no return has been received, so nothing is known."
)

SEVERITY_IN_WORDS = {"error": "Error", "query": "Query"}
SEVERITIES_EXPLAINED = (
    "Error: must be put right. A row put aside for one stays out of every figure until then; one row can break several "
    "rules, and not every error puts a row aside. Query: may be right but needs explaining. The row counts meanwhile, "
    "and a later return can carry the explanation."
)
SCOPE_IN_WORDS = {
    "file": "The file",
    "field": "One field",
    "row": "One record",
    "record": "One record",
    "return": "One return",
    "cross_return": "Several returns",
    "submission": "The submission",
}

CHANGE_IN_WORDS = {"new": "New record", "gone": "Record gone", "changed": "Record changed"}
CHANGES_EXPLAINED = (
    "A record is known again by its references. Gone: in the return before and not among the accepted rows of the "
    "newest one; its row may have been taken out or put aside. Changed records are counted once for each field that "
    "changed. Fields are named here, and their values are not."
)

NOT_SAID = [
    (
        "That every incident is here",
        "The rules see what was sent. An incident that was never referred or notified breaks none of them.",
    ),
    (
        "That a return without findings is true",
        "A rule can tell that a date is out of order or a code unknown. It cannot tell that a date in order is wrong.",
    ),
    (
        "That more findings mean less care",
        "A partnership with more incidents sends more rows, and so has more that can be asked about. That is why "
        "nothing is ranked and no figure is coloured.",
    ),
    (
        "That a changed record was a mistake",
        "Records change because work goes on: reviews end, decisions are confirmed, actions are completed. The page "
        "says that a field changed, and cannot say why.",
    ),
    (
        "That a difference from DfE is an error",
        "The two are counted on different days and by different rules, and DfE rounds its regional counts.",
    ),
    (
        "Which record or child is meant",
        "Only counts are held here. The report that a partnership gets when it checks its return names the sheet, the "
        "row and the field.",
    ),
]


def quality_headline(rows: pl.DataFrame, place: str) -> str:
    """How many partnerships have sent a return, how many rows were put aside, how many queries wait."""
    if rows.height == 1:
        return one_headline(rows.row(0, named=True))
    sent = rows.filter("is_returned")
    if not sent.height:
        return f"None of the {rows.height} partnerships{place} has sent a return, so nothing can be said of them."
    whole = sent.height == rows.height
    verb = "has" if sent.height == 1 else "have"
    subject = (
        f"All {rows.height} partnerships{place} have"
        if whole
        else f"{sent.height} of the {rows.height} partnerships{place} {verb}"
    )
    return f"{subject} sent a return. {checks_sentence(sent)} {LIMIT_OF_CHECKS}"


def one_headline(row: dict[str, Any]) -> str:
    """The same for one partnership."""
    name = row["partnership_name"]
    if not row["is_returned"]:
        return f"{name} has not sent a return, so nothing is known of its incidents: that is neither nil nor zero."
    return f"{name} has sent a return. {checks_sentence(pl.DataFrame([row]))} {LIMIT_OF_CHECKS}"


def checks_sentence(sent: pl.DataFrame) -> str:
    """What the rules found in the returns that were sent."""
    aside = int(sent["rows_quarantined"].sum())
    every = aside + int(sent["rows_accepted"].sum())
    waiting = int(sent["queries_waiting"].sum())
    verb = "were" if aside > 1 else "was"
    aside_of_all = f"{rounded(aside) if aside else 'None'} of {plural(every, 'row')} {verb} put aside for errors"
    empty = "It holds no rows" if sent.height == 1 else "They hold no rows"
    queries = plural(waiting, "query waits", "queries wait") if waiting else "no query waits"
    return f"{aside_of_all if every else empty}, and {queries} for an explanation."


def public_headline(reconciliation: pl.DataFrame) -> str:
    """What a reader without a right to any partnership can be told: how much of England the returns cover."""
    newest = newest_for_england(reconciliation)
    if newest is None:
        return "Nothing can be said of the returns as a whole, and what each partnership has sent is not public."
    covered = f"{rounded(newest['authorities_returned'])} of England's {rounded(newest['authorities'])} authorities"
    year = newest["reporting_year"]
    return f"The returns for the year ending March {year} cover {covered}. {LIMIT_OF_COVERAGE}"


def newest_for_england(reconciliation: pl.DataFrame) -> dict[str, Any] | None:
    """England's total of the newest year that DfE has published."""
    rows = reconciliation.filter((pl.col("geographic_level") == "national") & (pl.col("nature") == "total"))
    return rows.sort("reporting_year").row(-1, named=True) if rows.height else None


def received_finding(rows: pl.DataFrame, place: str) -> str:
    """The heading above the partnerships."""
    missing = rows.filter(~pl.col("is_returned"))
    if rows.height == 1:
        return "No return has been received" if missing.height else "One return counts: the newest"
    if not missing.height:
        return f"Every partnership{place} has sent a return"
    if missing.height > 3:
        return f"{missing.height} of {rows.height} partnerships{place} have sent no return"
    verb = "has" if missing.height == 1 else "have"
    return f"{listed(missing['short_name'].to_list())} {verb} sent no return"


def newest_received(row: dict[str, Any]) -> str:
    """When one partnership's newest return came, and how old what it says is."""
    return f"newest received {full_date(row['received_at'])}, as at {full_date(row['as_at_date'])}"


def sent_again(partnerships: int) -> str:
    """How many partnerships have sent more than one return."""
    if not partnerships:
        return "none of them more than once"
    return f"{rounded(partnerships)} of them more than once; the newest counts"


def queries_raised(number: int) -> str:
    """How many queries stand behind those that wait."""
    return f"of {plural(number, 'query', 'queries')} raised" if number else "none was raised"


def changes_in_words(row: dict[str, Any]) -> str:
    """What is different from the return before, where there was one."""
    if not row["is_returned"]:
        return "[x]"
    if row["records_new"] is None:
        return "First return"
    counts = [(row[f"records_{kind}"], kind) for kind in ("new", "gone", "changed")]
    return ", ".join(f"{rounded(count)} {kind}" for count, kind in counts if count) or "No change"


def received_note(rows: pl.DataFrame) -> str:
    """What the table of partnerships cannot say in its cells."""
    missing = " [x] means not available: no return was received." if not rows["is_returned"].all() else ""
    return f"In order of name. {EARLIER_RETURNS}{missing}"


def state_in_words(state: str, records: int) -> str:
    """What is held of one return and year: how many records, a confirmed nil, nothing confirmed, or nothing sent."""
    return rounded(records) if state == "returned" else STATE_IN_WORDS[state]


def held_finding(received: pl.DataFrame, name: str) -> str:
    """The heading above what one partnership has sent, by return and year."""
    states = received["state"]
    if (states == "missing").all():
        return f"{name}: nothing is held for any year"
    if (states == "returned").all():
        return f"{name}: records are held of every return and year"
    unsure = int((states == "zero_unconfirmed").sum())
    if not unsure:
        return f"{name}: every empty return is a confirmed nil"
    return (
        f"{name}: {plural(unsure, 'empty return is', 'empty returns are')} not confirmed as "
        f"{'a nil' if unsure == 1 else 'nils'}"
    )


def findings_finding(findings: pl.DataFrame, name: str) -> str:
    """The heading above the rules that one partnership's return breaks."""
    if not findings.height:
        return f"{name}: no rule is broken in the return that counts"
    broken = findings["rule"].n_unique()  # some rules can ask for a correction in one place and a reason in another
    return f"{name}: {plural(broken, 'rule is', 'rules are')} broken in the return that counts"


def next_step(row: dict[str, Any]) -> str:
    """What has to happen about a broken rule."""
    if row["severity"] == "error":
        return "To be put right"
    waiting = row["findings"] - row["explained"]
    if not waiting:
        return "Explained"
    if not row["explained"]:
        return "Waits for an explanation" if waiting == 1 else "Wait for an explanation"
    return f"{rounded(row['explained'])} explained, {rounded(waiting)} waiting"


def changes_finding(row: dict[str, Any], name: str) -> str:
    """The heading above what changed since the return before."""
    said = changes_in_words(row)
    if said == "First return":
        return f"{name} has sent one return, so there is none to compare it with"
    if said == "No change":
        return f"{name}: no record differs from its last return"
    return f"{name}, records since its last return: {said}"


def reconciliation_finding(reconciliation: pl.DataFrame) -> str:
    """The heading above the comparison with DfE: England's newest year."""
    newest = newest_for_england(reconciliation)
    if newest is None:
        return "No published count is held to set beside the returns"
    published, returned = published_count(newest), returned_count(newest)
    if "[x]" in (published, returned):
        return f"For {newest['reporting_year']} there is nothing to set beside DfE's count"
    return f"DfE published {published} notifications in {newest['reporting_year']}; the returns hold {returned}"


def regional_finding(rows: list[dict[str, Any]]) -> str:
    """The heading above the regions: how many of their counts differ by more than DfE's rounding."""
    told = [difference_in_words(row) for row in rows]
    if not told:
        return "No published count of a region is held to set beside the returns"
    more = sum("rounding explains" in said for said in told)
    return f"{rounded(more)} of {plural(len(told), 'regional count')} differ by more than DfE's rounding"


def published_caveat(is_synthetic: bool, *more: str) -> str:
    """How DfE's counts and the returns' own are to be read beside each other."""
    return " ".join([DIFFERENCE_IS_A_QUESTION, *([SYNTHETIC_DOES_NOT_AGREE] if is_synthetic else []), *more])


def published_count(row: dict[str, Any]) -> str:
    """DfE's count, or the sign that it is not available."""
    return "[x]" if row["published_notifications"] is None else rounded(row["published_notifications"])


def returned_count(row: dict[str, Any]) -> str:
    """The returns' own count; where no authority has returned there is none, which is not zero."""
    if row["returned_notifications"] is None or not row["authorities_returned"]:
        return "[x]"
    return rounded(row["returned_notifications"])


def difference_in_words(row: dict[str, Any]) -> str:
    """How the two counts of one row stand to each other, no more exactly than they are known."""
    if "[x]" in (published_count(row), returned_count(row)):
        return "Nothing to compare"
    if row["authorities_returned"] < row["authorities"]:
        return "Not compared: returns are missing"
    difference = row["returned_notifications"] - row["published_notifications"]
    way = "more" if difference > 0 else "fewer"
    if row["number_rounding"] == "nearest_10":
        near = abs(difference) <= ROUNDED_TO / 2
        return "No more than the rounding" if near else f"{way.capitalize()} in the returns than rounding explains"
    return f"{rounded(abs(difference))} {way} in the returns" if difference else "The same"


def rules_finding(rules: pl.DataFrame) -> str:
    """The heading above the catalogue."""
    errors, queries = (int((rules["severity"] == kind).sum()) for kind in ("error", "query"))
    kinds = f"{plural(errors, 'asks', 'ask')} for a correction, {plural(queries, 'asks', 'ask')} for an explanation"
    return f"A return is checked by {plural(rules.height, 'rule')}: {kinds}"


def date_or_symbol(day: date | None) -> str:
    """A date short enough for a column, or the sign that nothing was received."""
    return "[x]" if day is None else f"{day.day} {day:%b %Y}".replace(" ", NO_BREAK)


def count_or_symbol(count: int | None) -> str:
    """A count, or the sign that nothing was received: never a zero in its place."""
    return "[x]" if count is None else rounded(count)


def in_words(words: dict[str, str], code: str) -> str:
    """A code in words; one that is not known yet stands as it is written."""
    return words.get(code, code.replace("_", " ").capitalize())
