"""Finished pages: what was sent for an address is kept, and sent again without being laid out or written out anew."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar
from urllib.parse import parse_qsl

import dash
from flask import Flask, Response, request

from dashboards import data
from dashboards.written import written

Value = TypeVar("Value")
ADDRESS = "/_dash-update-component"  # where a browser's script asks for a page
CONTENT, STORE = "_pages_content", "_pages_store"  # Dash's names for where a page stands, and its title
KEPT_ANSWERS = 512  # of some 50 KB each
KEPT_VIEWS = 128  # of some 300 KB each
LEVEL = 4  # of compression; 6 would make them 6% smaller and take half as long again


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


def add_page_answers(server: Flask) -> None:
    """Answers a browser's script that asks for a page, from what was answered before where it cannot have changed.

    Dash would answer the same, but takes as long to write a page out as we take to lay it out.
    """
    kept = Kept(KEPT_ANSWERS)

    @server.before_request
    def answered() -> Response | None:
        asked = asked_page() if request.path == ADDRESS else None
        if asked is None:
            return None
        page, query = asked
        return sent(kept.or_made(page_key(page, query), lambda: packed(written_page(page, query))))


def packed(answer: bytes) -> bytes:
    """An answer as it is kept, the same each time that it is packed."""
    return gzip.compress(answer, LEVEL, mtime=0)


def written_page(page: dict, query: list[tuple[str, str]]) -> bytes:
    """A page's content and title as Dash's script reads them."""
    content = page["layout"](**first_of_each(query))
    said = {CONTENT: {"children": content}, STORE: {"data": {"title": page["title"]()}}}
    return written({"multi": True, "response": said})


def sent(held: bytes) -> Response:
    """The answer as the browser takes it: compressed as it is kept, unless it knows no such thing."""
    if "gzip" not in request.accept_encodings:
        return Response(gzip.decompress(held), mimetype="application/json")
    response = Response(held, mimetype="application/json", headers={"Content-Encoding": "gzip"})
    response.vary.add("Accept-Encoding")
    return response


def asked_page() -> tuple[dict, list[tuple[str, str]]] | None:
    """The page and the query of its address for which a browser's script asks; None for anything else."""
    asked = request.get_json(silent=True) or {}
    if not str(asked.get("output", "")).startswith(f"..{CONTENT}.children..."):
        return None
    given = {one["property"]: one.get("value") or "" for one in asked["inputs"]}
    path, search = given.get("pathname", ""), given.get("search", "")
    page = next((page for page in dash.page_registry.values() if page["path"] == path), None)
    return None if page is None else (page, parse_qsl(search.removeprefix("?"), keep_blank_values=True))


def first_of_each(query: list[tuple[str, str]]) -> dict[str, str]:
    """One value a name, of which an address may hold several: the first counts."""
    return dict(reversed(query))


def page_key(page: dict, query: list[tuple[str, str]]) -> Hashable | None:
    """A page and its address with all that its content depends on; None where it may be another each time."""
    state = data.state_of(page, first_of_each(query))
    return None if state is None else (page["path"], tuple(query), state)
