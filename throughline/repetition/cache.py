"""Prepared texts kept in a file, so that a text is worked out once.

The file says which words a text mentions, so keep it where the texts are kept: it is readable by its owner alone.
"""

import hashlib
import os
import tempfile
from dataclasses import fields
from pathlib import Path

import numpy as np

from throughline.repetition.model import text_version
from throughline.repetition.prepare import Asks, join_asks, prepare_texts


def prepare_with_cache(texts: list[str], file: Path | None) -> Asks:
    """The asks of distinct texts; those not in the file are prepared and added to it.

    Texts are known by hash. A file made by another version of the seeds, the table or the code is made anew.
    """
    if file is None:
        return prepare_texts(texts)
    keys = np.array([hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts], dtype="S32")
    held_keys, held = _read(file)
    missing = np.flatnonzero(~np.isin(keys, held_keys))
    if len(missing):
        fresh = prepare_texts([texts[number] for number in missing])
        held = join_asks(held, fresh) if held is not None else fresh
        held_keys = np.concatenate([held_keys, keys[missing]])
        _write(file, held_keys, held)
    if held is None:
        return prepare_texts([])
    order = np.argsort(held_keys, kind="stable")
    return held.take_texts(order[np.searchsorted(held_keys[order], keys)])


def _read(file: Path) -> tuple[np.ndarray, Asks | None]:
    if not file.exists():
        return np.array([], dtype="S32"), None
    with np.load(file) as held:
        if str(held["version"]) != text_version():
            return np.array([], dtype="S32"), None
        return held["keys"], Asks(**{field.name: held[field.name] for field in fields(Asks)})


def _write(file: Path, keys: np.ndarray, asks: Asks) -> None:
    """Written beside and moved into place: a reader finds the old file or the new one, never half of one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as out:
            columns = {field.name: getattr(asks, field.name) for field in fields(Asks)}
            np.savez(out, version=text_version(), keys=keys, **columns)
        os.replace(beside, file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
