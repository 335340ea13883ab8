"""A made-up release with every status in it, and pages served from it to Flask's test client."""

import pytest
from made_up_release import write_release

from dashboards.app import create_app
from throughline.analyses.comparison_funnel import funnel_of
from throughline.release import Viewer, open_current
from throughline.statistics import settings


@pytest.fixture(scope="session")
def made_up_workspace(tmp_path_factory):
    return write_release(tmp_path_factory.mktemp("made_up"))


@pytest.fixture(scope="session")
def made_up(made_up_workspace):
    return open_current(made_up_workspace)


@pytest.fixture(scope="session")
def panel_app(made_up_workspace):
    return create_app(made_up_workspace, Viewer.panel())


@pytest.fixture
def reader(panel_app):
    return panel_app.server.test_client()


@pytest.fixture
def public_reader(made_up_workspace):
    return create_app(made_up_workspace, Viewer.public()).server.test_client()


@pytest.fixture
def drawn_of_few(monkeypatch):
    """Funnels of however few partnerships, since the made-up release has fewer than a funnel needs; none stays kept."""
    funnel_of.cache_clear()
    monkeypatch.setattr(settings, "FUNNEL_MIN_UNITS", 2)
    yield
    funnel_of.cache_clear()
