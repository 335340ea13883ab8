"""A partnership's reply stands, dated, beside the figures it is about: on the pages, in every file, in the pack."""

import csv
import io
import json
import shutil
import zipfile
from itertools import product

import pytest
from made_up_release import RELEASE_ID, partnerships_of, write_release
from openpyxl import load_workbook
from typer.testing import CliRunner

from dashboards.app import create_app
from throughline.cli import app
from throughline.packs.write import write_pack
from throughline.release import MANIFEST, Viewer, find_release, open_current, point_to
from throughline.replies import FILE, LONGEST, Refused, checked, replies_of, withdraw_reply, write_reply

OLDER, NEWER = "2026-06-30-20260701T090000000", "2026-12-31-20270110T090000000"
CODE, OTHER = partnerships_of(("E12000001",))["partnership_code"][:2]
SAID = "Every open local review waits for a criminal trial; we told the Panel in July."


@pytest.fixture
def workspace(tmp_path):
    return write_release(tmp_path, ("E12000001",))


@pytest.fixture
def release(workspace):
    return open_current(workspace)


@pytest.fixture
def client(workspace):
    return create_app(workspace, Viewer.panel()).server.test_client()


def another_release(workspace, name, as_at_date):
    folder = workspace.releases / name
    shutil.copytree(workspace.releases / RELEASE_ID, folder)
    manifest = json.loads((folder / MANIFEST).read_text()) | {"as_at_date": as_at_date}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return find_release(workspace, name)


@pytest.mark.parametrize(
    "page", [f"/profile?partnership={CODE}", f"/timeliness?area={CODE}", f"/data-quality?partnership={CODE}"]
)
def test_a_reply_stands_on_the_partnerships_pages_with_its_date_role_and_figures(client, release, page):
    before = client.get(page).text
    written = write_reply(release, CODE, "business manager", SAID)
    text = client.get(page).text

    assert SAID not in before  # a page that was kept is made anew
    assert SAID in text and "(business manager), about the figures as at 30 September 2026." in text
    assert "A reply is the partnership" in text
    assert written.written_at[:4] in text


def test_a_reply_stands_on_no_other_partnerships_page(client, release):
    write_reply(release, CODE, "Business manager", SAID)

    for page in (f"/profile?partnership={OTHER}", "/conversion?area=E12000001", "/"):
        assert SAID not in client.get(page).text


def test_a_comparison_gives_the_replies_of_those_it_compares_and_the_public_reads_them_too(workspace, release):
    write_reply(release, CODE, "Business manager", SAID)
    write_reply(release, OTHER, "Health lead", "Our return counts twins once.")
    public = create_app(workspace, Viewer.public()).server.test_client()

    text = public.get("/compare-partnerships?group=region:E12000001").text
    assert SAID in text and "twins once" in text
    assert text.index(SAID) < text.index("twins once")  # in name order


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "svg"])
def test_every_file_of_the_partnerships_figures_carries_its_reply(client, release, kind):
    write_reply(release, CODE, "Business manager", SAID)
    what = "charts/standing-chart.svg" if kind == "svg" else f"standing.{kind}"
    content = client.get(f"/download/profile/{what}?partnership={CODE}").data

    if kind == "csv":
        *_, last = csv.DictReader(io.StringIO(content.decode()))
        assert last["table"].endswith(" replies") and last["measured"] == SAID
        assert "about the figures as at 30 September 2026" in last["how_to_read"] and last["release_id"] == RELEASE_ID
    elif kind == "xlsx":
        cover = [row[0] for row in load_workbook(io.BytesIO(content))["Cover"].iter_rows(values_only=True)]
        assert any(SAID in str(line) and "business manager" in str(line) for line in cover)
    elif kind == "ods":
        assert SAID in zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
    else:
        assert SAID in content.decode()


@pytest.mark.parametrize("file", ["", "/partnerships", "/rules"])
def test_every_file_of_data_quality_carries_the_replies_of_all_whose_rows_it_may_hold(client, release, file):
    write_reply(release, CODE, "Business manager", SAID)
    write_reply(release, OTHER, "Health lead", "Our return counts twins once.")
    for asked in ("", f"?partnership={CODE}"):
        rows = list(csv.DictReader(io.StringIO(client.get(f"/download/data-quality{file}.csv{asked}").text)))

        told = [(row["measured"], row["how_to_read"]) for row in rows if row["table"].endswith(" replies")]
        assert {text for text, _ in told} == {SAID, "Our return counts twins once."}
        assert all("about the figures as at" in about for _, about in told)


def test_on_data_quality_the_reply_of_the_partnership_chosen_stands_before_its_figures(client, release):
    write_reply(release, OTHER, "Health lead", "Our return counts twins once.")
    alone = client.get(f"/data-quality?partnership={CODE}").text
    assert alone.index('id="partnerships-table"') < alone.index("twins once")

    write_reply(release, CODE, "Business manager", SAID)
    text = client.get(f"/data-quality?partnership={CODE}").text
    assert text.index(SAID) < text.index('id="received-table"') < text.index("twins once")
    assert text.count('id="replies"') == 1

    public = create_app(client.application.config["THROUGHLINE_WORKSPACE"], Viewer.public()).server.test_client()
    assert SAID not in public.get("/data-quality").text  # it shows nothing that the reply is about


def test_the_pack_carries_the_reply(release, tmp_path):
    write_reply(release, CODE, "Business manager", SAID)

    assert SAID in write_pack(release, "scrutineer", CODE, tmp_path / "packs").read_text()


def test_a_later_reply_takes_the_place_of_the_first_and_both_stay_written_down(release, workspace):
    write_reply(release, CODE, "Business manager", "First.")
    write_reply(release, CODE, "Health lead", "Second.")

    assert [one.text for one in replies_of(release, [CODE, OTHER])] == ["Second."]
    assert "First." in (workspace.releases / FILE).read_text()


def test_a_withdrawn_reply_is_shown_no_more(release):
    write_reply(release, CODE, "Business manager", SAID)
    withdraw_reply(release, CODE, "Business manager")

    assert replies_of(release, [CODE]) == ()
    with pytest.raises(Refused, match="no reply"):
        withdraw_reply(release, CODE, "Business manager")


def test_a_reply_withdrawn_at_any_release_is_shown_with_none(release, workspace):
    releases = [
        another_release(workspace, OLDER, "2026-06-30"),
        release,
        another_release(workspace, NEWER, "2026-12-31"),
    ]
    write_reply(releases[0], OTHER, "Health lead", "Our return counts twins once.")
    for written_to, withdrawn_at in product(releases, releases):
        write_reply(written_to, CODE, "Business manager", SAID)
        withdraw_reply(withdrawn_at, CODE, "Business manager")

        assert [replies_of(one, [CODE]) for one in releases] == [(), (), ()]
        assert [len(replies_of(one, [CODE, OTHER])) for one in releases] == [1, 1, 1]
        with pytest.raises(Refused, match="no reply"):
            withdraw_reply(written_to, CODE, "Business manager")


def test_a_reply_written_after_a_withdrawal_stands_again(release, workspace):
    newer = another_release(workspace, NEWER, "2026-12-31")
    write_reply(release, CODE, "Business manager", "First.")
    withdraw_reply(newer, CODE, "Business manager")
    write_reply(release, CODE, "Business manager", "Second.")

    assert [one.text for one in replies_of(newer, [CODE])] == ["Second."]


def test_a_link_to_the_release_it_was_written_to_shows_a_withdrawn_reply_no_more(client, release, workspace):
    write_reply(release, CODE, "Business manager", SAID)
    newer = another_release(workspace, NEWER, "2026-12-31")
    point_to(workspace, NEWER)
    kept = f"/profile?partnership={CODE}&release={RELEASE_ID}"
    before = client.get(kept).text
    withdraw_reply(newer, CODE, "Business manager")

    assert SAID in before and SAID not in client.get(kept).text


def test_a_reply_follows_to_newer_releases_and_says_which_figures_it_is_about(release, workspace):
    write_reply(release, CODE, "Business manager", SAID)
    newer = another_release(workspace, NEWER, "2026-12-31")

    (told,) = replies_of(newer, [CODE])
    assert told.about.endswith("about the figures as at 30 September 2026.")


def test_a_reply_to_newer_figures_is_none_to_older_ones(release, workspace):
    older = another_release(workspace, OLDER, "2026-06-30")
    write_reply(older, CODE, "Business manager", "About June.")
    write_reply(release, CODE, "Business manager", "About September.")

    assert [one.text for one in replies_of(older, [CODE])] == ["About June."]
    assert [one.text for one in replies_of(release, [CODE])] == ["About September."]
    point_to(workspace, RELEASE_ID)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("  \n ", "is empty"),
        ("x" * (LONGEST + 1), "1,501 letters"),
        ("The mother, Mrs Example Smith, was not told.", "a person's name"),
        ("He was born on 3 May 2019 and is well.", "a date of birth"),
        ("We had 3 notifications that year.", "from 1 to 4"),
        ("Only two rapid reviews were late.", "from 1 to 4"),
        ("There were four very young children.", "from 1 to 4"),
    ],
)
def test_what_could_point_to_a_child_is_refused(release, workspace, text, why):
    with pytest.raises(Refused, match=why):
        write_reply(release, CODE, "Business manager", text)
    assert not (workspace.releases / FILE).exists()


@pytest.mark.parametrize(
    "text",
    ["All 12 rapid reviews were sent.", "No reviews were late.", "Stage 2 of our plan began on 4 May.", "One of us."],
)
def test_larger_numbers_dates_and_none_are_no_reason_to_refuse(text):
    assert checked(text) == text


def test_the_command_says_what_is_wrong_and_how_to_put_it_right(workspace, monkeypatch, tmp_path):
    monkeypatch.setenv("THROUGHLINE_HOME", str(workspace.root))
    run = lambda *said: CliRunner(env={"COLUMNS": "200"}).invoke(app, ["reply", CODE, *said])  # noqa: E731
    note = tmp_path / "note.txt"
    note.write_bytes(b"\xff\xfe\x00")

    assert run("--role", "Jo Bloggs", "--text", "x").exit_code == 2
    assert "one of --text, --file and --withdraw" in run("--role", "Health lead").output
    assert "not a text file" in run("--role", "Health lead", "--file", str(note)).output
    note.write_text(SAID)
    done = run("--role", "Health lead", "--file", str(note))
    assert done.exit_code == 0 and RELEASE_ID in done.output
    assert [one.text for one in replies_of(open_current(workspace), [CODE])] == [SAID]
