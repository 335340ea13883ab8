"""How much of a sheet may be filled: readers keep the whole rectangle from the first cell to the last."""

# The widest return has fewer than 80 columns, and a person's own notes beside it a few more.
MOST_COLUMNS = 702  # the last column of two letters, ZZ
MOST_ROWS = 300_000
# 300,000 rows of the widest return.
MOST_CELLS = 24_000_000
# 100,000 texts of the greatest length that a return allows come to 400 MB.
MOST_TEXT = 600 * 1024 * 1024


class Unsafe(Exception):
    """What makes a file unsafe to read and what to do about it, without the file's name."""


def used_range_fits(rows: int, columns: int, others: int = 0) -> int:
    """The cells of the rectangle, with those of other sheets; raises where a reader could not hold them."""
    if columns > MOST_COLUMNS:
        raise Unsafe(
            f"it is used as far as column {columns:,}, and no return has more than {MOST_COLUMNS}. "
            "Delete the columns right of the last heading and save it again."
        )
    if rows > MOST_ROWS:
        raise Unsafe(
            f"it is used as far as row {rows:,}, and no return has more than {MOST_ROWS:,}. "
            "Delete the rows below the last record and save it again."
        )
    if others + rows * columns > MOST_CELLS:
        raise Unsafe(
            f"its used area holds more than {MOST_CELLS:,} cells, most of them blank. "
            "Delete the rows and columns outside the records and save it again."
        )
    return others + rows * columns


def text_fits(length: int) -> None:
    """Raises where the texts of all cells, each as often as it is repeated, are more than a reader can hold."""
    if length > MOST_TEXT:
        raise Unsafe(
            "its cells repeat very long texts, to more than any return holds. "
            "Take out the repeated texts and save it again."
        )
