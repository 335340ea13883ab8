"""A draft's own comparison: what a partnership gets back before it sends anything."""

import pytest

from throughline import door
from throughline.preview import MEASURE, NOT_PREVIEWED, NoPreview, preview, preview_lines
from throughline.release import Viewer


@pytest.fixture(scope="module")
def compared(small_workspace, small_release):
    return preview(door.check(small_workspace.returns / "leeds.xlsx"), small_release)


def test_a_return_already_published_previews_as_it_was_published(compared, small_release):
    published = small_release.indicator_values(
        Viewer.panel(), area_type="partnership", area_codes=["leeds"], period=compared.period
    )
    beside = compared.rows.join(published, on=MEASURE, suffix="_published")

    assert beside.height == compared.rows.height
    for column in ("numerator", "denominator", "value", "lower95", "upper95", "status", "reason", "immature"):
        assert beside[column].equals(beside[f"{column}_published"], null_equal=True), column


def test_every_family_is_previewed_with_its_total_or_one_breakdown_of_each_kind(compared):
    held = compared.rows.group_by("indicator", maintain_order=True).agg("breakdown")
    rows = dict(held.iter_rows())

    assert compared.rows["family"].unique(maintain_order=True).to_list() == [
        "conversion",
        "timeliness",
        "recording",
        "recommendations",
        "notifications",
    ]
    assert rows["CV2"] == ["total"] and rows["TM2"] == ["total"]
    assert rows["RC7"] == ["local", "regional", "national"]
    assert len(rows["DM1"]) == 4 and all(breakdown.endswith(":notification") for breakdown in rows["DM1"])


def test_what_one_draft_cannot_give_is_not_previewed(compared):
    assert "NT5" in NOT_PREVIEWED  # it depends on everybody's returns
    assert not set(NOT_PREVIEWED) & set(compared.rows["indicator"])


def test_the_draft_stands_beside_its_region_and_england_as_everybody_reads_them(compared, small_release):
    for row in compared.rows.iter_rows(named=True):
        for name, area_type, code in (("england", "england", "E92000001"), ("region", "region", "E12000003")):
            public = small_release.indicator_values(
                Viewer.public(),
                indicator=row["indicator"],
                breakdown=row["breakdown"],
                area_type=area_type,
                area_codes=[code],
                period=compared.period,
            ).row(0, named=True)
            assert row[name]["value"] == public["value"]
            assert row[name]["status"] == public["status"]
    assert compared.rows["area_code"].unique().to_list() == ["leeds"]


def test_the_comparison_is_told_in_words(compared):
    text = "\n".join(preview_lines(compared))

    assert "nothing was sent" in text and "England" in text and "95% interval" in text
    assert "Median days from the decision to a local review to its end (decision to sign-off)" in text
    assert "(ethnicity, at notification)" in text


def test_a_few_cases_are_a_fraction_here_too(compared):
    lines = preview_lines(compared)
    few = compared.rows.filter((compared.rows["unit"] == "proportion") & compared.rows["denominator"].is_between(1, 9))

    assert few.height
    for row in few.iter_rows(named=True):
        said = next(line for line in lines if line.startswith(f"  {row['indicator']}  {row['title']}: "))
        assert f": {row['numerator']:.0f} of {row['denominator']:.0f} (95% interval" in said


def test_a_single_csv_cannot_be_compared(small_workspace, small_release):
    csv = next(small_workspace.returns.glob("*/notifications.csv"))
    with pytest.raises(NoPreview, match="Name the workbook"):
        preview(door.check(csv), small_release)
