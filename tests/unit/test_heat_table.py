"""The heat table and its words at their edges: all hidden, nobody differs, more marked than luck, one figure only."""

import polars as pl
import pytest

from tests.fixtures.heat_cells import is_shaded_or_marked
from throughline.charts import heat_table, template
from throughline.charts.named_rows import PHONE
from throughline.charts.points import point_words
from throughline.charts.svg import to_svg
from throughline.charts.svg_text import width_of
from throughline.charts.tile_looks import LOOKS
from throughline.wording import side_by_side as words

SHARE, RATE = "Referrals notified", "Notified per 100,000"


def cell(area, measure, look, figure, below="1.0 to 2.0"):
    return {
        "area_name": area,
        "flags": "1 of 2 differs" if area == "Ash" else "",
        "measure": measure,
        "look": look,
        "differs": look.endswith("998"),
        "figure": figure,
        "shown": figure,
        "below": below,
        "said": f"{area}, {measure}: as the table says",
    }


@pytest.fixture
def cells():
    return pl.DataFrame(
        [
            cell("England", RATE, "england", "3.1"),
            cell("England", SHARE, "england", "38.2%"),
            cell("Ash", RATE, "higher_998", "13.5"),
            cell("Ash", SHARE, "few", "2 of 3"),
            cell("Birch", RATE, "similar", "3.0"),
            cell("Birch", SHARE, "none", "[c]", ""),
            cell("Cedar", RATE, "lower_95", "0.9"),
            cell("Cedar", SHARE, "lower_998", "0.0%"),
        ]
    )


def lettered(figure):
    """The trace of the figures, which is the last but one."""
    return figure.data[-2]


def test_what_is_hidden_has_its_letter_no_shade_and_no_mark(cells):
    figure = heat_table.heat_table(cells)
    written = lettered(figure)
    (place,) = (n for n, text in enumerate(written.text) if "[c]" in text)

    assert "0" not in written.text[place]
    assert not is_shaded_or_marked(figure, written.x[place], written.y[place])
    assert is_shaded_or_marked(figure, written.x[2], written.y[2])  # what differs is


def test_a_true_zero_is_written_with_its_interval_and_shaded_as_what_it_is(cells):
    figure = heat_table.heat_table(cells)
    place = list(lettered(figure).text).index("<b>0.0%</b>")

    assert figure.data[-1].text[place] == "1.0 to 2.0"
    assert lettered(figure).textfont.color[place] == LOOKS["lower_998"].ink


def test_shade_is_the_standing_and_never_the_value(cells):
    swapped = cells.with_columns(figure=pl.col("figure").reverse())
    before, after = (
        [(trace.fillcolor, trace.x, trace.y) for trace in heat_table.heat_table(one).data if trace.fill == "toself"]
        for one in (cells, swapped)
    )

    assert before == after


def test_every_standing_has_a_mark_of_its_own_beside_its_shade(cells):
    every = pl.concat(
        [pl.DataFrame([cell(f"Area {look}", RATE, look, "1.0") for look in LOOKS]), cells.filter(look="england")]
    )
    symbols = [trace.marker.symbol for trace in heat_table.heat_table(every).data if trace.mode == "markers"]

    assert len(symbols) == len(set(symbols)) == sum(bool(look.symbol) for look in LOOKS.values())


def test_england_is_set_apart_without_shade_or_mark(cells):
    figure = heat_table.heat_table(cells.filter(look="england"))

    assert not any(len(trace.x or ()) for trace in figure.data if trace.fill == "toself" or trace.mode == "markers")
    assert list(lettered(figure).text) == ["<b>3.1</b>", "<b>38.2%</b>"]


def test_the_arrow_keys_walk_along_each_areas_measures(cells):
    series = point_words(heat_table.heat_table(cells))

    assert [one.name for one in series] == ["England", "Ash", "Birch", "Cedar"]
    assert [point.words for point in series[1].points] == [
        f"Ash, {RATE}: as the table says",
        f"Ash, {SHARE}: as the table says",
    ]


def test_areas_and_measures_stand_in_the_order_given(cells):
    figure = heat_table.heat_table(cells)
    names = next(trace.text for trace in figure.data if trace.text and "<b>England</b>" in trace.text)

    assert list(names)[:4] == ["<b>England</b>", "<b>Ash</b>", "<b>Birch</b>", "<b>Cedar</b>"]
    assert [text.replace("<br>", " ") for text in figure.data[-3].text] == [RATE, SHARE]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_a_long_name_makes_room_and_keeps_clear_of_the_cells_above(cells):
    long = "Bath and North East Somerset, Swindon and Wiltshire and all that lies between them"
    short = heat_table.heat_table(cells)
    tall = heat_table.heat_table(cells.with_columns(area_name=pl.col("area_name").replace("Birch", long)))

    assert tall.layout.height > short.layout.height


def test_headings_and_figures_fit_the_columns_of_a_phone():
    from throughline.analyses.side_by_side import LOOKED_AT

    room = PHONE / len(LOOKED_AT)
    for measure in LOOKED_AT:
        for word in measure.name.split():
            assert width_of(word, heat_table.ON_A_PHONE) < room + 4, word
    right = (0.5 - heat_table.WORDS) * room
    mark = (heat_table.WORDS - heat_table.MARK) * room - LOOKS["higher_998"].size / 2
    assert width_of("<b>100.0%</b>", heat_table.ON_A_PHONE) / 2 < min(right, mark + 6)


def test_it_can_be_drawn_without_a_browser_each_text_in_its_ink(cells):
    svg = to_svg(heat_table.heat_table(cells), "A title", "An alternative")

    assert f'fill="{template.WHITE}"><tspan' in svg and "13.5" in svg and "[c]" in svg


@pytest.mark.parametrize(
    ("compared", "differing", "expected", "said"),
    [
        (0, 0, 0.0, "No figure of regions can be set beside England's"),
        (1, 0, 0.0, "The one figure of regions does not differ from England by more than chance"),
        (1, 1, 0.0, "The one figure of regions differs from England by more than chance"),
        (45, 0, 0.1, "None of 45 figures of regions differs from England by more than chance"),
        (45, 1, 0.1, "1 of 45 figures of regions differs from England by more than chance"),
        (45, 2, 0.1, "2 of 45 figures of regions differ from England by more than chance"),
        (1500, 2, 2.4, "2 of 1,500 figures of regions differ from England, no more than chance alone would give"),
    ],
)
def test_the_heading_says_how_many_and_no_more_than_chance_where_that_is_so(compared, differing, expected, said):
    assert words.heading("regions", compared, differing, expected) == said


def test_an_area_that_differs_twice_is_named_once_with_both_measures(cells):
    twice = cells.with_columns(look=pl.when(pl.col("area_name") == "Ash").then(pl.lit("higher_998")).otherwise("look"))

    assert words.who_differs(twice.filter(pl.col("look").str.ends_with("998"))) == (
        "Higher than England: Ash (notified per 100,000 and referrals notified). "
        "Lower than England: Cedar (referrals notified)."
    )


def test_with_many_differences_the_table_names_them(cells):
    assert words.who_differs(pl.concat([cells.filter("differs")] * 5)) == "The tables name all 10 that differ."


@pytest.mark.parametrize(
    ("few", "compared", "said"),
    [
        (0, 5, ""),
        (1, 5, "1 of the 5 rests on too few cases to say either way."),
        (4, 5, "4 of the 5 rest on too few cases to say either way."),
        (5, 5, "All rest on too few cases to show a difference, so this is no evidence that they are alike."),
    ],
)
def test_too_few_cases_are_no_evidence_of_likeness(few, compared, said):
    assert words.too_few(few, compared) == said
