"""The command with which a partnership replies to the figures shown of it."""

from pathlib import Path
from typing import Annotated

import typer

from throughline.workspace import Workspace


def reply(
    partnership: Annotated[str, typer.Argument(metavar="CODE", help="The partnership's code, such as leeds.")],
    role: Annotated[str, typer.Option(help='In what role you write, such as "Business manager".')],
    text: Annotated[str | None, typer.Option(help="What readers of the figures should know.")] = None,
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A text file that says it.")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Show the partnership's reply no more.")] = False,
) -> None:
    """Reply for a partnership to its figures: a dated note for everybody, on its pages and in every file."""
    from throughline.release import open_current
    from throughline.replies import Refused, withdraw_reply, write_reply

    if sum((text is not None, file is not None, withdraw)) != 1:
        raise typer.BadParameter("give one of --text, --file and --withdraw.")
    release = open_current(Workspace.default())
    try:
        if withdraw:
            withdraw_reply(release, partnership, role)
            typer.echo("Withdrawn. The reply is shown no more.")
            return
        said = text if text is not None else file.read_text(encoding="utf-8-sig")
        write_reply(release, partnership, role, said)
    except (Refused, UnicodeDecodeError) as problem:
        told = str(problem) if isinstance(problem, Refused) else f"{file} is not a text file in UTF-8."
        raise typer.BadParameter(told) from None
    typer.echo(f"Written. It stands beside the figures of release {release.release_id} from now on, for every reader.")
