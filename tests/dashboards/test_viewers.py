"""A reader of an area that is not there: refused where it is written, and shown no more than everybody if it is not."""

import polars as pl
import pytest
from typer.testing import CliRunner

from throughline.cli import app
from throughline.release import BY_AREA, BY_PARTNERSHIP, Release, Viewer

NOWHERE = [Viewer.partnership("county_durhan"), Viewer.region("XX"), Viewer("everybody"), Viewer("Panel")]


def all_that_is_read(release: Release, viewer: Viewer) -> dict[str, pl.DataFrame]:
    rec_ids = release.recommendations(Viewer.panel()).select("rec_id").collect()["rec_id"]
    lazy = {
        name: getattr(release, name)(viewer).collect()
        for name in (
            *("recommendations", "recommendation_pairs", "recommendation_chains"),
            "recommendation_chain_members",
        )
    }
    held = {file.stem for file in (release.folder / "restricted").glob("*.parquet")}
    return {
        **lazy,
        "words": release.recommendations_in_words(viewer, rec_ids),
        "indicator_values": release.indicator_values(viewer),
        **{name: release.by_area(name, viewer) for name in BY_AREA if name in held},
        **{name: release.by_partnership(name, viewer) for name in BY_PARTNERSHIP if name in held},
    }


@pytest.mark.parametrize("viewer", NOWHERE, ids=str)
def test_a_reader_without_an_area_of_their_own_reads_what_everybody_reads(made_up, viewer):
    public = all_that_is_read(made_up, Viewer.public())

    assert public["recommendations"].is_empty() and not public["indicator_values"].is_empty()
    for name, rows in all_that_is_read(made_up, viewer).items():
        assert rows.equals(public[name]), name


def test_a_reader_with_an_area_reads_what_others_share(made_up):
    """Otherwise the test above would hold of a release with nothing in it."""
    read = made_up.recommendations(Viewer.partnership("county_durham")).collect()

    assert set(read["is_own"]) == {True, False}


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("partnership:county_durhan", "partnership:county_durham"),
        ("partnership:County_Durham", "partnership:county_durham"),
        ("partnership:county durham", "partnership:county_durham"),
        ("region:E1200001", "region:E12000001"),
        ("region:north east", "region:E12000001"),
        ("region:XX", "region:E12000001"),
        ("region:county_durham", "region:E12000001"),
    ],
)
@pytest.mark.parametrize("command", [["ask", "a draft"], ["review-pairs", "--role", "Business manager"]])
def test_a_code_that_is_not_there_is_a_wrong_call_and_what_to_write_is_said(made_up_workspace, command, written, right):
    run = CliRunner(env={"THROUGHLINE_HOME": str(made_up_workspace.root), "COLUMNS": "300"})
    done = run.invoke(app, [*command, "--viewer", written])

    assert done.exit_code == 2
    assert f"viewer '{written}': there is no {written.partition(':')[0]} of that code here" in done.output
    assert f"such as {right}." in done.output


def test_nothing_is_served_to_a_code_that_is_not_there(made_up_workspace, monkeypatch):
    monkeypatch.setattr("throughline.serving.serve", lambda *_: pytest.fail("it was served"))
    run = CliRunner(env={"THROUGHLINE_HOME": str(made_up_workspace.root), "COLUMNS": "300"})
    done = run.invoke(app, ["serve", "--viewer", "partnership:county_durhan"])

    assert done.exit_code == 2 and "such as partnership:county_durham." in done.output


@pytest.mark.parametrize("written", ["public", "panel", "region:E12000001", "partnership:county_durham"])
def test_a_code_that_is_there_is_served(made_up_workspace, monkeypatch, written):
    served = []
    monkeypatch.setattr("throughline.serving.serve", lambda _, viewer, *__: served.append(viewer))
    run = CliRunner(env={"THROUGHLINE_HOME": str(made_up_workspace.root)})

    assert run.invoke(app, ["serve", "--viewer", written]).exit_code == 0
    assert served == [Viewer.from_text(written)]
