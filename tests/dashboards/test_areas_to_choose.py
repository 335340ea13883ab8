"""The areas that a reader may choose are those of which the rows that this reader is given show a figure."""

import polars as pl
import pytest
from test_elsewhere import CODES, REGION

from throughline.analyses.scope import ENGLAND, areas_seen
from throughline.release import Viewer

KINDS = ("england", "region", "police_force", "icb", "partnership")
READERS = [Viewer.public(), Viewer.panel(), Viewer.region(REGION), Viewer.partnership(CODES[0]), Viewer.region("XX")]


def of_any(rows: pl.DataFrame, indicators: tuple[str, ...]) -> set[tuple[str, str]]:
    """A recount, row by row, of where any of these has a count and something to count it of."""
    shown = {
        (row["area_type"], row["area_code"])
        for row in rows.filter(pl.col("indicator").is_in(indicators)).iter_rows(named=True)
        if row["numerator"] is not None and (row["denominator"] or 0) > 0 and row["area_type"] in KINDS
    }
    return shown | {("england", ENGLAND)}


@pytest.mark.parametrize("indicators", [("CV3",), ("TM1",), ("CV2", "DM1"), ("CV1", "NT2")], ids="-".join)
@pytest.mark.parametrize("viewer", READERS, ids=str)
def test_a_reader_may_choose_the_areas_of_which_a_figure_is_seen(made_up, viewer, indicators):
    assert areas_seen(made_up, viewer, indicators) == of_any(made_up.indicator_values(viewer), indicators)


def test_a_reader_with_a_right_may_choose_what_everybody_may_and_areas_of_their_own(made_up):
    """Otherwise the test above would hold of a release in which a right shows nothing more."""
    everybody = areas_seen(made_up, Viewer.public(), ("CV2",))
    regional = areas_seen(made_up, Viewer.region(REGION), ("CV2",))

    assert everybody < regional and len(everybody) > 1
