"""Read a submission of an older version of the specification as the current one, and the other way round."""

import dataclasses
from collections.abc import Mapping
from functools import cache

import polars as pl
import yaml

from throughline.door.specification import load_specification
from throughline.door.spelling import key
from throughline.workspace import PROJECT

VERSIONS_FILE = PROJECT / "expectations" / "versions.yml"

KINDS = ("rename_field", "recode", "add_field", "drop_field", "add_return")

Frames = Mapping[str, pl.DataFrame]


class VersionError(ValueError):
    """The list of versions is wrong, or a version is not in it: a fault of ours, not of the person who sent."""


@dataclasses.dataclass(frozen=True)
class Change:
    """One difference between a version and the one before it."""

    kind: str
    return_name: str
    field: str | None = None
    to: str | None = None
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)


@cache
def load_versions() -> dict[str, tuple[Change, ...]]:
    """Every version, oldest first, with what changed from the one before."""
    document = yaml.safe_load(VERSIONS_FILE.read_text(encoding="utf-8"))
    versions = {entry["version"]: tuple(map(_change, entry.get("changes", ()))) for entry in document["versions"]}
    if list(versions)[-1] != load_specification().version:
        raise VersionError(f"the last version listed is not {load_specification().version}, the specification's own")
    return versions


def listed_version(text: str | None) -> str | None:
    """The version that a cell states; a spreadsheet shows 1.0 as 1."""
    return next((version for version in load_versions() if text in (version, version.removesuffix(".0"))), None)


def upgrade(frames: Frames, version: str) -> dict[str, pl.DataFrame]:
    """Frames of an older version as the current version holds them."""
    current = dict(frames)
    for change in _since(version):
        current = _apply(current, change)
    return current


def downgrade(frames: Frames, version: str) -> dict[str, pl.DataFrame]:
    """Frames of the current version as an older one held them; what it did not ask for is left out."""
    older = dict(frames)
    for change in reversed(_since(version)):
        older = _undo(older, change)
    return older


def fields_at(return_name: str, field_names: list[str], version: str) -> dict[str, str | None]:
    """The fields of a return in a version, each with its current name, or nothing where it is asked for no more."""
    fields: dict[str, str | None] = {name: name for name in field_names}
    for change in reversed(_since(version)):
        if change.return_name != return_name:
            continue
        if change.kind == "rename_field":
            fields = {change.field if name == change.to else name: current for name, current in fields.items()}
        elif change.kind == "add_field":
            fields.pop(change.field, None)
        elif change.kind == "drop_field":
            fields[change.field] = None
    return fields


def returns_since(version: str) -> frozenset[str]:
    """Returns that a version did not have."""
    return frozenset(change.return_name for change in _since(version) if change.kind == "add_return")


def recode_since(frame: pl.DataFrame, return_name: str, version: str) -> pl.DataFrame:
    """The frame, its fields under their current names, with the codes of an older version made current."""
    for change in _since(version):
        if change.kind == "recode" and change.return_name == return_name and change.field in frame.columns:
            frame = _recode(frame, change.field, change.codes)
    return frame


def _since(version: str) -> tuple[Change, ...]:
    versions = load_versions()
    if version not in versions:
        raise VersionError(f"{version} is not a version of the specification")
    later = list(versions)[list(versions).index(version) + 1 :]
    return tuple(change for name in later for change in versions[name])


def _apply(frames: dict[str, pl.DataFrame], change: Change) -> dict[str, pl.DataFrame]:
    name = change.return_name
    if change.kind == "add_return":
        returned = load_specification().returns.get(name)
        blank = pl.DataFrame(schema=dict.fromkeys(returned.field_names if returned else (), pl.String))
        return {name: blank} | frames
    if name not in frames:
        return frames
    frame = frames[name]
    match change.kind:
        case "rename_field":
            frame = frame.rename({change.field: change.to})
        case "add_field":
            frame = frame.with_columns(pl.lit(None, pl.String).alias(change.field))
        case "drop_field":
            frame = frame.drop(change.field)
        case "recode":
            frame = _recode(frame, change.field, change.codes)
    return frames | {name: frame}


def _undo(frames: dict[str, pl.DataFrame], change: Change) -> dict[str, pl.DataFrame]:
    name = change.return_name
    if name not in frames:
        return frames
    frame = frames[name]
    match change.kind:
        case "add_return":
            return {other: kept for other, kept in frames.items() if other != name}
        case "rename_field":
            frame = frame.rename({change.to: change.field})
        case "add_field":
            frame = frame.drop(change.field)
        case "drop_field":
            frame = frame.with_columns(pl.lit(None, pl.String).alias(change.field))
        case "recode":
            # Where two old codes became one, the first of them is given back.
            earlier = {new: old for old, new in reversed(change.codes.items())}
            frame = _recode(frame, change.field, earlier)
    return frames | {name: frame}


def _recode(frame: pl.DataFrame, field: str, codes: Mapping[str, str]) -> pl.DataFrame:
    """Codes are matched by spelling, since an old submission is no tidier than a new one."""
    by_key = {key(old): new for old, new in codes.items()}
    texts = frame[field].unique().drop_nulls()
    found = {text: by_key[key(text)] for text in texts if key(text) in by_key}
    return frame.with_columns(frame[field].replace(found)) if found else frame


def _change(entry: dict) -> Change:
    if entry.get("change") not in KINDS:
        raise VersionError(f"{entry.get('change')} is not one of {', '.join(KINDS)}")
    return Change(
        entry["change"],
        entry["return"],
        entry.get("field"),
        entry.get("to"),
        dict(entry.get("codes", {})),
    )
