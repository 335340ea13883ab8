"""Requests that no page of ours makes: a short answer in plain words, where Dash would fail on what it was sent."""

from collections.abc import Mapping
from typing import Any

from dash import Dash
from dash.exceptions import DependencyException
from flask import Response, request
from werkzeug.exceptions import InternalServerError

from dashboards.downloads import in_words
from dashboards.kept import ADDRESS

NO_QUESTION = "This is not a question that these pages ask. Open a page by its own address instead."
NO_FILE = "There is no such file."
FAULT = (
    "This could not be made, by a fault of these pages and not of yours. Go back and try again; "
    "what went wrong is in the log of whoever serves them."
)


def add_refusals(app: Dash) -> None:
    """Answers 400 to what is no question of a page's script, 404 for files of Dash's that are not there."""
    app.server.before_request(lambda: refuse_what_is_no_question(app.callback_map))
    app.server.register_error_handler(DependencyException, lambda _: in_words(NO_FILE, 404))
    app.server.register_error_handler(InternalServerError, lambda _: in_words(FAULT, 500))


def refuse_what_is_no_question(callbacks: Mapping[str, Mapping]) -> Response | None:
    """A refusal, or None for every question that a page's script asks and for every other address."""
    if request.path != ADDRESS or request.method != "POST":
        return None
    try:
        asked = request.get_json(silent=True)
    except RecursionError:  # lists within lists, more than there is room for
        asked = None
    return None if is_question(asked, callbacks) else in_words(NO_QUESTION, 400)


def is_question(asked: Any, callbacks: Mapping[str, Mapping]) -> bool:
    """Whether this asks for an output that there is, and gives for it what is needed, in the kind that is needed."""
    if not isinstance(asked, dict) or not isinstance(asked.get("output"), str):
        return False
    known = callbacks.get(asked["output"], {})
    if "callback" not in known:
        return False
    outputs = [(one.component_id, one.component_property) for one in known["output"]]
    inputs = [(one["id"], one["property"]) for one in known["inputs"]]
    changed = asked.get("changedPropIds", [])
    return (
        named(asked.get("outputs")) == outputs
        and named(asked.get("inputs")) == inputs
        and all(isinstance(one.get("value"), str | None) for one in asked["inputs"])
        and asked.get("state", []) == []
        and isinstance(changed, list)
        and all(isinstance(one, str) for one in changed)
    )


def named(parts: Any) -> list[tuple] | None:
    """The component and property of each part of a question; None where they are no such list."""
    if not isinstance(parts, list) or not all(isinstance(one, dict) for one in parts):
        return None
    return [(one.get("id"), one.get("property")) for one in parts]
