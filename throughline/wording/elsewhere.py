"""Why an area that was asked for is not what is shown, what is, and where the area can be looked at."""

from throughline.wording.measures import upper_first

FOR_EVERYBODY = "DfE's counts beside those of all returns, and the rules, which everybody may see"
OWN_REGION = "the partnerships of your region"
EVERY_PARTNERSHIP = "every partnership"


def hidden(name: str) -> str:
    """Of an area whose figures this reader may not see here; the same words however many there are."""
    return f"The figures of {name} on this page are not shown to you: each count could point to a child."


def without_figures(name: str) -> str:
    """Of an area that has nothing of what a page shows."""
    return f"There are no figures of {name} on this page: no return holds any."


def only_regions(name: str) -> str:
    """Of an area smaller than those that a page is about."""
    return f"This page is about England and its regions: {name} has too few cases of its own for it."


def ended(name: str) -> str:
    """Of a partnership that others have taken the place of."""
    return f"{upper_first(name)} is a partnership that has ended, and profiles are of those that there are."


def not_yours(name: str) -> str:
    """Of a partnership or region whose returns this reader has no right to."""
    return f"What was sent from {name} is not shown to you: only its own partnerships, its region and the Panel see it."


def first_of_region(region: str) -> str:
    """Said where a profile was asked for of a whole region."""
    return f"A profile is of one partnership, and {region} has several: choose one from the list."


def instead(shown: str) -> str:
    """What stands in its stead."""
    return f"Shown instead: {shown}."


def on_page(topic: str, is_shown: bool) -> str:
    """The link to the same area on another page."""
    return topic if is_shown else f"{topic} (nothing to show)"


def beside_neighbours(name: str) -> str:
    """The link to a partnership among those most like it."""
    return f"{upper_first(name)} beside its statistical neighbours"


def beside_region(name: str, region: str) -> str:
    """The link to a partnership among those of its region."""
    return f"{upper_first(name)} beside the others of {region}"


def profile_of(name: str) -> str:
    """The link to what may be seen of a partnership on its own page."""
    return f"What you may see of {name}: its profile"


def partnerships_of(name: str) -> str:
    """The link to the partnerships of a larger area."""
    return f"The partnerships of {name}, side by side"


def region_here(region: str, name: str) -> str:
    """The link to the same page for the region."""
    return f"This page for {region}, the region of {name}"
