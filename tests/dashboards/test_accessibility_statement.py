"""The accessibility statement gives what the tests found, on every page there is."""

import re
import sys
from pathlib import Path

import dash
import pytest

from dashboards.accessibility_results import results
from dashboards.app import create_app
from throughline.release import Viewer

sys.path.insert(0, str(Path(__file__).parent.parent / "browser"))


@pytest.fixture(scope="module")
def statement(made_up_workspace):
    app = create_app(made_up_workspace, Viewer.public())
    return app.server.test_client().get("/accessibility").get_data(as_text=True)


def test_axe_was_asked_about_every_page(statement):
    pages = {page["path"] for page in dash.page_registry.values()} - {"/not-found"}
    assert {row["path"] for row in results()} == pages


def test_every_state_that_the_browser_tests_try_is_among_the_results(statement):
    from test_journey import PUBLIC_STATES, STATES

    tried = {f"{row['path']}{'?' + row['state'] if row['state'] else ''}" for row in results()}
    assert set(STATES) | set(PUBLIC_STATES) <= tried


def test_the_statement_gives_the_results_and_no_rule_is_broken(statement):
    rows = results()
    assert all(row["rules_broken"] == "0" and int(row["rules_held"]) > 10 for row in rows)
    assert "finds no breach of its WCAG 2.0 to 2.2 rules at levels A and AA" in statement
    assert f"in {len(rows)} states of {len({row['path'] for row in rows})} pages" in statement


def test_each_page_is_named_as_its_readers_know_it_and_in_their_order(statement):
    names = [cell for row in statement.split("<tr")[2:] for cell in re.findall(r"<th[^>]*>([^<]*)</th>", row)]

    assert names[:3] == ["Overview", "Notification trends", "Conversion"]
    assert "Accessibility statement" in names and not [name for name in names if name.startswith("/")]


def test_it_says_whom_to_tell_and_where_to_go_when_that_does_not_help(statement):
    told, enforced = (
        statement.index("Telling us of a problem"),
        statement.index("Equality Advisory and Support Service"),
    )

    assert told < enforced and "Equality and Human Rights Commission" in statement
