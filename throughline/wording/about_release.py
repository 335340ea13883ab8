"""What the page about a release says: what it rests on, what the gate found, and how it stands to another release."""

from datetime import date

from throughline.wording.values import full_date, plural

QUESTION = "What does this release rest on?"
OUTCOMES = {"passed": "passed", "note": "noted: to be looked at, and no reason to hold the release back"}
NOT_COMPARED = "Choose another release to see which of England's figures differ between the two."
NO_OTHER = "No other release that this version can read is held."
KEPT = (
    "A release is never changed. An address that names no release shows the current one. A view that you chose, and "
    "the link at the foot of each page, name theirs, and show the same figures for as long as it is held. Older "
    "releases can be made current again with the command “throughline rollback”."
)


def answer(returns: int, as_at, passed: int, notes: int) -> str:
    """The first sentence of the page."""
    noted = f" and noted {plural(notes, 'thing')} to look at" if notes else ""
    return (
        f"It rests on {plural(returns, 'return')}, the latest drawn up on {full_date(as_at)}; it passed "
        f"{plural(passed, 'check')} before it was published{noted}."
    )


GATE_COLUMNS = ("Expectation", "Table", "What was noted", "Rows")
BESIDE_COLUMNS = ("Measure", "Years", "In the other", "In this one")
WHY_OTHER = "A figure may differ because returns were corrected, because time passed, or because a definition changed."


def differences_heading(differing: int, compared: int) -> str:
    """How many of England's figures differ between two releases."""
    if not compared:
        return "No figure of England is in both releases"
    if not differing:
        return f"None of England's {compared:,} figures over three years differs"
    verb = "differs" if differing == 1 else "differ"
    return f"{differing:,} of England's {compared:,} figures over three years {verb}"


def kept_release(as_at_date: date, newest: date) -> str:
    """What must be known of a view that an older address asked for."""
    said = f"These are the figures as at {full_date(as_at_date)}, kept as they were for the address that you opened."
    if newest == as_at_date:
        return f"{said} Another release of the same day is the current one."
    return f"{said} The current release is as at {full_date(newest)}."


def no_such_release(name: str) -> str:
    """Why nothing can be shown of the release that an address was made for."""
    return (
        f"The release in the address, {name[:60]}, is not held here, or was made by a version of Throughline that "
        "these pages cannot read."
    )


def instead(as_at_date: date) -> str:
    """What a page shows in its place."""
    return f"You see the current release instead, as at {full_date(as_at_date)}. Its figures may differ."
