"""Takes a person's decision about a pair: the one address of these pages that writes anything."""

from urllib.parse import urlencode, urlsplit

import polars as pl
from flask import Flask, Response, redirect, request

from dashboards.data import current_release, viewer, workspace
from throughline.analyses.pair_review import BETWEEN, PATH, find_pair
from throughline.release import NoRelease
from throughline.repetition.decisions import VERDICTS, decide
from throughline.roles import check_role

ADDRESS = "/review-pairs/decide"
PROBLEMS = {
    "role": "Choose the role in which you decide.",
    "verdict": "Choose one of the four answers.",
}


def add_routes(server: Flask) -> None:
    """Adds the address to which a decision is sent."""

    @server.post(ADDRESS)
    def decided() -> Response:
        if not is_from_here():
            return Response("Decisions are taken from this site's own pages only.", status=403, mimetype="text/plain")
        try:
            release = current_release()
        except NoRelease as missing:
            return Response(str(missing), status=503, mimetype="text/plain")
        name, scope = request.args.get("pair", ""), request.args.get("scope", "all")
        verdict, role = request.form.get("verdict", ""), request.form.get("role", "")
        pair = find_pair(release, viewer(), name) if BETWEEN in name else None
        if pair is None:
            return Response("There is no such pair that you may read.", status=404, mimetype="text/plain")
        problem = problem_of(verdict, role)
        if problem:
            return to_page({"pair": name, "scope": scope, "problem": problem}, "decision")
        decide(workspace().decisions, pair, verdict, role)
        # The next pair opens with the role already there: nobody types it a hundred times.
        return to_page({"scope": scope, "role": check_role(role)})


def problem_of(verdict: str, role: str) -> str | None:
    """Which field cannot be taken as it is."""
    if verdict not in VERDICTS:
        return "verdict"
    try:
        check_role(role)
    except ValueError:
        return "role"
    return None


def to_page(chosen: dict[str, str], anchor: str = "") -> Response:
    """Back to the page, by an address that a browser may load again without deciding twice."""
    return redirect(f"{PATH}?{urlencode(chosen)}{'#' + anchor if anchor else ''}", code=303)


def is_from_here() -> bool:
    """Whether the form was sent by a page of this server: another site must not decide in a reader's name."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:  # no address at all, such as one with half a pair of brackets
        return False


def decided_pairs(decided: pl.DataFrame) -> frozenset[str]:
    """The pairs about which somebody has decided, by their names in an address."""
    return frozenset(decided.select(pl.concat_str("rec_id", "earlier_rec_id", separator=BETWEEN)).to_series())
