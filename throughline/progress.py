"""Shows how far a long command is: a bar on a terminal, elsewhere a line a stage, and each tenth of a long one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONG = 20  # steps: a stage of fewer is over soon enough to be told in one line
TENTHS = 10


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Yields progress(what, done, total): a bar on a terminal, lines elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    stages: dict[str, int] = {}  # by name: its task on a terminal, elsewhere the last tenth that was told
    if not console.is_terminal:

        def announce(what: str, done: int, total: int) -> None:
            if what not in stages:
                stages[what] = 0
                console.print(f"{what} …", highlight=False)
            tenth = TENTHS * done // max(total, 1)
            if total >= LONG and tenth > stages[what]:
                stages[what] = tenth
                console.print(f"{what}: {done} of {total}", highlight=False)

        yield announce
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:

        def advance(what: str, done: int, total: int) -> None:
            if what not in stages:
                for task in stages.values():
                    bar.update(task, completed=bar.tasks[task].total or 1)
                stages[what] = bar.add_task(what, total=max(total, 1))
            bar.update(stages[what], completed=done, total=max(total, 1))

        yield advance
        for task in stages.values():
            bar.update(task, completed=bar.tasks[task].total or 1)
