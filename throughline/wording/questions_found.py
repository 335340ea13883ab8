"""How many questions a partnership's figures support, how they are chosen, and what luck has to do with them."""

from collections.abc import Sequence

from throughline.wording.measures import lower_first, upper_first
from throughline.wording.values import listed, plural, rounded, some

HOW_CHOSEN = [
    (
        "Every figure is looked at alike",
        "All figures of the newest whole three years that are compared, with the flags of the comparison page. A "
        "“no different” is said of a figure only with enough cases: ten behind a share, five expected behind a rate, "
        "five ended behind a median. Bare counts, figures of the lead child alone and figures kept only to reconcile "
        "others raise no question.",
    ),
    (
        "What raises a question",
        "A figure that differs from England, or from the partnership's own earlier three years, at 99.8%: by its "
        "interval, and where few cases are expected by an exact test as well. A characteristic recorded but not "
        "considered, an action not checked or people not told, in most cases and at the same level. So few "
        "notifications over three whole years or more that luck would give it less than once in a hundred. Reviews "
        "open past their time. Three or more repeats of finished actions.",
    ),
    (
        "How they are ordered",
        "Counted facts stand first, which luck has no part in: reviews past their time, then repeats of finished "
        "actions. Comparisons follow, by how seldom luck alone would give the figure, never by how large it is. "
        "Families are kept apart: one question of each is taken before a second of any, none has more than two, and "
        "no two are about the same subject. Five at most.",
    ),
    (
        "What the choice cannot do",
        "It compares with England and with the past, so what is weak everywhere raises no question here. It cannot see "
        "what was never recorded. No partnerships are ordered by it: the number of questions follows the number of "
        "cases, and a large partnership has more.",
    ),
]


def none_chosen(name: str) -> str:
    """Said where an address names no partnership, so that nobody takes the first of a list for a choice."""
    return f"No partnership was chosen, so the first under its region stands here: {name}. Choose the one to ask."


def profile_headline(
    name: str,
    subjects: Sequence[str],
    facts: int,
    raised: int,
    looks: int,
    expected_by_luck: float,
    too_few: int,
    most: int,
) -> str:
    """How many questions the figures support, about what, which luck has no part in, and how many luck would raise."""
    if not looks and not subjects:
        return (
            f"No figure of {name} that you may see rests on enough cases to support a question. That is no sign that "
            "all is well."
        )
    luck = luck_sentence(raised, len(subjects) - facts, looks, expected_by_luck)
    if not subjects:
        return (
            f"Nothing stands out in the figures of {name}: none supports a question of its own. That is no sign that "
            f"all is well.{few_sentence(too_few)} {luck}"
        )
    about = f"about {listed([f'“{lower_first(subject)}”' for subject in subjects])}"
    short = "" if len(subjects) >= most else few_sentence(too_few)
    return (
        f"The figures of {name} support {number_of_questions(len(subjects))}, {about}."
        f"{facts_sentence(facts, len(subjects))}{short} {luck}"
    )


def number_of_questions(number: int) -> str:
    """One question; five questions."""
    return "one question" if number == 1 else f"{NUMBERS.get(number, number)} questions"


NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


def few_sentence(too_few: int) -> str:
    """How many figures rest on too few cases to say anything."""
    if not too_few:
        return ""
    verb = "rests" if too_few == 1 else "rest"
    return f" {rounded(too_few)} further {'figure' if too_few == 1 else 'figures'} {verb} on too few cases to say."


def facts_sentence(facts: int, questions: int) -> str:
    """How many of the questions a number raises by itself, whatever others have; empty where none is."""
    if not facts:
        return ""
    if facts == questions:
        each = {1: "It is a counted fact", 2: "Both are counted facts"}.get(facts, "All are counted facts")
    else:
        each = "One is a counted fact" if facts == 1 else f"{upper_first(NUMBERS[facts])} are counted facts"
    return f" {each}, in which luck has no part."


def luck_sentence(raised: int, asked: int, looks: int, expected_by_luck: float) -> str:
    """How many comparisons would raise a question, and how many luck alone would make do so."""
    if not looks:
        return "No comparison could be made, so nothing here can be told from luck."
    if looks == 1:
        found = f"The one comparison made {'raises' if raised else 'does not raise'} a question"
    else:
        found = f"{upper_first(some(raised))} of the {rounded(looks)} comparisons made {raise_one(raised)} a question"
    left = ", not all of them asked here" if raised > asked else ""
    return f"{found}{left}, where luck alone would be expected to raise {luck_in_short(expected_by_luck)}."


def luck_in_short(expected_by_luck: float) -> str:
    """How many questions luck alone would raise."""
    return "fewer than 0.1" if expected_by_luck < 0.05 else f"about {rounded(expected_by_luck, 1)}"


def raise_one(raised: int) -> str:
    """The verb of none, of one and of several comparisons."""
    return "raises" if raised < 2 else "raise"


def questions_in_short(most: int, questions: int, facts: int, raised: int, looks: int, expected_by_luck: float) -> str:
    """Beside the number of questions: which are counted facts, and what luck alone would do to the comparisons."""
    parts = [f"of {most} at most"]
    if facts:
        of_them = "the one" if questions == 1 else "all" if facts == questions else rounded(facts)
        parts.append(f"{of_them} {'a counted fact' if facts == 1 else 'counted facts'}")
    if looks:
        parts.append(f"{some(raised)} of {plural(looks, 'comparison')} {raise_one(raised)} one")
        parts.append(f"luck alone: {luck_in_short(expected_by_luck)}")
    return "; ".join(parts)
