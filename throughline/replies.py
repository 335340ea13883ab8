"""What partnerships reply to the figures shown of them: dated notes, beside the figures and in every file of them.

A reply is for everybody to read. It stands in a file beside the releases, which no release and no build changes; one
that is replaced or withdrawn stays in the file and is shown no more.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from throughline.added_lines import add_line
from throughline.release import Release
from throughline.report import Reply
from throughline.roles import check_role
from throughline.wording import replies as words

FILE = "replies.jsonl"
LONGEST = 1_500  # letters: a note beside the figures, no paper of its own

_COUNTED = (
    "child(?:ren)?|bab(?:y|ies)|infants?|teenagers?|boys?|girls?|siblings?|notifications?|reviews?|incidents?|cases?|"
    "deaths?|referrals?|lcsprs?|recommendations?"
)
_SMALL_COUNT = re.compile(rf"\b(?:[1-4]|one|two|three|four)(?: [\w-]+){{0,2}} (?:{_COUNTED})\b", re.IGNORECASE)


class Refused(ValueError):
    """The reply cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One line of the file: a reply of a partnership to a release, or, with no text, that it is withdrawn."""

    written_at: str
    partnership_code: str
    role: str
    release_id: str
    as_at_date: str
    text: str


def write_reply(release: Release, partnership_code: str, role: str, text: str) -> Line:
    """Writes down what a partnership replies to a release; it takes the place of an earlier one.

    Raises Refused where there is no such partnership or role, or where the text is empty, too long, or tells something
    of a person or a number small enough to.
    """
    names = partnership_names(release)
    if partnership_code not in names:
        raise Refused(f"There is no partnership {partnership_code!r}; write its code, such as {min(names)}.")
    return _add(release, partnership_code, _role(role), checked(text))


def withdraw_reply(release: Release, partnership_code: str, role: str) -> Line:
    """Writes down that a partnership's reply is shown no more, with whichever release; raises Refused without one."""
    if partnership_code not in _standing(release):
        raise Refused(f"There is no reply of {partnership_code!r} to withdraw.")
    return _add(release, partnership_code, _role(role), "")


def checked(text: str) -> str:
    """The text with its spaces folded, where everybody may read it; raises Refused where not."""
    from throughline.door.personal_data import kinds_in

    folded = " ".join(text.split())
    if not folded:
        raise Refused("The reply is empty. Write what readers of the figures should know.")
    if len(folded) > LONGEST:
        raise Refused(f"The reply has {len(folded):,} letters. Say it in {LONGEST:,} or fewer.")
    if found := kinds_in(folded):
        raise Refused(f"The reply holds what looks like {' and '.join(found)}. Everybody reads it: say it without.")
    if _SMALL_COUNT.search(folded):
        raise Refused(
            "The reply gives a number from 1 to 4 of children, incidents or reviews. Numbers that small are hidden "
            "from the public to protect a child: write few or some, or none where there were none."
        )
    return folded


def replies_of(release: Release, codes: Iterable[str]) -> tuple[Reply, ...]:
    """The newest reply of each of these partnerships, in name order, as a reader of this release sees it.

    One written to an older release still stands and says so; one written to a newer release is no reply to this one.
    """
    held, names = _newest(release), partnership_names(release)
    shown = [(names.get(code, code), held[code]) for code in set(codes) & set(held)]
    return tuple(
        Reply(name, words.about(datetime.fromisoformat(line.written_at).date(), line.role, line.as_at_date), line.text)
        for name, line in sorted(shown, key=lambda one: one[0])
    )


def changed_at(release: Release) -> int:
    """A number that changes with every line that is added: whoever keeps a page keeps it no longer than that."""
    file = _file(release)
    return file.stat().st_mtime_ns if file.exists() else 0


@lru_cache(maxsize=4)
def partnership_names(release: Release) -> dict[str, str]:
    """Each partnership's short name."""
    from throughline.wording import short_name

    areas = release.areas()
    rows = areas.filter(areas["area_type"] == "partnership").select("area_code", "area_name")
    return {code: short_name(name) for code, name in rows.iter_rows()}


def _role(role: str) -> str:
    try:
        return check_role(role)
    except ValueError as problem:
        raise Refused(str(problem)) from None


def _add(release: Release, partnership_code: str, role: str, text: str) -> Line:
    line = Line(
        datetime.now(UTC).isoformat(timespec="seconds"),
        partnership_code,
        role,
        release.release_id,
        release.as_at_date.isoformat(),
        text,
    )
    add_line(_file(release), asdict(line))
    return line


def _newest(release: Release) -> dict[str, Line]:
    """The newest reply of each partnership up to this release, among those that stand."""
    return {
        code: line
        for code, lines in _standing(release).items()
        for line in lines
        if line.release_id <= release.release_id
    }


def _standing(release: Release) -> dict[str, list[Line]]:
    """Each partnership's replies since it last withdrew: a link that was kept may show any release, newer or older."""
    standing: dict[str, list[Line]] = {}
    for line in _lines(_file(release)):
        if line.text:
            standing.setdefault(line.partnership_code, []).append(line)
        else:
            standing.pop(line.partnership_code, None)
    return standing


def _lines(file: Path) -> Sequence[Line]:
    if not file.exists():
        return []
    return [Line(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _file(release: Release) -> Path:
    return release.folder.parent / FILE
