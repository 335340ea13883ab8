"""Which release is the one before: by when it was made, and never one that cannot be served as the news."""

import json

import pytest
from typer.testing import CliRunner

from throughline import release
from throughline.analyses.release_changes import choose_earlier
from throughline.cli import app
from throughline.query import Query
from throughline.workspace import Workspace

JUNE, SEPTEMBER = "2026-06-30-20260705T090000000", "2026-09-30-20261005T090000000"
# Made after September's from what was known on 31 August, so that its name stands before September's.
KNOWN_IN_AUGUST = "2026-08-31-20261101T090000000"


def hold(workspace: Workspace, name: str, known_by: str | None = None, layout: int = release.LAYOUT) -> None:
    """A release of which nothing but its manifest is asked for here; its name says when it was made."""
    made = name.removeprefix(f"{name[:10]}-")
    folder = workspace.releases / name
    folder.mkdir(parents=True)
    manifest = {
        "layout": layout,
        "made_at": f"{made[:4]}-{made[4:6]}-{made[6:8]}T09:00:00+00:00",
        "as_at_date": name[:10],
        "known_by": known_by,
    }
    (folder / release.MANIFEST).write_text(json.dumps(manifest))


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace(tmp_path)
    hold(workspace, JUNE)
    hold(workspace, SEPTEMBER)
    hold(workspace, KNOWN_IN_AUGUST, known_by="2026-08-31")
    release.point_to(workspace, SEPTEMBER)
    return workspace


def run(workspace, *said):
    return CliRunner(env={"THROUGHLINE_HOME": str(workspace.root)}).invoke(app, said)


def current(workspace) -> str:
    return release.open_current(workspace).release_id


def test_rollback_passes_over_what_was_known_on_an_earlier_day(workspace):
    done = run(workspace, "rollback")

    assert done.exit_code == 0 and f"Release {JUNE} is current." in done.output
    assert current(workspace) == JUNE


def test_what_was_known_on_an_earlier_day_becomes_current_where_it_is_named(workspace):
    assert run(workspace, "rollback", KNOWN_IN_AUGUST).exit_code == 0
    assert current(workspace) == KNOWN_IN_AUGUST
    assert run(workspace, "rollback").exit_code == 0
    assert current(workspace) == SEPTEMBER  # the one made before it, though its name stands after


def test_rollback_passes_over_a_release_that_this_version_cannot_read(workspace):
    hold(workspace, "2026-07-31-20260805T090000000", layout=release.LAYOUT - 1)

    assert run(workspace, "rollback").exit_code == 0
    assert current(workspace) == JUNE


def test_a_release_that_this_version_cannot_read_is_refused_by_name_and_the_current_one_stays(workspace):
    other = "2026-07-31-20260805T090000000"
    hold(workspace, other, layout=release.LAYOUT - 1)
    done = run(workspace, "rollback", other)

    assert isinstance(done.exception, release.NoRelease) and "another version of Throughline" in str(done.exception)
    assert "is current" not in done.output and current(workspace) == SEPTEMBER


def test_there_is_nothing_before_the_first(workspace):
    release.point_to(workspace, JUNE)
    done = run(workspace, "rollback")

    assert isinstance(done.exception, release.NoRelease) and JUNE in str(done.exception)
    assert current(workspace) == JUNE


def test_the_release_before_is_the_one_made_last_whatever_day_its_data_are_of(workspace):
    """A return was withdrawn: the newest release holds older data than the one before it."""
    corrected = "2026-08-31-20261110T090000000"
    hold(workspace, corrected)

    names = [one.release_id for one in release.earlier_releases(release.Release(workspace.releases / corrected))]
    assert names == [SEPTEMBER, JUNE]


def test_the_overview_compares_with_the_release_that_was_served_before(workspace):
    older = "2026-03-31-20260405T090000000"
    hold(workspace, older)
    before, choices = choose_earlier(release.open_current(workspace), Query({}))

    assert before.release_id == JUNE
    assert [choice.value for choice in choices[0].choices] == [JUNE, older]


def test_releases_are_listed_by_when_they_were_made_and_say_what_was_known_when(workspace):
    lines = run(workspace, "releases").output.splitlines()

    assert [line.split()[0] for line in lines] == [JUNE, SEPTEMBER, KNOWN_IN_AUGUST]
    assert lines[1].endswith("(current)") and lines[2].endswith("as it was known on 2026-08-31")


def test_a_release_that_is_just_being_written_is_not_listed(workspace):
    (workspace.releases / ".building-x").mkdir()
    (workspace.releases / ".building-x" / release.MANIFEST).write_text("{")

    assert run(workspace, "releases").exit_code == 0
