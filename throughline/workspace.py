"""Where things are: the project's own files, and the folders that its commands make."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Workspace:
    """The folders of one installation.

    The warehouse, and what stands beside it for a build alone, can be made again. What has landed, what people decided,
    noted and replied, and the releases that links name cannot: no command deletes them, but for what the demonstration
    itself sent.
    """

    root: Path

    @classmethod
    def default(cls) -> "Workspace":
        """The folder named by THROUGHLINE_HOME, else the project's own."""
        return cls(Path(os.environ.get("THROUGHLINE_HOME", PROJECT)).resolve())

    @property
    def returns(self) -> Path:
        """Files as partnerships send them (the demo writes its own here)."""
        return self.root / "returns"

    @property
    def landing(self) -> Path:
        """One folder a submission: accepted rows as text, quarantine, findings and the original files."""
        return self.root / "data" / "landing"

    @property
    def warehouse(self) -> Path:
        """The working warehouse: restricted, rebuilt by each build, never read by a page."""
        return self.root / "data" / "work.duckdb"

    @property
    def decisions(self) -> Path:
        """What people decided about suggested repeats: lines are added, and no command makes it again."""
        return self.root / "data" / "decisions"

    @property
    def releases(self) -> Path:
        """Immutable releases, and the pointer `current`."""
        return self.root / "releases"
