"""`make bench`: every figure in one run."""

import os
import platform
import tempfile
from pathlib import Path

from benchmarks.beside_rivals import measure_beside_rivals
from benchmarks.disclosure import measure_disclosure
from benchmarks.door import measure_door
from benchmarks.first_load import measure_first_load
from benchmarks.line import measure_correction, measure_libraries, measure_line
from benchmarks.packs import measure_packs
from benchmarks.pages import measure_pages
from benchmarks.planted_repeats import measure_planted
from benchmarks.repetition import measure_repetition
from benchmarks.scales import measure_scales

PAGES = {
    "overview": "/",
    "notification trends": "/notification-trends?area=E92000001&measure=count",
    "conversion": "/conversion?area=E12000002",
    "timeliness": "/timeliness?area=leeds",
    "demographic recording": "/demographic-recording",
    "recommendations": "/recommendations?area=leeds",
    "asked before": "/has-this-been-recommended-before?text=Fathers+should+be+included+in+assessments.",
    "pair review": "/review-pairs",
    "compare (region)": "/compare-partnerships?indicator=CV3&group=region:E12000002",
    "compare (neighbours)": "/compare-partnerships?indicator=NT2&group=statistical_neighbours:leeds",
    "partnership profile": "/profile?partnership=leeds",
    "data quality": "/data-quality",
    "methods": "/methods",
    "about this release": "/about-this-release",
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
        measure_first_load(national, PAGES["compare (region)"])
        measure_packs(national)
        measure_beside_rivals(national)
        hundredfold = measure_line(Path(folder) / "hundredfold", scale=100)
        measure_scales(national, hundredfold, PAGES)
        measure_first_load(hundredfold, PAGES["compare (region)"])


if __name__ == "__main__":
    main()
