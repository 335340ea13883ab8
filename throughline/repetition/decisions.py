"""What people decided about pairs of recommendations: a file to which lines are added, and which nothing changes.

A decision holds for the words that were shown. Whoever decided is known by role, and no text is written down.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

FILE = "pair_decisions.jsonl"
# What each means is said in throughline.wording.pair_review.
VERDICTS = ("repeat", "same_theme", "different", "unsure")
ROLES = (
    "Business manager",
    "Independent scrutineer",
    "Police lead",
    "Health lead",
    "Local authority lead",
    "Education lead",
    "Regional improvement lead",
    "Panel analyst",
    "Data analyst",
    "Another role",
)
COLUMNS = {
    "decided_at": pl.String,
    "role": pl.String,
    "verdict": pl.String,
    "rec_id": pl.String,
    "earlier_rec_id": pl.String,
    "text_sha256": pl.String,
    "earlier_text_sha256": pl.String,
    "score": pl.Float64,
    "text_version": pl.String,
}


@dataclass(frozen=True)
class Decision:
    """One person's answer about one pair, by role."""

    decided_at: str
    role: str
    verdict: str
    rec_id: str
    earlier_rec_id: str
    text_sha256: str
    earlier_text_sha256: str
    score: float | None
    text_version: str


def text_hash(text: str) -> str:
    """What a text is known by, here and in the models."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_role(role: str) -> str:
    """The role as it is listed, however it was written; raises ValueError where it is none of ROLES.

    Roles are a list so that no name can be written down.
    """
    written = " ".join(role.split()).casefold()
    found = next((listed for listed in ROLES if listed.casefold() == written), None)
    if found is None:
        raise ValueError(f"Decide as one of these: {', '.join(ROLES)}.")
    return found


def decide(folder: Path, pair: dict, verdict: str, role: str) -> Decision:
    """Writes one decision down and returns it; raises ValueError where the verdict or the role cannot be taken.

    pair: rec_id, earlier_rec_id, rec_text, earlier_rec_text and score (None where it was not suggested by its words).
    """
    from throughline.repetition.model import text_version

    if verdict not in VERDICTS:
        raise ValueError(f"Decide one of: {', '.join(VERDICTS)}.")
    made = Decision(
        decided_at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", ""),
        role=check_role(role),
        verdict=verdict,
        rec_id=pair["rec_id"],
        earlier_rec_id=pair["earlier_rec_id"],
        text_sha256=text_hash(pair["rec_text"]),
        earlier_text_sha256=text_hash(pair["earlier_rec_text"]),
        score=pair["score"],
        text_version=text_version(),
    )
    line = (json.dumps(asdict(made)) + "\n").encode("utf-8")
    # One write to a file opened for adding: two people at once leave two whole lines.
    handle = os.open(prepare(folder), os.O_WRONLY | os.O_APPEND)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
    return made


def prepare(folder: Path) -> Path:
    """The file of decisions, made empty where there is none yet, for its owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / FILE
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    return file


def read_decisions(folder: Path) -> pl.DataFrame:
    """Every decision in the order in which they were made."""
    file = folder / FILE
    if not file.exists() or not file.stat().st_size:
        return pl.DataFrame(schema=COLUMNS)
    return pl.read_ndjson(file, schema=COLUMNS)
