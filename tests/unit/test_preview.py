"""A draft's own comparison: what a partnership gets back before it sends anything."""

import polars as pl
import pytest

from throughline import door
from throughline.preview import NoPreview, preview, preview_lines
from throughline.release import Viewer


@pytest.fixture(scope="module")
def compared(small_workspace, small_release):
    return preview(door.check(small_workspace.returns / "leeds.xlsx"), small_release)


def test_a_return_already_published_previews_as_it_was_published(compared, small_release):
    published = small_release.indicator_values(
        Viewer.panel(), area_type="partnership", area_codes=["leeds"], period=compared.period, breakdown="total"
    )
    beside = compared.rows.join(published, on="indicator", suffix="_published")
    assert beside.height == 13
    for column in ("numerator", "value", "lower95", "upper95", "status", "immature"):
        assert beside[column].equals(beside[f"{column}_published"], null_equal=True), column
    assert beside["value"].equals(beside["published_value"], null_equal=True)


def test_expected_counts_are_not_previewed_because_they_depend_on_everybody(compared):
    assert "NT5" not in compared.rows["indicator"].to_list()


def test_the_draft_stands_beside_its_region_and_england_and_no_other_partnership(compared, small_release):
    england = small_release.indicator_values(
        Viewer.public(), area_type="england", period=compared.period, breakdown="total", indicator="CV2"
    )["value"][0]
    row = compared.rows.filter(pl.col("indicator") == "CV2").row(0, named=True)
    assert row["england_value"] == england
    assert row["region_value"] is not None
    assert compared.rows["area_code"].unique().to_list() == ["leeds"]


def test_the_comparison_is_told_in_words(compared):
    text = "\n".join(preview_lines(compared))
    assert "nothing was sent" in text and "England" in text and "95% interval" in text


def test_a_single_csv_cannot_be_compared(small_workspace, small_release):
    csv = next(small_workspace.returns.glob("*/notifications.csv"))
    with pytest.raises(NoPreview, match="Name the workbook"):
        preview(door.check(csv), small_release)
