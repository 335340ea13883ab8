"""What the page and the command say about whether a recommendation was made before."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughline import settings
from throughline.wording.values import full_date, listed, plural

QUESTION = "Has this been recommended before?"
NOT_A_JUDGEMENT = (
    "Likeness is worked out from words and says nothing of quality. To ask again is not a failure: staff change, and "
    "old problems may need new answers. Read the earlier one and what came of it before you decide."
)
NOTHING_FOR_THE_PUBLIC = (
    "Recommendations are read by those with a right to an area. Everybody may see which themes recur in England."
)
HINT = (
    "Write the draft as you would send it, or the name of a theme. Leave out names and anything else that could point "
    "to a person. What you write becomes part of this page's address."
)
PLACES = {"own": "In your own area", "region": "In the region", "england": "Elsewhere in England"}
PLACES_SAID = {"own": "in your own area", "region": "in the region", "england": "elsewhere in England"}
LIKENESSES = {
    "same_ask": "Very likely the same ask",
    "related": "Related",
    "same_theme": "Only the same theme",
}
LIKENESSES_EXPLAINED = (
    ("Very likely the same ask", "Whoever had done what it asks would have done the main part of what yours asks."),
    ("Related", "Much is shared, but what is to be done, when or with whom may differ."),
    ("Only the same theme", "It names a subject of yours and asks for something else."),
)
METHOD_NOTE = (
    "Words are compared after formulas such as “seek assurance that” are taken out; names that changed count as one. "
    "Among labelled pairs 24 of 26 called very likely the same were, and 24 of 45 repeats were found, so an empty list "
    "does not prove that nothing was said. Elsewhere in England a surer likeness is asked for. In other partnerships "
    "more is alike by chance, so fewer of those called very likely the same are: read them first."
)
STATUSES = {
    "DONE": "done",
    "IN_PROGRESS": "in progress",
    "NOT_STARTED": "not started",
    "SUPERSEDED": "superseded",
    "NOT_ACCEPTED": "not accepted",
}
EFFECTS = {
    "IMPROVED": "an improvement was found",
    "NO_CHANGE": "no change was found",
    "WORSE": "it was found to be worse",
    "TOO_EARLY": "too early to tell its effect",
    "NOT_MEASURABLE": "its effect could not be measured",
}


def answer(
    found: Sequence[Mapping[str, Any]], places: Sequence[str], has_text: bool, is_public: bool, most: int
) -> str:
    """The first sentence of the page; `most` is how many a place is given."""
    if is_public:
        return NOTHING_FOR_THE_PUBLIC
    if not has_text:
        return "Write a draft recommendation to see which earlier ones come nearest, and what came of them."
    if not places:
        return "There is no recommendation yet that you may read."
    same = [row for row in found if row["likeness"] == "same_ask"]
    if same:
        in_place = {place: sum(row["place"] == place for row in same) for place in places}
        where = listed([PLACES_SAID[place] for place, number in in_place.items() if number])
        number = number_found(len(same), any(number >= most for number in in_place.values()), "earlier recommendation")
        return f"Very likely yes: {number} asked for the same, {where}."
    if any(row["likeness"] == "related" for row in found):
        return "Not in the same words, as far as a program can tell. Related recommendations are below."
    if found:
        return "No earlier recommendation that you may read comes near it; some are on the same theme."
    return "No earlier recommendation that you may read comes near it."


def number_found(number: int, is_full: bool, noun: str) -> str:
    """How many there are; a list that is full may have left some out."""
    return f"{'at least ' if is_full else ''}{plural(number, noun)}"


def place_heading(place: str, rows: Sequence[Mapping[str, Any]], most: int) -> str:
    """What was found in one place, of which so many are listed at most."""
    where = PLACES[place]
    counts = {likeness: sum(row["likeness"] == likeness for row in rows) for likeness in LIKENESSES}
    if counts["same_ask"]:
        again = number_found(counts["same_ask"], counts["same_ask"] >= most, "earlier recommendation")
        return f"{where}: {again} very likely asked for the same"
    if counts["related"]:
        related = number_found(counts["related"], counts["related"] >= most, "related recommendation")
        return f"{where}: {related}, none very likely the same"
    return f"{where}: {'the same theme, other asks' if rows else 'nothing near it'}"


def came_of_it(row: Mapping[str, Any]) -> str:
    """What became of a recommendation: whether it was accepted and done, and what was found of its effect."""
    if row["accepted"] == "PENDING":
        return "Not yet decided"
    if row["accepted"] == "NO" or row["action_status"] == "NOT_ACCEPTED":
        return "Not accepted"
    status = STATUSES.get(row["action_status"] or "", "status not given")
    done = f" on {full_date(row['date_completed'])}" if row["action_status"] == "DONE" and row["date_completed"] else ""
    effect = EFFECTS.get(row["impact_result"] or "")
    told = f"{status}{done}{f'; {effect}' if effect else ''}"
    return told[0].upper() + told[1:]


def own_column(name: str | None, role: str) -> str:
    """The heading over how many are the reader's own: of the partnership looked from, or of the areas; none for all."""
    if name:
        return f"Of {name}"
    return "" if role == "panel" else "Of your own areas"


def theme_heading(theme: str, rows: int, partnerships: int) -> str:
    """How often a theme came up in what the reader may read."""
    if not rows:
        return f"“{theme}” does not come up in the recommendations that you may read"
    came = "once" if rows == 1 else f"{rows:,} times"
    return f"“{theme}” came up {came}, in {plural(partnerships, 'partnership')}"


def public_theme(row: Mapping[str, Any] | None, theme: str) -> str:
    """What everybody may know of a theme in England."""
    months = settings.whole("radar_months")
    if row is None:
        return f"“{theme}” recurs in too few places in England to be told without a right to an area."
    return (
        f"In the last {months} months “{theme}” came up in {plural(row['recommendations'], 'recommendation')} of "
        f"{plural(row['partnerships'], 'partnership')} in England."
    )
