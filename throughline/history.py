"""What a partnership's newest return changed against the one before it, told as soon as it has landed."""

import json
from pathlib import Path

import polars as pl

from throughline.workspace import Workspace


def submissions_of(workspace: Workspace, partnership_code: str) -> list[dict]:
    """A partnership's landed submissions, newest first, each as its submission.json says."""
    held = [json.loads(path.read_text(encoding="utf-8")) for path in workspace.landing.glob("[!.]*/submission.json")]
    own = [submission for submission in held if submission["partnership_code"] == partnership_code]
    newest = ("as_at_date", "received_at", "submission_ref")
    return sorted(own, key=lambda submission: [submission[name] for name in newest], reverse=True)


def changes_since_last(workspace: Workspace, partnership_code: str) -> pl.DataFrame | None:
    """How many records are new, gone or changed (by field); null where there is no return before this one.

    Columns: return_name, change (new, gone, changed), field (null unless changed), records.
    """
    from throughline.house_in_memory import HouseInMemory

    newest_two = submissions_of(workspace, partnership_code)[:2]
    if len(newest_two) < 2:
        return None
    folders = [workspace.landing / submission["submission_ref"] for submission in newest_two]
    with HouseInMemory(_landed_together(folders)) as house:
        return house.table("return_changes").drop("partnership_code").sort("return_name", "change", "field")


def change_lines(changes: pl.DataFrame) -> list[str]:
    """The changes in words, one line a return."""
    if changes.is_empty():
        return ["  Nothing has changed since your last return."]
    lines = ["  Since your last return:"]
    for (return_name,), rows in changes.group_by("return_name", maintain_order=True):
        parts = [
            f"{records:,} {change}" for change, field, records in rows.select("change", "field", "records").iter_rows()
            if field is None
        ]  # fmt: skip
        changed = rows.filter(pl.col("field").is_not_null()).sort("records", descending=True)
        parts += [
            f"{field} changed in {records:,}" for field, records in changed.select("field", "records").iter_rows()
        ]
        lines.append(f"    {return_name}: {', '.join(parts)}")
    return lines


def _landed_together(folders: list[Path]) -> dict[str, pl.DataFrame]:
    names = sorted({file.stem for folder in folders for file in folder.glob("*.parquet")} - {"quarantine"})
    return {
        name: pl.concat(
            [
                pl.read_parquet(folder / f"{name}.parquet")
                for folder in folders
                if (folder / f"{name}.parquet").exists()
            ],
            how="diagonal_relaxed",
        )
        for name in names
    }
