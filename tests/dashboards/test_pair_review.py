"""A person decides: the page shows a pair that its reader may read, and takes answers from its own pages alone."""

import re
import shutil

import polars as pl
import pytest

from dashboards.app import create_app
from throughline.analyses.pair_review import SUREST, find_pair, pair_name, review_in_terminal, reviewable
from throughline.release import Viewer, open_current
from throughline.repetition.decisions import read_decisions
from throughline.roles import ROLES
from throughline.workspace import Workspace

LEEDS = Viewer.partnership("leeds")
HERE = {"Origin": "http://localhost"}


@pytest.fixture
def workspace(small_workspace, tmp_path) -> Workspace:
    """The small release with decisions of its own, so that nothing shared is written to."""
    (tmp_path / "releases").symlink_to(small_workspace.releases)
    return Workspace(tmp_path)


@pytest.fixture
def client(workspace):
    return create_app(workspace, LEEDS).server.test_client()


@pytest.fixture
def pair(small_release) -> dict:
    return find_pair(small_release, LEEDS, None)


def send(client, pair, verdict="repeat", role=ROLES[0], headers=HERE):
    address = "/review-pairs/decide"
    return client.post(
        address, query_string={"pair": pair_name(pair)}, data={"verdict": verdict, "role": role}, headers=headers
    )


def test_the_page_shows_both_texts_and_the_reasons(client, pair):
    page = client.get("/review-pairs").get_data(as_text=True)
    assert page.count("Why they are suggested") >= 1
    for text in (pair["rec_text"], pair["earlier_rec_text"]):
        assert text.replace("'", "&#x27;") in page


def test_a_decision_is_written_down_and_the_next_pair_is_shown(client, pair, workspace):
    answered = send(client, pair)
    assert answered.status_code == 303 and answered.location.startswith("/review-pairs?")
    assert read_decisions(workspace.decisions)["rec_id"].to_list() == [pair["rec_id"]]
    page = client.get(answered.location).get_data(as_text=True)
    assert pair_name(pair).replace("|", "%7C").replace("~", "~") not in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Referer": "https://elsewhere.example/x"},
        {"Origin": "http://[no-address"},
    ],
)
def test_another_site_cannot_decide_in_a_readers_name(client, pair, workspace, headers):
    assert send(client, pair, headers=headers).status_code == 403
    assert read_decisions(workspace.decisions).is_empty()


@pytest.mark.parametrize(("verdict", "role", "problem"), [("", ROLES[0], "verdict"), ("repeat", "Jo Bloggs", "role")])
def test_what_cannot_be_taken_goes_back_to_the_page_with_the_reason(client, pair, workspace, verdict, role, problem):
    answered = send(client, pair, verdict, role)
    assert answered.status_code == 303 and f"problem={problem}" in answered.location
    assert read_decisions(workspace.decisions).is_empty()


def test_a_pair_of_another_area_cannot_be_decided(small_release, small_workspace, workspace, client):
    kent = reviewable(small_release, Viewer.partnership("kent")).collect()
    leeds = reviewable(small_release, LEEDS).collect()
    foreign = kent.filter(~pl.col("rec_id").is_in(leeds["rec_id"].implode())).row(0, named=True)
    assert send(client, foreign).status_code == 404
    assert read_decisions(workspace.decisions).is_empty()


def test_the_public_sees_no_pair(workspace):
    page = create_app(workspace, Viewer.public()).server.test_client().get("/review-pairs").get_data(as_text=True)
    assert "shown to those with a right" in page and "What do you decide?" not in page


def test_the_terminal_asks_again_until_it_is_stopped(small_release, workspace):
    answers = iter(["x", "r", "s", "q"])
    told: list[str] = []
    decided = review_in_terminal(
        workspace, small_release, LEEDS, "all", "business manager", lambda _: next(answers), told.append
    )
    assert decided == 2
    kept = read_decisions(workspace.decisions)
    assert kept["verdict"].to_list() == ["repeat", "same_theme"] and set(kept["role"]) == {"Business manager"}


def test_what_was_decided_is_not_asked_again(small_release, workspace):
    for _ in range(2):
        answers = iter(["u", "q"])
        review_in_terminal(
            workspace, small_release, LEEDS, "all", ROLES[0], lambda _, given=answers: next(given), lambda _: None
        )
    pairs = read_decisions(workspace.decisions).select("rec_id", "earlier_rec_id")
    assert pairs.height == 2 and not pairs.is_duplicated().any()


def test_the_surest_pair_that_was_not_passed_comes_next_however_many_were(small_release):
    waits = reviewable(small_release, Viewer.panel()).filter(pl.col("state") == "suggested").collect()
    in_order = sorted(
        waits.iter_rows(named=True), key=lambda pair: (-pair["score"], pair["rec_id"], pair["earlier_rec_id"])
    )
    names = [pair_name(pair) for pair in in_order[:SUREST]]
    for passed in (0, 1, SUREST - 1, SUREST):
        following = find_pair(small_release, Viewer.panel(), None, passed=frozenset(names[:passed]))
        assert pair_name(following) == pair_name(in_order[passed])


def test_a_rejected_pair_is_no_repeat_after_the_next_build(small_workspace, tmp_path):
    """RC2 falls by one where the only earlier one was rejected, in a build of the same returns."""
    import duckdb

    from throughline.build import run_dbt
    from throughline.release import open_current

    release = open_current(small_workspace)
    pairs = reviewable(release, LEEDS).filter((pl.col("scope") == "SAME_AREA") & pl.col("is_in_window")).collect()
    name = pair_name(pairs.filter(pl.col("rec_id").is_unique()).row(0, named=True))
    alone = find_pair(release, LEEDS, name)
    copy = Workspace(tmp_path)
    copy.landing.parent.mkdir(parents=True)
    copy.landing.symlink_to(small_workspace.landing)
    for name in ("work.duckdb", "work.seeds", "prepared_texts.npz"):
        shutil.copy(small_workspace.warehouse.parent / name, copy.warehouse.parent / name)

    def repeats() -> set[str]:
        with duckdb.connect(str(copy.warehouse), read_only=True) as warehouse:
            rows = warehouse.execute(
                "select record_ref from intermediate.int_repetition_cases where indicator = 'RC2' "
                "and breakdown = 'total' and is_success and submission_ref like 'leeds%'"
            ).fetchall()
        return {record for (record,) in rows}

    before = repeats()
    from throughline.repetition.decisions import decide

    decide(copy.decisions, alone, "different", ROLES[0])
    run_dbt(copy)
    assert before - repeats() == {alone["rec_id"].partition("|")[2]}


def test_a_pair_that_is_not_there_gives_way_to_the_next_one_on_which_can_be_decided(client):
    page = client.get("/review-pairs?pair=nobody~nothing").text

    assert "The next one that waits is shown." in page
    assert page.count('id="decision"') == 1
    (field,) = re.findall(r'<a href="#(\w+)">There is no such pair', page)
    assert f'id="{field}"' in page


def test_the_page_is_of_the_current_release_whatever_its_address_says(workspace, tmp_path):
    current = open_current(workspace).release_id
    older = "2019-06-30-20190801T090000000"
    own = Workspace(tmp_path / "own")
    shutil.copytree(workspace.releases, own.releases, symlinks=True)
    shutil.copytree(own.releases / current, own.releases / older)
    client = create_app(own, LEEDS).server.test_client()
    page, kept = client.get(f"/review-pairs?release={older}").text, client.get(f"/recommendations?release={older}").text

    assert current in page and older not in page
    assert older in kept and not re.search(r'href="/review-pairs[^"]*release=', kept)
