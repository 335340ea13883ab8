"""Files that reach elsewhere or are not what they say: named as paths, links, pipes, locked, cut short or damaged."""

import os
import zipfile

import pytest

from tests.fixtures.returns import write_csv_folder, write_workbook
from tests.fixtures.unsafe_files import refusal, rewrite, with_part
from throughline import door
from throughline.door.findings import UnreadableReturn
from throughline.door.landing import REFUSED
from throughline.workspace import Workspace


@pytest.mark.parametrize(
    "name",
    ["../../evil.xml", "/etc/evil.xml", "xl\\..\\evil.xml", "C:/evil.xml", "xl/../../evil.xml", "xl/a\nb.xml"],
)
def test_a_part_that_is_named_as_if_it_stood_elsewhere(tmp_path, name):
    assert "another folder" in refusal(with_part(tmp_path / "return.xlsx", name, b"<a/>"))


@pytest.mark.parametrize("name", ["a/" * 30 + "b.xml", "x" * 300 + ".xml"])
def test_a_part_that_stands_very_deep(tmp_path, name):
    assert "deeper" in refusal(with_part(tmp_path / "return.xlsx", name, b"<a/>"))


def test_two_parts_of_one_name(tmp_path):
    path = with_part(tmp_path / "return.xlsx", "xl/SharedStrings.xml", b"<a/>")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/sharedstrings.xml", b"<a/>")
    assert "one name" in refusal(path)


def test_a_part_protected_by_a_password(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 0x1
    path.write_bytes(content)
    assert "protected by a password" in refusal(path)


def test_a_part_packed_in_another_way(tmp_path):
    path = rewrite(tmp_path / "return.xlsx", lambda parts: None, zipfile.ZIP_LZMA)
    assert "packed in a way" in refusal(path)


@pytest.mark.parametrize("cut", [10, 30, 500, -1, -22, -30])
def test_an_archive_cut_short_or_with_something_after_it(tmp_path, cut):
    path = write_workbook(tmp_path / "return.xlsx")
    content = path.read_bytes()
    path.write_bytes(content[:cut])
    assert "damaged" in refusal(path)
    path.write_bytes(content + b"PK\x05\x06 and more")
    assert "damaged" in refusal(path)


def test_a_part_whose_bytes_are_damaged(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx")
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    with pytest.raises(UnreadableReturn, match="damaged"):
        door.check(path)


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_links_are_refused(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("sin_ref\n1\n")
    folder = write_csv_folder(tmp_path / "kent")
    (folder / "notifications.csv").unlink()
    (folder / "notifications.csv").symlink_to(secret)
    assert "a link to something else" in refusal(folder)
    (tmp_path / "return.csv").symlink_to(secret)
    assert "a link to something else" in refusal(tmp_path / "return.csv")


@pytest.mark.skipif(os.name == "nt", reason="needs pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    folder = write_csv_folder(tmp_path / "kent")
    os.mkfifo(folder / "extra.csv")
    assert "not a file" in refusal(folder)


@pytest.mark.parametrize("name", ["a\nb.csv", "a\tb.csv", "x" * 170 + ".csv", "..\\..\\evil.csv"])
@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_file_whose_name_is_no_plain_name(tmp_path, name):
    (tmp_path / name).write_text("sin_ref\n")
    assert "short, plain name" in refusal(tmp_path / name)


@pytest.mark.parametrize("code", ["../../evil", "/etc", "..", "kent/../../evil", "kent\\..\\evil"])
def test_a_partnership_named_as_a_path_cannot_land_elsewhere(tmp_path, code):
    workspace = Workspace(tmp_path / "home")
    path = write_workbook(tmp_path / "return.xlsx", {"submission": [{"partnership_code": code}]})
    [submission] = door.submit([path], workspace)
    assert submission.state == REFUSED
    assert [one.name for one in tmp_path.iterdir() if one.name not in ("home", "return.xlsx")] == []
    assert list(workspace.landing.iterdir()) == []


def test_a_sheet_named_as_a_path_lands_nothing_elsewhere(tmp_path):
    def rename(parts):
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="lcsprs"', b'name="../../evil"')

    workspace = Workspace(tmp_path / "home")
    [submission] = door.submit([rewrite(tmp_path / "return.xlsx", rename)], workspace)
    landed = {one.relative_to(workspace.root).parts[:3] for one in workspace.root.rglob("*") if one.is_file()}
    assert landed == {("data", "landing", submission.submission_ref)}
