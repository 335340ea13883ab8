"""`make bench`: every figure in one run."""

import os
import platform
import tempfile
from pathlib import Path

from benchmarks.disclosure import measure_disclosure
from benchmarks.door import measure_door
from benchmarks.line import measure_correction, measure_libraries, measure_line
from benchmarks.pages import measure_pages
from benchmarks.planted_repeats import measure_planted
from benchmarks.repetition import measure_repetition

PAGES = {
    "notification trends": "/notification-trends?area=E92000001&measure=count",
    "compare (region)": "/compare-partnerships?indicator=CV3&group=region:E12000002",
    "data quality": "/data-quality",
    "compare (neighbours)": "/compare-partnerships?indicator=NT2&group=statistical_neighbours:leeds",
}


def main() -> None:
    """Measures in a temporary folder, so that nothing that was made before is touched."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    measure_libraries()
    measure_planted()
    measure_repetition()
    with tempfile.TemporaryDirectory() as folder:
        national = measure_line(Path(folder) / "national", scale=1)
        measure_disclosure(national)
        measure_correction(national)
        measure_door(national, Path(folder) / "door")
        measure_pages(national, PAGES)
        measure_line(Path(folder) / "hundredfold", scale=100)


if __name__ == "__main__":
    main()
