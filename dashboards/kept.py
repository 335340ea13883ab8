"""Finished pages: what was sent for an address is kept, and sent again without being laid out or written out anew."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar
from urllib.parse import parse_qsl

import dash
from flask import Flask, Response, g, request

from dashboards import data

Value = TypeVar("Value")
ADDRESS = "/_dash-update-component"  # where a browser's script asks for a page
CONTENT = "_pages_content"
KEPT_ANSWERS = 512  # of some 50 KB each
KEPT_VIEWS = 128  # of some 300 KB each
LEVEL = 6  # of compression; 9 would make them 3% smaller and take twice the time


class Kept:
    """So many values as were asked for last, each made once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.values: OrderedDict = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable) -> object | None:
        """The value of a key, if it is kept."""
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
            return self.values.get(key)

    def put(self, key: Hashable, value: object) -> None:
        """Keeps a value, and lets the one go that was not asked for the longest."""
        with self.lock:
            self.values[key] = value
            self.values.move_to_end(key)
            if len(self.values) > self.most:
                self.values.popitem(last=False)

    def or_made(self, key: Hashable | None, make: Callable[[], Value]) -> Value:
        """The kept value, or a new one; without a key it is made each time."""
        value = None if key is None else self.get(key)
        if value is None:
            value = make()
            if key is not None:
                self.put(key, value)
        return value


def add_kept_answers(server: Flask) -> None:
    """Answers a browser's script from what was answered before, where the page cannot have changed."""
    kept = Kept(KEPT_ANSWERS)

    @server.before_request
    def answered_before() -> Response | None:
        g.page_asked = asked_page() if request.path == ADDRESS else None
        held = None if g.page_asked is None else kept.get(g.page_asked)
        if held is None:
            return None
        g.page_asked = None
        return sent(held)

    @server.after_request
    def keep(response: Response) -> Response:
        if g.get("page_asked") is None or response.status_code != 200:
            return response
        held = gzip.compress(response.get_data(), LEVEL, mtime=0)
        kept.put(g.page_asked, held)
        return sent(held)


def sent(held: bytes) -> Response:
    """The answer as the browser takes it: compressed as it is kept, unless it knows no such thing."""
    if "gzip" not in request.accept_encodings:
        return Response(gzip.decompress(held), mimetype="application/json")
    response = Response(held, mimetype="application/json", headers={"Content-Encoding": "gzip"})
    response.vary.add("Accept-Encoding")
    return response


def asked_page() -> Hashable | None:
    """The page for which a browser's script asks, with all that its answer depends on; None for anything else."""
    asked = request.get_json(silent=True) or {}
    if not str(asked.get("output", "")).startswith(f"..{CONTENT}.children..."):
        return None
    given = {one["property"]: one.get("value") or "" for one in asked["inputs"]}
    path, search = given.get("pathname", ""), given.get("search", "")
    page = next((page for page in dash.page_registry.values() if page["path"] == path), None)
    query = parse_qsl(search.removeprefix("?"), keep_blank_values=True)
    return None if page is None else page_key(page, query)


def page_key(page: dict, query: list[tuple[str, str]]) -> Hashable | None:
    """A page and its address with all that its content depends on; None where it may be another each time."""
    state = data.state_of(page, dict(reversed(query)))  # the first value of a name counts
    return None if state is None else (page["path"], tuple(query), state)
