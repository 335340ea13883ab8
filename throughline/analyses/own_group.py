"""A set of partnerships of the reader's own, kept in the address as group=own:kent,leeds and changed by two lists."""

from functools import lru_cache

from throughline import wording
from throughline.analyses import comparison_choices as choices
from throughline.query import Choice, Query
from throughline.release import Release
from throughline.report import Filter

OWN = "own"
HEADING = "Your own set"
NOBODY = Choice("", "Nobody")
MOST = 30  # what an address and a chart have room for
ADD, REMOVE = "add", "remove"


@lru_cache(maxsize=4)
def short_names(release: Release) -> dict[str, str]:
    """Every current partnership's short name, in order of name."""
    current = release.areas().filter(area_type="partnership", is_current=True)
    named = [(code, wording.short_name(name)) for code, name in current.select("area_code", "area_name").iter_rows()]
    return dict(sorted(named, key=lambda pair: pair[1]))


def members_of(release: Release, group_type: str, group_code: str) -> list[str]:
    """The partnerships of a group, or those that the reader named."""
    if group_type == OWN:
        return group_code.split(",")
    return choices.members_of(release, group_type, group_code)


def choose_group(
    release: Release, query: Query, groups: tuple[Choice, ...], default: str
) -> tuple[str, tuple[Choice, ...]]:
    """The group asked for, with what is to be added to one's own set or taken out of it, and the list with that set."""
    names = short_names(release)
    wanted = query.given.get("group") or ""
    is_own = wanted.startswith(f"{OWN}:")
    given = wanted.removeprefix(f"{OWN}:").split(",") if is_own else []
    group = default if is_own else query.choose("group", "group of partnerships", groups, default)
    if any(code not in names for code in given):
        query.problems["group"] = "One or more of the partnerships in the address are not known. The others are shown."
    added, removed = (query.given.get(name) or "" for name in (ADD, REMOVE))
    if added and added not in names:
        query.problems[ADD] = "The partnership to add is not one that can be chosen. Choose another from the list."
    members = sorted({code for code in (*given, added) if code in names and code != removed}, key=list(names).index)
    if len(members) > MOST:
        query.problems[ADD] = f"A set holds {MOST} partnerships at most, so those after the first {MOST} are left out."
    if not members:
        return group, groups
    own = f"{OWN}:{','.join(members[:MOST])}"
    return own, (Choice(own, in_a_list(members[:MOST], names), HEADING), *groups)


def in_a_list(members: list[str], names: dict[str, str]) -> str:
    """A set as the list of groups shows it."""
    first = [names[code] for code in members[:3]]
    rest = len(members) - len(first)
    return wording.listed([*first, f"{rest} more"] if rest else first)


def filters(release: Release, query: Query, group: str) -> tuple[Filter, ...]:
    """The two lists that change the set: native, and without scripts."""
    names = short_names(release)
    group_type, _, code = group.partition(":")
    held = code.split(",") if group_type == OWN else []
    others = tuple(Choice(code, name) for code, name in names.items() if code not in held)
    add = Filter(ADD, "Add to your own set", (NOBODY, *others), "", query.problems.get(ADD, ""))
    if not held:
        return (add,)
    inside = tuple(Choice(code, names[code]) for code in held)
    return add, Filter(REMOVE, "Take out of your own set", (NOBODY, *inside), "")
