"""Whom to tell of a fault: whoever runs an installation says so once, and every page has it in the same place."""

import os
import re

from dash import html
from flask import current_app

from dashboards.components import Child

CONTACT = "THROUGHLINE_CONTACT"  # the name of the setting in the environment: an address to mail to, or words
EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+")
HELP = "Something is wrong, or cannot be used? "
NOBODY = "Ask whoever runs this installation, and give the address of the page."


def from_environment() -> str:
    """What the environment says; nothing where it does not."""
    return os.environ.get(CONTACT, "").strip()


def whom_to_tell() -> list[Child]:
    """A sentence that names whom to tell, or says who can be asked where nobody is named."""
    named = current_app.config.get(CONTACT, "")
    if not named:
        return [HELP, NOBODY]
    is_email = EMAIL.fullmatch(named)
    who = html.A(named, href=f"mailto:{named}", className="govuk-link") if is_email else named
    return [HELP, "Tell ", who, ", and give the address of the page."]
