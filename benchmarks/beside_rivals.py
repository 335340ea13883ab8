"""The Compare partnerships page beside the same page in plotly-express Dash and in Streamlit, on the same release."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from benchmarks import pages
from benchmarks.first_load import three_visits
from benchmarks.pages import Load
from benchmarks.server import memory_in_mb, our_pages, running
from throughline.workspace import PROJECT, Workspace

RIVALS = PROJECT / "benchmarks" / "rivals"
# `make bench` sets it up; the project itself never has what is in it.
ENVIRONMENT = PROJECT / ".venv-rivals"
PROGRAMS = ENVIRONMENT / "bin"
TIMES = 3
CHARTS = 3
MEASURES = 12
PATH = "/compare-partnerships"
QUERY = "indicator=CV3&breakdown=total&group=region:E12000002&period=three_years:2024-2026"
OURS = ("throughline/analyses/*compar*", "throughline/charts/comparison*", "throughline/wording/*compar*")
SHARED = RIVALS / "comparison.py"

QUIET = ("--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none")
ADDRESS = ("--server.address", "127.0.0.1", "--server.port")


@dataclass(frozen=True)
class Tool:
    """One page: how it is served and asked for, and which of its files are ours to count."""

    name: str
    command: Callable[[int], list]
    path: str
    load: Callable[[Sequence[str], int, float], Load]
    files: list[Path]
    health: str = "/healthz"


@dataclass
class Measured:
    """Figures of one page by name, one for each time that it was measured."""

    figures: dict[str, list[float]] = field(default_factory=dict)
    other_hosts: set[str] = field(default_factory=set)

    def add(self, name: str, figure: float | None) -> None:
        """Notes one more figure, where there is one."""
        self.figures.setdefault(name, []).extend([] if figure is None else [figure])

    def median(self, name: str) -> float | None:
        """The middle one of a name's figures; None where none could be taken."""
        return statistics.median(self.figures[name]) if self.figures[name] else None


def measure_beside_rivals(workspace: Workspace) -> None:
    """Prints one table of medians, or why there is none."""
    if not (ENVIRONMENT / ".ready").exists():
        print("\nCompare partnerships in three tools: not measured, `make rivals` did not install the others")
        return
    views = different_views(workspace)
    found = {tool.name: Measured() for tool in TOOLS}
    for _ in range(TIMES):
        for port, tool in enumerate(TOOLS, start=8190):
            measure_once(tool, workspace, port, views, found[tool.name])
    print_table(found, len(views))


def different_views(workspace: Workspace) -> list[str]:
    """Queries of percentages by measure, region and period: more of them than our workers keep pages."""
    release = workspace.releases / "current"
    measures = pl.read_parquet(release / "indicators.parquet").filter(pl.col("unit") == "proportion")["indicator"]
    regions = pl.read_parquet(release / "areas.parquet").filter(pl.col("area_type") == "region")["area_code"]
    return [
        f"indicator={measure}&breakdown=total&group=region:{region}&period=three_years:{year - 2}-{year}"
        for year in (2026, 2025, 2024, 2023)
        for region in regions
        for measure in measures.sort().head(MEASURES)
    ]


def measure_once(tool: Tool, workspace: Workspace, port: int, views: list[str], found: Measured) -> None:
    """Starts the page's server, opens it three times, then loads it."""
    with running(tool.command(port), workspace, port, tool.health) as server:
        found.add("server answers", server.seconds)
        for name, opened in three_visits(f"{server.address}{tool.path}?{QUERY}", CHARTS).items():
            found.add(f"{name}: chart seen", opened.seen)
            found.add(f"{name}: first chart", opened.first_chart)
            found.add(f"{name}: every chart", opened.every_chart)
            found.add(f"{name}: kilobytes", opened.kilobytes)
            found.other_hosts |= opened.other_hosts
        tool.load(views[:MEASURES], port, 2 * pages.SECONDS)  # so that every measure has been read
        for name, queries in (("same", [QUERY]), ("different", views)):
            load = tool.load(queries, port, pages.SECONDS)
            found.add(f"{name}: p50", load.at(0.5))
            found.add(f"{name}: p95", load.at(0.95))
            found.add(f"{name}: views", load.per_second)
        found.add("memory", memory_in_mb(server.process))


def load_dash(queries: Sequence[str], port: int, seconds: float) -> Load:
    """Views of a Dash app: the request that a browser makes for a page's content."""
    if pages.answer(f"{PATH}?{queries[0]}", port).count('"type":"Graph"') < CHARTS:
        raise RuntimeError("the page came without its charts")
    return pages.ask([f"{PATH}?{query}" for query in queries], port, seconds)


def load_streamlit(queries: Sequence[str], port: int, seconds: float) -> Load:
    """Views of the Streamlit app: a websocket session each, until its script has finished."""
    command = [PROGRAMS / "python", RIVALS / "streamlit_views.py", port, seconds, *queries]
    told = json.loads(subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout)
    if told["fewest_charts"] < CHARTS - 1:  # a measure that nobody has in a period has no funnel
        raise RuntimeError("the page came without its charts")
    return Load(sorted(told["times"]), told["elapsed"])


def print_table(found: dict[str, Measured], views: int) -> None:
    """Medians, a figure a line and a tool a column, and what they are figures of."""
    print(ABOUT.format(path=PATH, query=QUERY, times=TIMES, views=views))
    print(f"  {'':46}" + "".join(f"{name:>22}" for name in found))
    for label, name, places, unit in LINES:
        cells = [measured.median(name) for measured in found.values()]
        print(f"  {label:46}" + "".join(f"{_cell(cell, places, unit):>22}" for cell in cells))
    counted = [(lines_of(tool.files), shared) for tool, shared in zip(TOOLS, (lines_called(), None, None), strict=True)]
    print(f"  {'lines of Python for this page':46}" + "".join(f"{own:>22,}" for own, _ in counted))
    print(f"  {'with all that it calls in the project':46}" + f"{counted[0][1]:>22,}" + 2 * f"{'the same':>22}")
    for name, measured in found.items():
        print(f"  {name} asked other hosts: {', '.join(sorted(measured.other_hosts)) or 'none'}")


def _cell(figure: float | None, places: int, unit: str) -> str:
    return "not measured" if figure is None else f"{figure:,.{places}f} {unit}"


def lines_of(files: Sequence[Path]) -> int:
    """Lines that are neither empty nor a comment."""
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return sum(bool(line) and not line.startswith("#") for line in lines)


def lines_called() -> int:
    """Lines of every module of the project that our page loads: what other pages use as well is among them."""
    program = (
        "import sys, dashboards.report_page, throughline.analyses.compare_partnerships\n"
        "print(*(module.__file__ for name, module in sys.modules.items()"
        " if name.split('.')[0] in ('throughline', 'dashboards') and getattr(module, '__file__', None)), sep='\\n')"
    )
    told = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=True, capture_output=True, text=True)
    return lines_of([Path(line) for line in told.stdout.split("\n") if line])


ABOUT = """
Compare partnerships in three tools ({path}?{query})
  One machine for servers, browser and clients; medians of {times} runs, each of a server just started. Two gunicorn
  workers serve ours and the Dash page; Streamlit is one process. A view is, for these two, the one request for a page's
  content (_dash-update-component), and for Streamlit a websocket session until the page's script has finished. The same
  view is one that our workers keep and the others make again; different views are {views} in turn, more than are asked
  for in the time, so that each is made for the first time. Kilobytes are as they crossed the wire: Streamlit compresses
  none of its own files. The other two say nothing in words, hide nothing, and give no reason where a figure is missing;
  benchmarks/rivals/comparison.py tells what else they leave out.
"""
LINES = (
    ("server answers after", "server answers", 2, "s"),
    ("a chart is seen, first visitor after start-up", "first visitor: chart seen", 2, "s"),
    ("a chart is seen, another, empty browser", "empty browser: chart seen", 2, "s"),
    ("a chart is seen, opened again", "same browser again: chart seen", 2, "s"),
    ("first chart, first visitor after start-up", "first visitor: first chart", 2, "s"),
    ("every chart, first visitor after start-up", "first visitor: every chart", 2, "s"),
    ("first chart, another visitor, empty browser", "empty browser: first chart", 2, "s"),
    ("every chart, another visitor, empty browser", "empty browser: every chart", 2, "s"),
    ("first chart, opened again", "same browser again: first chart", 2, "s"),
    ("every chart, opened again", "same browser again: every chart", 2, "s"),
    ("over the wire, empty browser", "empty browser: kilobytes", 0, "kB"),
    ("over the wire, opened again", "same browser again: kilobytes", 0, "kB"),
    ("same view, 10 clients: p50", "same: p50", 0, "ms"),
    ("same view, 10 clients: p95", "same: p95", 0, "ms"),
    ("same view, 10 clients: views a second", "same: views", 1, "/s"),
    ("different views, 10 clients: p50", "different: p50", 0, "ms"),
    ("different views, 10 clients: p95", "different: p95", 0, "ms"),
    ("different views, 10 clients: views a second", "different: views", 1, "/s"),
    ("memory of the server after the load", "memory", 0, "MB"),
)

GUNICORN = ("--workers", 2, "--no-control-socket", "--chdir", RIVALS, "plotly_express_page:server", "--bind")
TOOLS = (
    Tool(
        "Throughline",
        our_pages,
        PATH,
        load_dash,
        [PROJECT / "dashboards/pages/compare_partnerships.py", *(file for name in OURS for file in PROJECT.glob(name))],
    ),
    Tool(
        "plotly express, Dash",
        lambda port: [PROGRAMS / "gunicorn", *GUNICORN, f"127.0.0.1:{port}"],
        PATH,
        load_dash,
        [RIVALS / "plotly_express_page.py", SHARED],
        "/_dash-dependencies",
    ),
    Tool(
        "Streamlit",
        lambda port: [PROGRAMS / "streamlit", "run", RIVALS / "streamlit_page.py", *QUIET, *ADDRESS, port],
        "/",
        load_streamlit,
        [RIVALS / "streamlit_page.py", SHARED],
        "/_stcore/health",
    ),
)


if __name__ == "__main__":
    measure_beside_rivals(Workspace.default())
