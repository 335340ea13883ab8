"""The commands that write packs: thin, with progress on anything over a second."""

from pathlib import Path
from typing import Annotated

import typer

from throughline.workspace import Workspace

app = typer.Typer(
    help="Write briefing packs: one HTML file each, which opens anywhere and prints well.", no_args_is_help=True
)

Output = Annotated[Path, typer.Option(metavar="FOLDER", help="Write into this folder.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="Write a PDF beside each, where the machine has Chromium or Chrome.")]
HERE = Path("packs")


@app.command()
def regional(
    region: Annotated[str, typer.Option(metavar="CODE", help="The region's code, such as E12000002.")],
    output: Output = HERE,
    pdf: Pdf = False,
) -> None:
    """Write the pack of a region, for its improvement programme."""
    _write_one("regional", region, output, pdf)


@app.command()
def scrutineer(
    partnership: Annotated[str, typer.Option(metavar="CODE", help="The partnership's code, such as leeds.")],
    output: Output = HERE,
    pdf: Pdf = False,
) -> None:
    """Write the pack of a partnership, for those who scrutinise it."""
    _write_one("scrutineer", partnership, output, pdf)


@app.command()
def panel(output: Output = HERE, pdf: Pdf = False) -> None:
    """Write the pack for the national Panel."""
    _write_one("panel", "", output, pdf)


@app.command("all")
def every(output: Output = HERE, pdf: Pdf = False) -> None:
    """Write the scrutineer's pack of every partnership."""
    from throughline.packs.write import write_every_partnership
    from throughline.progress import progress_bar
    from throughline.release import open_current

    with progress_bar() as progress:
        written = write_every_partnership(open_current(Workspace.default()), output, progress)
        for done, file in enumerate(written if pdf else [], start=1):
            _print(file)
            progress("Printing to PDF", done, len(written))
    typer.echo(f"{len(written)} packs are in {output}.")


def _write_one(kind: str, code: str, output: Path, pdf: bool) -> None:
    from throughline.packs.write import NoSuchArea, write_pack
    from throughline.progress import progress_bar
    from throughline.release import open_current

    with progress_bar() as progress:
        try:
            file = write_pack(open_current(Workspace.default()), kind, code, output, progress)
        except NoSuchArea as problem:
            raise typer.BadParameter(str(problem)) from None
    typer.echo(f"{file} is ready.")
    if pdf:
        with progress_bar() as progress:
            progress("Printing to PDF", 0, 1)
            printed = _print(file)
        typer.echo(f"{printed} is ready.")


def _print(file: Path) -> Path:
    from throughline.packs.pdf import NoChromium, write_pdf

    try:
        return write_pdf(file)
    except NoChromium as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
