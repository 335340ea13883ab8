"""Made-up files are the same every time, and the truth file says what is really in them."""

import hashlib
import json
import re
from datetime import date

import fastexcel
import polars as pl
import pytest

from throughline.synthetic import Truth, make_returns
from throughline.synthetic.areas import read_partnerships
from throughline.synthetic.asks import grammar
from throughline.synthetic.draws import Rng
from throughline.synthetic.profiles import PARTNERSHIP_KINDS, plant, stream
from throughline.workspace import PROJECT

# Two regions, one joint partnership, and several with planted bad rows, both as workbook and as CSV files.
CODES = [
    "birmingham",
    "bolton",
    "enfield",
    "essex",
    "hampshire",
    "kingston_and_richmond",
    "luton",
    "sheffield",
    "swindon",
]


TITLE_AND_NAME = r"\b(Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]"
DATE_OR_NUMBER_OR_POSTCODE = r"\d{2}/\d{2}/\d{4}|\b\d{3} ?\d{3} ?\d{4}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("some")
    return folder, make_returns(folder, partnerships=CODES)


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_makes_the_same_bytes(made, tmp_path):
    folder, _ = made
    make_returns(tmp_path, partnerships=CODES)
    assert digests(tmp_path) == digests(folder)


def test_another_seed_makes_other_files(made, tmp_path):
    folder, _ = made
    make_returns(tmp_path, seed=7, partnerships=["luton"])
    assert (tmp_path / "luton.xlsx").exists() or (tmp_path / "luton").exists()
    assert digests(tmp_path).get("luton.xlsx") != digests(folder).get("luton.xlsx", "")


def test_a_partnership_is_the_same_whoever_is_made_with_it(made, tmp_path):
    folder, _ = made
    make_returns(tmp_path, partnerships=["hampshire"])
    assert digests(tmp_path)["hampshire.xlsx"] == digests(folder)["hampshire.xlsx"]


def test_scale_multiplies_the_number_of_incidents(tmp_path):
    once = make_returns(tmp_path / "once", partnerships=["luton", "swindon"], workbooks=False)
    ten_times = make_returns(tmp_path / "ten", scale=10, partnerships=["luton", "swindon"], workbooks=False)
    ratio = ten_times.rows["referrals"] / once.rows["referrals"]
    assert 7.5 < ratio < 12.5


def test_an_earlier_as_at_date_holds_nothing_later(tmp_path):
    truth = make_returns(tmp_path, as_at=date(2023, 6, 30), partnerships=["luton", "essex"])
    assert set(truth.notifications_by_year) == {"2021", "2022", "2023", "2024"}


def test_an_unknown_partnership_is_refused_by_name(tmp_path):
    with pytest.raises(ValueError, match="atlantis"):
        make_returns(tmp_path, partnerships=["atlantis"])


def test_the_truth_file_reads_back(made):
    folder, truth = made
    assert Truth.read(folder / "truth.json") == truth
    assert json.loads((folder / "truth.json").read_text(encoding="utf-8"))["is_synthetic"] is True


def read_sheet(folder, code, name):
    if (folder / code).is_dir():
        return pl.read_csv(folder / code / f"{name}.csv", infer_schema=False)
    return fastexcel.read_excel(folder / f"{code}.xlsx").load_sheet(name, dtypes="string").to_polars()


def test_every_submission_says_it_is_synthetic(made):
    folder, _ = made
    for code in CODES:
        row = read_sheet(folder, code, "submission").to_dicts()[0]
        assert (row["partnership_code"], row["is_synthetic"], row["as_at_date"][:10]) == (code, "Y", "2026-09-30")


def test_the_truth_file_counts_what_the_files_hold(made):
    folder, truth = made
    for name in ("referrals", "children", "notifications", "rapid_reviews", "lcsprs", "recommendations"):
        assert truth.rows[name] == sum(read_sheet(folder, code, name).height for code in CODES)
    counted = sum(
        read_sheet(folder, code, "notifications")
        .filter(~pl.col("criteria_status").is_in(["DUPLICATE", "WITHDRAWN"]))
        .height
        for code in CODES
    )
    assert counted == sum(sum(natures.values()) for natures in truth.notifications_by_year.values())


def test_planted_bad_rows_are_really_there(made):
    folder, truth = made
    assert {one.kind for one in truth.bad_rows} >= {"code_off_list", "impossible_date", "duplicate_key"}
    for one in truth.bad_rows:
        table = read_sheet(folder, one.partnership_code, one.sheet)
        value = table[one.field][one.row - 2]
        assert (folder / one.file).exists()
        if one.kind == "missing_required":
            assert value is None
        elif one.kind == "impossible_date":
            assert value == "31/02/2025"
        elif one.kind == "duplicate_key":
            assert table[one.field].to_list().count(value) == 2
        else:
            assert value in ("COURSE", "WHITE", "COUNTY")


def test_repeats_name_an_earlier_recommendation_that_asks_the_same(made):
    folder, truth = made
    texts, dates = {}, {}
    for code in CODES:
        for row in read_sheet(folder, code, "recommendations").to_dicts():
            texts[(code, row["rec_ref"])] = row["rec_text"]
            dates[(code, row["rec_ref"])] = row["date_made"]
    kinds = set()
    for one in truth.repeats:
        this, other = (one["partnership_code"], one["rec_ref"]), (one["other_partnership_code"], one["other_rec_ref"])
        kinds.add(one["kind"])
        assert this != other
        if re.match(r"\d{4}-", dates[this] or "") and re.match(r"\d{4}-", dates[other] or ""):
            assert dates[other] <= dates[this]
        if one["kind"] == "exact":
            assert texts[this].lower() == texts[other].lower()
        if one["kind"] == "near":
            assert texts[this] != texts[other]
    assert kinds == {"exact", "near", "look_alike", "same_review_series"}
    assert 0.2 < truth.repeat_share < 0.5


def test_planted_differences_name_current_partnerships_of_which_half_are_large():
    truth_codes = {one.partnership_code: one.population for one in read_partnerships(PROJECT / "seeds")}
    planted = plant(read_partnerships(PROJECT / "seeds"), 2026)
    thirtieth = sorted(truth_codes.values())[-30]
    for kind in PARTNERSHIP_KINDS:
        codes = [one.area_code for one in planted if one.kind == kind]
        assert sum(truth_codes[code] >= thirtieth for code in codes) >= len(codes) / 2
    assert len({one.area_code for one in planted}) == len(planted)


def test_there_are_many_asks_and_each_can_be_worded_in_many_ways():
    words = grammar()
    rng: Rng = stream(1, "words")
    assert len(words.weights) >= 120
    assert {practice.theme for practice in words.practices} == {f"T{number:02d}" for number in range(1, 31)}
    for ask in rng.choice(len(words.weights), 60, replace=False):
        assert len({words.word(int(ask), rng) for _ in range(40)}) >= 3


def test_recommendation_texts_hold_nothing_that_looks_like_a_person():
    words = grammar()
    rng = stream(2, "words")
    for ask in range(len(words.weights)):
        text = words.phrase(ask, rng)
        assert not re.search(TITLE_AND_NAME, text) and not re.search(DATE_OR_NUMBER_OR_POSTCODE, text)
        assert "{" not in text and "  " not in text and text.endswith(".") and len(text.split()) >= 5
