"""Read an older kind of workbook in a process of its own.

In .xls and .xlsb a damaged length can make the reader ask for more memory than there is, which ends its process at
once. That process must not be the one that checks everybody else's returns. Run as a module, this is the process.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from throughline.door.sheets import Sheet, read_sheets

MOST_SECONDS = 60
MOST_BYTES = 4 * 1024**3

CONTENT = "content"
CONTENTS = "sheets.json"


def read_sheets_apart(content: bytes) -> list[Sheet] | None:
    """Every sheet; nothing where the bytes make no sense, or their reader ran out of memory or time."""
    with TemporaryDirectory(prefix="throughline-") as name:
        folder = Path(name)
        (folder / CONTENT).write_bytes(content)
        command = [sys.executable, "-m", "throughline.door.sheets_apart", name]
        try:
            done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode != 0 or not (folder / CONTENTS).exists():
            return None
        listed = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
        return [Sheet(frame=_frame(folder, number, one.pop("width")), **one) for number, one in enumerate(listed)]


def write_sheets(folder: Path) -> None:
    """Read the content in a folder and write what it holds beside it."""
    sheets = read_sheets((folder / CONTENT).read_bytes())
    if sheets is None:
        return
    listed = []
    for number, sheet in enumerate(sheets):
        listed.append(
            {
                "name": sheet.name,
                "is_hidden": sheet.is_hidden,
                "first_column": sheet.first_column,
                "width": sheet.frame.width,
            }
        )
        if sheet.frame.width:
            sheet.frame.write_parquet(_place(folder, number))
    (folder / CONTENTS).write_text(json.dumps(listed), encoding="utf-8")


def _frame(folder: Path, number: int, width: int) -> pl.DataFrame:
    # Read whole, since the folder is about to go.
    return pl.read_parquet(_place(folder, number).read_bytes()) if width else pl.DataFrame()


def _place(folder: Path, number: int) -> Path:
    return folder / f"{number}.parquet"


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit; the reader still ends alone.
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    write_sheets(Path(sys.argv[1]))
