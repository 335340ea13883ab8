"""A made-up release with every status in it, and pages served from it to Flask's test client."""

import pytest
from made_up_release import write_release

from dashboards.app import create_app
from throughline.release import Viewer, open_current


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
