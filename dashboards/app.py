"""Makes the server: pages, files, health and the rule that a browser fetches nothing from anywhere else."""

import gc
import os
import re
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

import dash
from dash import Dash, html
from flask import Flask, Response, jsonify, request

from dashboards import addresses, contact, data, decisions, downloads, frame, kept, titles, wrong_requests
from dashboards.addresses import Asked
from dashboards.places import place_asked
from dashboards.render import to_html
from dashboards.titles import title_of
from throughline.release import NoRelease, Viewer
from throughline.report import RELEASE
from throughline.workspace import Workspace

NO_PAGE = "/not-found"
HOSTS = {"127.0.0.1", "localhost", "::1"}
ONE_YEAR = 365 * 24 * 60 * 60
OBJECTS_OF_A_PAGE = 20_000  # the most that one is made of: so many more than were let go, and rubbish is searched for
FIRST_PAGES = ("/", "/compare-partnerships")  # between them they use every library and the long table
INDEX = """<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
<head>{%metas%}<title>{%title%}</title><link rel="icon" type="image/svg+xml" href="{mark}">{%css%}
<style>{margins}</style></head>
<body class="govuk-template__body">
{header}
<div class="govuk-width-container"><main class="govuk-main-wrapper" id="main-content">
<div id="first-view">{content}</div>
{%app_entry%}
</main></div>
{footer}
{%config%}{%scripts%}{%renderer%}
</body>
</html>"""
PLACE = re.compile(r"\{%?(\w+)%?\}")


class Pages(Dash):
    """Dash with the frame of each page, and its words and tables, written into the HTML that the server sends."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.views = kept.Kept(kept.KEPT_VIEWS)

    def interpolate_index(self, **parts: str) -> str:
        """The whole document for the address asked for."""
        page = page_at(request.path)
        left_out = {RELEASE} if page["path"] in addresses.ALWAYS_CURRENT else set()
        found = asked_or_none({name: value for name, value in request.args.items() if name not in left_out})
        release = found.release if found else None
        is_synthetic = release is None or release.is_synthetic
        mark = self.get_asset_url("throughline.svg")
        around = {
            "header": html.Div(frame.header(request.path, is_synthetic, mark)),
            "footer": html.Div(frame.footer(release)),
        }
        if found is not None:
            place = place_asked(release, request.path, request.args)
            for part in around.values():
                addresses.keep_choices(part, found, place)
        query = list(request.args.items(multi=True))

        def view() -> tuple[str, str, str]:
            content = page["layout"](**request.args.to_dict())
            named = page["supplied_title"]
            return to_html(content), title_of(named, content), frame.printed_margins(named, release, content)

        content, title, margins = self.views.or_made(kept.page_key(page, query), view)
        filled = {
            **parts,
            **{name: to_html(part.children) for name, part in around.items()},
            "mark": mark,
            "title": escape(title),
            "content": content,
            "margins": margins,
        }
        # All places in one pass: what a reader wrote is never taken for a place to be filled.
        return PLACE.sub(lambda place: filled[place[1]], INDEX)


def create_app(workspace: Workspace, viewer: Viewer) -> Dash:
    """The pages of one workspace as one viewer may see them."""
    server = Flask(__name__)
    server.config[data.WORKSPACE] = workspace
    server.config[data.VIEWER] = viewer
    server.config[contact.CONTACT] = contact.from_environment()
    # Every asset's address carries its date, so a browser may keep it.
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = ONE_YEAR
    app = Pages(
        "dashboards",
        server=server,
        use_pages=True,
        pages_folder="pages",
        assets_folder="assets",
        serve_locally=True,
        compress=True,
        title="Throughline",
        update_title="",
        include_pages_meta=False,
        suppress_callback_exceptions=True,
    )
    app.layout = html.Div(dash.page_container)
    titles.follow_what_is_chosen()
    downloads.add_routes(server)
    decisions.add_routes(server)
    add_health(server)
    server.before_request(refuse_other_names)
    server.after_request(lambda response: with_headers(response, app))
    server.after_request(not_found_where_no_page_is)
    wrong_requests.add_refusals(app)
    kept.add_page_answers(server)
    return app


def server() -> Flask:
    """The server that gunicorn runs, with its workspace and viewer from the environment."""
    viewer = Viewer.from_text(os.environ.get("THROUGHLINE_VIEWER", "public"))
    app = create_app(Workspace.default(), viewer)
    lay_out_first_pages(app)
    # What is there by now stays. To search it for rubbish again and again took a third of a page's time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_OF_A_PAGE)
    return app.server


def lay_out_first_pages(app: Dash) -> None:
    """Imports and reads what every page needs before the first reader comes, who would wait seconds for it."""
    for path in FIRST_PAGES:
        with app.server.test_request_context(path):
            try:
                to_html(page_at(path)["layout"]())
            except Exception:
                # A page at fault must not keep the others from being served; its own reader will be told.
                app.server.logger.exception("%s could not be laid out", path)


def page_at(path: str) -> dict:
    """The registered page of an address, or the one that says there is none."""
    pages = dash.page_registry.values()
    lost = next(page for page in pages if page["path"] == NO_PAGE)
    # As Dash does in the browser, an address that ends with a stroke too many is read as if it did not.
    return next((page for page in pages if page["path"].strip("/") == path.strip("/")), lost)


def refuse_other_names() -> Response | None:
    """Answers under this machine's own names alone.

    A site could have its own name lead here, and read these pages in the browser of somebody who may see more than it.
    """
    if urlsplit(f"//{request.host}").hostname in HOSTS:
        return None
    return Response("These pages are for this machine only: open them at 127.0.0.1.", 400, mimetype="text/plain")


def not_found_where_no_page_is(response: Response) -> Response:
    """Answers 404 where the document sent is the one that says there is no page, so that programs know it as well."""
    is_document = response.status_code == 200 and response.mimetype == "text/html"
    if is_document and page_at(request.path)["path"] == NO_PAGE:
        response.status_code = 404
    return response


def asked_or_none(query: Mapping[str, str]) -> Asked | None:
    """The release that an address names beside the current one, where there is any."""
    try:
        return data.asked(query)
    except NoRelease:
        return None


def add_health(server: Flask) -> None:
    """Tells a monitor which release is being served, and how old its data is."""

    @server.get("/healthz")
    def health() -> tuple[Response, int]:
        found = asked_or_none({})
        if found is None:
            return jsonify(status="no release"), 503
        release = found.current
        return jsonify(
            status="ok",
            release_id=release.release_id,
            as_at_date=release.as_at_date.isoformat(),
            is_synthetic=release.is_synthetic,
        ), 200


def with_headers(response: Response, app: Dash) -> Response:
    """Forbids the browser every address but this server's own, and other sites to frame these pages."""
    if response.mimetype == "text/html":
        scripts = " ".join(["'self'", *app.csp_hashes()])
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
        )
    if response.cache_control.max_age == ONE_YEAR:
        # Without this a browser asks after each kept file again when a page is loaded anew.
        response.cache_control.immutable = True
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
