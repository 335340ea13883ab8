"""Drawing and words of the map of England at their edges: all hidden, nobody differs, joint partnerships, holes."""

import re

import polars as pl
import pytest

from throughline.charts import region_tiles, template, tile_map
from throughline.charts.svg import to_svg
from throughline.charts.tile_looks import LOOKS
from throughline.charts.tile_shapes import outlines
from throughline.wording import comparison_map as words
from throughline.wording.standing import kind_of_standing, standing_in_words
from throughline.workspace import PROJECT

SOUTH_WEST, LONDON = "E12000009", "E12000007"


def tile(name, column, row, look, partnership=None, region=SOUTH_WEST, mark=""):
    return {
        "la_name": name,
        "tile_name": name[:4],
        "tile_column": column,
        "tile_row": row,
        "region_code": region,
        "region_name": {SOUTH_WEST: "South West", LONDON: "London"}[region],
        "partnership_code": partnership or name.lower(),
        "area_name": partnership or name,
        "look": look,
        "mark": mark,
        "said": f"{name}: as the table says",
        "is_in_group": name == "Ash",
    }


@pytest.fixture
def tiles():
    return pl.DataFrame(
        [
            tile("Ash", 0, 0, "higher_998"),
            tile("Birch", 1, 0, "lower_998"),
            tile("Cedar", 2, 0, "similar", "joint"),
            tile("Dogwood", 2, 1, "similar", "joint"),
            tile("Elm", 0, 1, "few"),
            tile("Fir", 1, 1, "none", mark="[c]"),
            tile("Gorse", 0, 2, "higher_95"),
            tile("Hazel", 1, 2, "lower_95", region=LONDON),
        ]
    )


def authorities(tiles):
    """The map with a line around its group."""
    return tile_map.outlined(tile_map.england(tiles), tiles.filter("is_in_group"))


def filled(figure, look):
    """The outlines of all tiles of one look."""
    (trace,) = (one for one in figure.data[1 : 1 + len(LOOKS)] if (one.fillcolor, one.line.color) == LOOKS[look][:2])
    return trace


def test_what_is_hidden_has_its_letter_no_mark_and_no_fill(tiles):
    (hidden,) = (trace for trace in authorities(tiles).data if trace.text and "[c]" in trace.text)

    assert hidden.mode == "text" and list(hidden.text) == ["[c]"]
    assert LOOKS["none"].fill == template.WHITE
    assert template.WHITE not in (LOOKS[name].fill for name in ("lower_998", "higher_998", "similar"))


def test_where_all_is_hidden_every_tile_is_a_letter(tiles):
    figure = authorities(tiles.with_columns(look=pl.lit("none"), mark=pl.lit("[c]")))

    assert not any(len(trace.x) for trace in figure.data if trace.mode == "markers")
    assert [list(trace.text) for trace in figure.data if trace.hovertext and len(trace.x)] == [["[c]"] * tiles.height]


def test_each_tile_has_its_letters_once(tiles):
    drawn = [text for trace in authorities(tiles).data[-2:] for text in trace.text]

    assert sorted(drawn) == sorted(tiles["tile_name"])


def test_tiles_of_one_partnership_are_one_piece(tiles):
    similar = filled(authorities(tiles), "similar")
    heights = [y for y in similar.y if y is not None]

    assert list(similar.x).count(None) == 1  # one outline, of two tiles
    assert max(heights) - min(heights) == pytest.approx(2 - 2 * tile_map.GAP)


def test_only_the_chosen_group_is_outlined(tiles):
    (outline,) = (trace for trace in authorities(tiles).data if trace.line.width == 3)
    across, _ = tile_map.SHIFTS[SOUTH_WEST]
    xs = [x for x in outline.x if x is not None]

    assert (min(xs), max(xs)) == pytest.approx((across - 0.5, across + 0.5))


def test_a_step_is_as_long_up_as_across_and_the_first_row_is_at_the_top(tiles):
    layout = authorities(tiles).layout

    assert layout.yaxis.scaleanchor == "x" and layout.xaxis.constrain == layout.yaxis.constrain == "domain"
    assert layout.yaxis.range[0] > layout.yaxis.range[1]


@pytest.mark.parametrize(
    ("cells", "pieces", "corners"),
    [
        ([(0, 0)], 1, 4),
        ([(0, 0), (1, 0), (1, 1)], 1, 8),  # every side of a tile is a step
        ([(0, 0), (2, 0)], 2, 4),
        ([(0, 0), (1, 1)], 2, 4),  # a corner alone does not join
        ([(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)], 2, 12),  # a ring has an inside
    ],
)
def test_outlines_go_around_what_touches_by_its_sides(cells, pieces, corners):
    found = outlines(cells)

    assert len(found) == pieces
    assert len(found[0]) == corners + 2  # closed, and one step on
    assert all(path[0] == path[-2] and path[1] == path[-1] for path in found)


def test_an_outline_is_drawn_into_its_own_tiles():
    (alone,) = outlines([(0, 0)], 0.1)
    (bent,) = outlines([(0, 0), (1, 0), (1, 1)], 0.1)

    assert alone[0] == pytest.approx((-0.4, -0.4))
    assert any(corner == pytest.approx((0.6, 0.4)) for corner in bent)  # the inner corner


REGIONS = pl.DataFrame(
    [
        (SOUTH_WEST, "South West", "lower_998", "40.0%", "35.0% to 45.0%", "South West: 40.0%.", True),
        (LONDON, "London", "none", "[c]", "", "London: hidden.", False),
    ],
    schema=["region_code", "region_name", "look", "shown", "interval", "said", "is_in_group"],
    orient="row",
)


def test_a_region_bears_its_figure_with_its_interval_or_its_letter():
    figure = region_tiles.regions(REGIONS)

    assert [note.text for note in figure.layout.annotations] == [
        "<b>South West</b><br>40.0%<br>35.0% to 45.0%",
        "<b>London</b><br>[c]",
    ]
    assert [trace.marker.symbol for trace in figure.data if trace.mode == "markers"] == ["triangle-down"]
    assert [shape.fillcolor for shape in figure.layout.shapes] == [LOOKS["lower_998"].fill, template.WHITE]


def test_every_region_of_england_has_a_place_in_both_maps():
    codes = set(pl.read_csv(PROJECT / "seeds" / "areas" / "regions.csv")["region_code"])

    assert set(region_tiles.PLACES) == set(tile_map.SHIFTS) == set(tile_map.LABELS) == codes
    assert len(set(region_tiles.PLACES.values())) == len(codes)


def test_only_the_palette_is_used(tiles):
    for figure in (authorities(tiles), region_tiles.regions(REGIONS)):
        used = {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}", figure.to_json())}
        assert used <= {colour.upper() for colour in template.PALETTE}


def test_both_maps_can_be_drawn_without_a_browser(tiles):
    assert ">Ash<" in to_svg(authorities(tiles), "Map", "What it shows")
    assert ">South West<" in to_svg(region_tiles.regions(REGIONS), "Map", "What it shows")


def row(value, standing, denominator=100, status="ok", reason=None):
    numbers = {"numerator": 1.0, "denominator": float(denominator), "expected": None}
    return {"value": value, "standing": standing, "status": status, "reason": reason, **numbers}


@pytest.mark.parametrize(
    ("given", "look"),
    [
        (row(0.5, "similar"), "similar"),
        (row(0.5, "similar", denominator=3), "few"),
        (row(0.0, "lower_998"), "lower_998"),
        (row(0.9, "higher_95"), "higher_95"),
    ],
)
def test_a_look_is_told_in_the_words_of_the_table(given, look):
    assert kind_of_standing(given, "proportion") == look
    assert words.LOOK_IN_WORDS[look] == standing_in_words(given, "proportion")


def test_every_look_is_told_in_the_key():
    assert set(words.LOOK_IN_WORDS) == set(LOOKS)


def compared(*standings):
    rows = [
        (f"Place {number}", f"place_{number}", region, standing, standing.endswith("998"))
        for number, (standing, region) in enumerate(standings)
    ]
    schema = ["area_name", "partnership_code", "region_name", "standing", "differs"]
    return pl.DataFrame(rows, schema=schema, orient="row")


ALIKE = pl.DataFrame({"area_name": ["London"], "standing": ["similar"], "differs": [False]})
BELOW = pl.DataFrame({"area_name": ["North West"], "standing": ["lower_998"], "differs": [True]})


def test_the_heading_says_how_many_differ_and_where():
    nobody = compared(("similar", "London"), ("lower_95", "North West"))
    two = compared(("lower_998", "North West"), ("similar", "London"), ("higher_998", "London"))
    spread = compared(*(("lower_998", region) for region in ("London", "North West", "South East")))

    assert words.heading(nobody, ALIKE, 0.2) == "Map: none of 2 partnerships differs from England by more than chance"
    assert words.heading(two, ALIKE, 0.2) == (
        "Map: 2 of 3 partnerships differ from England by more than chance, in London and the North West"
    )
    assert words.heading(spread, ALIKE, None).endswith("in 3 regions")


def test_a_difference_is_not_called_more_than_chance_where_luck_alone_would_give_as_many():
    two = compared(("lower_998", "North West"), ("similar", "London"), ("higher_998", "London"))

    assert words.heading(two, ALIKE, 4.4) == (
        "Map: 2 of 3 partnerships differ from England, no more than chance alone would give"
    )
    assert words.heading(two, ALIKE, 1.9).endswith("by more than chance, in London and the North West")


def test_where_no_partnership_can_be_seen_the_heading_is_of_regions():
    hidden = compared(("similar", "London")).clear()

    assert words.heading(hidden, ALIKE, 0.0) == "Map: no region differs from England by more than chance"
    assert words.heading(hidden, BELOW, 0.0) == "Map: the North West differs from England by more than chance"


def test_who_differs_is_named_with_the_region_and_the_side():
    two = compared(("lower_998", "North West"), ("similar", "London"), ("higher_998", "London"))

    assert words.who_differs(two) == "Higher than England: Place 2 (London). Lower than England: Place 0 (North West)."
    assert words.who_differs(two.clear()) == "Nobody differs from England by more than chance."


def test_a_region_that_differs_is_told_beside_its_partnerships():
    assert words.regions_that_differ(ALIKE) == ""
    assert words.regions_that_differ(BELOW) == (
        "Of the regions, the North West is lower than England by more than chance."
    )


def test_none_differs_is_no_evidence_where_all_have_too_few_cases():
    assert "not evidence that they are alike" in words.too_few(4, 4)
    assert words.too_few(1, 4) == "1 of the 4 with a figure has too few cases to say either way."
    assert words.too_few(0, 4) == ""


def test_the_alternative_tells_each_region_and_where_there_is_no_figure(tiles):
    known = tiles.filter(pl.col("look") != "none").unique("partnership_code", maintain_order=True)
    known = known.with_columns(standing="look", differs=pl.col("look").str.ends_with("998"))
    said = words.authorities_alternative("Reviews on time", "year ending March 2026", tiles, known)

    assert "8 authorities in 2 regions" in said
    assert "Higher than England: Ash (South West). Lower than England: Birch (South West)." in said
    assert "South West: 5 of 6 partnerships with a figure, 2 differ." in said
    assert "London: 1 partnership, none differs." in said
