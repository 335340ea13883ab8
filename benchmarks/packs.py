"""How long every briefing pack takes, and how heavy they are."""

import tempfile
import time
from pathlib import Path

from throughline.release import open_current
from throughline.workspace import Workspace


def measure_packs(workspace: Workspace) -> None:
    """Prints the time of the scrutineer's packs of all partnerships, and the weight of the middle one."""
    from throughline.packs.write import write_every_partnership

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        write_every_partnership(open_current(workspace), Path(folder), lambda *_: None)
        seconds = time.perf_counter() - started
        sizes = sorted(file.stat().st_size for file in Path(folder).rglob("*.html"))
    middle = sizes[len(sizes) // 2] / 1000
    print(f"\nPacks\n  {len(sizes)} partnerships in {seconds:.0f} s; the middle one {middle:,.0f} kB")
