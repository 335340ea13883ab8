"""What people decided about pairs of recommendations: a file to which lines are added, and which nothing changes.

A decision holds for the words that were shown. Whoever decided is known by role, and no text is written down.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from throughline.added_lines import add_line
from throughline.roles import check_role

FILE = "pair_decisions.jsonl"
# What each means is said in throughline.wording.pair_review.
VERDICTS = ("repeat", "same_theme", "different", "unsure")
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
    add_line(folder / FILE, asdict(made))
    return made


def read_decisions(folder: Path) -> pl.DataFrame:
    """Every decision in the order in which they were made."""
    file = folder / FILE
    if not file.exists() or not file.stat().st_size:
        return pl.DataFrame(schema=COLUMNS)
    return pl.read_ndjson(file, schema=COLUMNS)
