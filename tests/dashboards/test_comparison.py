"""The comparison page for every measure, period and reader: it lays out, and says why what is not shown is not."""

import csv
import io
import re
from html import unescape

import dash
import polars as pl
import pytest
from dash.development.base_component import Component
from made_up_release import partnerships_of
from made_up_series import series
from made_up_values import BLOCKS, YEARS

from dashboards.app import create_app
from throughline.analyses.compare_partnerships import analyse
from throughline.query import Query
from throughline.release import Viewer
from throughline.wording.comparison import beyond_the_group
from throughline.wording.scope import area_in_a_sentence

PATH = "/compare-partnerships"
NORTH_EAST = "region:E12000001"
CODES = partnerships_of(("E12000001", "E12000004"))["partnership_code"].to_list()
PERIODS = [*(f"three_years:{block}" for block in BLOCKS), *(f"year:{year}" for year in YEARS)]
READERS = [Viewer.public(), Viewer.region("E12000004"), Viewer.partnership(CODES[0]), Viewer.panel()]
GROUPS = [NORTH_EAST, f"statistical_neighbours:{CODES[0]}", "police_force:E23000018"]


def words_of(text):
    """What a reader sees of a page's main part, without the lists to choose from."""
    main = text[text.index("<main") : text.index("</main>")]
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<select.*?</select>", "", main, flags=re.S)))


def table_rows(text):
    """The cells of the comparison table's rows by the name that each begins with."""
    table = text[text.index('id="comparison-table"') :]
    table = table[: table.index("</table>")]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr")[2:]]
    return {unescape(re.sub(r"<[^>]+>", "", row[0])): [unescape(cell) for cell in row[1:]] for row in rows}


def chosen(text, name):
    """The words chosen in one list."""
    listed = text[text.index(f'id="{name}"') :]
    return re.search(r"<option[^>]*selected[^>]*>(.*?)</option>", listed)[1]


def nested_lists(node, inside_list=False):
    """Places where a list of parts holds another list, which a browser refuses to draw."""
    if isinstance(node, (list, tuple)):
        return (1 if inside_list else 0) + sum(nested_lists(child, True) for child in node)
    return nested_lists(getattr(node, "children", None)) if isinstance(node, Component) else 0


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_a_bare_address_asks_every_reader_the_same_and_answers_for_a_group_and_for_england(made_up, viewer):
    report = analyse(made_up, viewer, Query({}))
    measure, group = (next(one for one in report.filters if one.name == name) for name in ("indicator", "group"))
    named = area_in_a_sentence("region", group.in_words)
    funnel = next(finding for finding in report.findings if finding.name == "funnel")

    assert measure.chosen == "NT2"
    assert viewer.role == "partnership" or f"with a figure in {named} " in report.answer
    assert bool(funnel.charts) == ("In all of England, " in report.answer or "Among the " in report.answer)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "none lies outside the 99.8% limits of a funnel of 146 partnerships; chance alone would give about 0.3."),
        (["Blackpool"], "1 (Blackpool) lies outside"),
        (["A", "B", "C", "D", "E", "F"], "6 lie outside"),
    ],
)
def test_all_of_england_is_answered_by_the_funnel(names, said):
    assert beyond_the_group(names, 146, 0.31, hidden=0).startswith(f"In all of England, {said}")


def test_the_answer_speaks_of_england_only_to_who_may_see_every_partnership(made_up, drawn_of_few):
    asked = Query({"indicator": "CV2", "period": "year:2025", "group": NORTH_EAST})
    of_all, of_some = (
        analyse(made_up, viewer, asked).answer for viewer in (Viewer.panel(), Viewer.region("E12000004"))
    )

    assert "In all of England" in of_all
    assert "In all of England" not in of_some
    assert re.search(r"Among the \d partnerships whose figure you may see, .* outside the 99.8% limits", of_some)


def test_the_answer_says_nothing_twice_of_a_group_that_is_all_that_the_reader_sees(made_up, drawn_of_few):
    own = Query({"indicator": "CV2", "period": "year:2025", "group": "region:E12000004"})
    report = analyse(made_up, Viewer.region("E12000004"), own)

    assert next(finding for finding in report.findings if finding.name == "funnel").charts
    assert "you may see" not in report.answer and "In all of England" not in report.answer


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_every_indicator_breakdown_and_period_lays_out(made_up_workspace, made_up, viewer):
    """Each reader gets every indicator and breakdown, over one period each that moves on from one to the next."""
    app = create_app(made_up_workspace, viewer)
    page = next(page for page in dash.page_registry.values() if page["path"] == PATH)
    place = READERS.index(viewer)
    with app.server.test_request_context(PATH):
        for number, (indicator, breakdown) in enumerate(series(made_up.indicators()["indicator"].to_list())):
            step = (3 * place + number) % len(PERIODS)
            group = GROUPS[(number + step) % len(GROUPS)]
            asked = {"indicator": indicator, "breakdown": breakdown, "group": group, "period": PERIODS[step]}
            tree = page["layout"](**asked)
            assert not nested_lists(tree), asked
            assert "There is a problem" not in str(tree), asked


def test_no_page_nests_a_list_in_a_list(panel_app):
    for page in dash.page_registry.values():
        with panel_app.server.test_request_context(page["path"]):
            assert not nested_lists(page["layout"]()), page["path"]


def test_indicators_are_gathered_by_family_and_breakdowns_by_characteristic(reader):
    text = reader.get(f"{PATH}?indicator=DM1").text
    headings = re.findall(r'<optgroup label="(.*?)"', text)

    assert headings[:5] == [
        "From one stage to the next",
        "Timeliness",
        "Recording of characteristics",
        "Recommendations",
        "Notifications",
    ]
    assert headings[5:9] == ["Ethnicity", "Disability", "Sexual orientation", "Sex"]


def test_a_breakdown_that_the_measure_does_not_have_falls_back_to_its_first_and_says_so(reader):
    answer = reader.get(f"{PATH}?indicator=TM2&breakdown=ethnicity:lcspr")

    assert answer.status_code == 200
    assert chosen(answer.text, "breakdown") == "Submitted in time"
    assert "This measure is not broken down in the way asked for" in answer.text
    assert "There is a problem" not in answer.text
    assert "not broken down in the way" not in reader.get(f"{PATH}?indicator=TM2&breakdown=late").text


def test_what_is_late_counts_what_was_late(reader):
    said = words_of(reader.get(f"{PATH}?indicator=TM2&breakdown=late").text)

    assert "Notifications whose rapid review was submitted after its time" in said
    assert "no more than 15 working days after the notification." not in said


def test_reviews_open_past_their_time_are_nowhere_called_closed_or_ended(reader):
    said = words_of(reader.get(f"{PATH}?indicator=TM8&period=year:2025").text)
    said = said[: said.index("How this measure is defined")]

    assert "Open and overdue: local reviews open past their six months" in said
    assert "Fewer than 5 open and overdue, so no median is given" in said
    assert not re.search(r"\b[Cc]losed\b|\d ended\b", said)


def test_medians_are_days_and_not_reached_is_an_answer(reader):
    rows = table_rows(reader.get(f"{PATH}?indicator=TM5&breakdown=signed_off&group=region:E12000004").text)
    values = [row[2] for row in rows.values()]

    assert "not reached" in values
    assert any(value.isdigit() for value in values)
    assert not any("%" in value for value in values)


def test_every_reason_is_given_in_words_where_the_figure_would_stand(reader, public_reader):
    found = ""
    for client, query in [
        (reader, "indicator=TM5&breakdown=published"),
        (reader, "indicator=TM9&period=year:2025"),
        (reader, "indicator=CV9"),
        (reader, "indicator=NT2"),
        (public_reader, "indicator=CV1"),
        (public_reader, "indicator=CV1&period=year:2025"),
    ]:
        for group in (NORTH_EAST, "region:E12000004"):
            found += words_of(client.get(f"{PATH}?{query}&group={group}").text)

    for reason in (
        "No return was received",
        "Not reached",
        "Fewer than 5 closed",
        "Too many records lack the field it rests on",
        "nothing to divide by",
        "One or more of the counts is small, so this is not shown",
        "Not published for this kind of area",
        "the fraction is given and no percentage",
    ):
        assert reason in found, reason


def test_low_reliability_is_a_fraction_with_its_mark(public_reader):
    rows = [
        row
        for group in (NORTH_EAST, "region:E12000004")
        for row in table_rows(public_reader.get(f"{PATH}?indicator=CV1&group={group}").text).values()
    ]
    marked = [row for row in rows if row[2].endswith("[u]")]

    assert marked
    assert all(re.fullmatch(r"\d+ of 1\d \[u\]", row[2]) for row in marked)


def test_the_public_starts_where_partnerships_have_figures(public_reader):
    text = public_reader.get(PATH).text

    assert chosen(text, "period") == "Three years to March 2026"
    shown = [row for name, row in table_rows(text).items() if re.match(r"\d", row[2])]
    assert len(shown) > 5
    assert "nothing can be compared" not in text


def test_a_period_without_public_partnerships_is_marked_and_says_which_to_choose(public_reader, reader):
    text = public_reader.get(f"{PATH}?indicator=CV2&group={NORTH_EAST}&period=three_years:2023-2025").text
    rows = table_rows(text)

    assert chosen(text, "period") == "Three years to March 2025 (not for partnerships)"
    assert "Choose three years ending March 2026 or three years ending March 2023." in text
    assert all(not re.search(r"\d", "".join(row[:4])) for name, row in rows.items() if name not in ("England",))
    assert "not for partnerships" not in reader.get(f"{PATH}?indicator=CV2").text


def test_a_breakdown_that_is_published_for_no_partnership_says_so(public_reader):
    text = public_reader.get(f"{PATH}?indicator=DM5").text

    assert "Figures of single partnerships are not published for this measure" in text
    assert "comparison-table" in text


def test_a_reader_sees_true_figures_of_their_own_area_alone(made_up_workspace):
    client = create_app(made_up_workspace, Viewer.partnership(CODES[0])).server.test_client()
    text = client.get(f"{PATH}?indicator=CV2&period=year:2025").text
    rows = table_rows(text)
    numbers = [name for name, row in rows.items() if re.match(r"\d", row[0])]

    assert len(numbers) <= 3  # England, the pool where it is safe, and oneself
    assert re.match(r"\d", rows["County Durham"][0])


def test_neighbours_are_pooled_with_their_model_and_how_many_had_data(reader):
    said = words_of(reader.get(f"{PATH}?indicator=CV2&group=statistical_neighbours:{CODES[0]}").text)

    assert "statistical neighbour model of 2025, pooled" in said
    assert re.search(r"data from \d+ of \d+ authorities", said)
    assert "Against them, County Durham is at" in said


def test_each_partnership_stands_beside_its_own_earlier_period(reader):
    text = reader.get(f"{PATH}?indicator=CV1&group={NORTH_EAST}").text

    assert "Compared with its own 2021 to 2023" in text
    assert "No more of a change than chance would give" in text
    later = reader.get(f"{PATH}?indicator=CV1&group={NORTH_EAST}&period=year:2025").text
    assert "Compared with its own 2024" in later


def test_the_time_that_a_case_needs_is_told_in_its_own_words(reader):
    def told(indicator):
        return words_of(reader.get(f"{PATH}?indicator={indicator}").text)

    assert "A case counts once it has had 25 working days." in told("CV2")
    assert "A case counts once the time named under “Out of” is over." in told("TM4")
    assert "No time has to pass" in told("CV9")


def test_a_file_holds_the_choices_the_letters_and_no_percentage_of_a_few_cases(reader, public_reader):
    address = f"/download/compare-partnerships/comparison.csv?indicator=CV6&group={NORTH_EAST}&period=year:2025"
    rows = list(csv.DictReader(io.StringIO(reader.get(address).text)))

    def shown(row):
        return next(cell for name, cell in row.items() if name.startswith("Percentage"))

    few = [row for row in rows if row["Out of"].isdigit() and 0 < int(row["Out of"]) < 10]

    assert few and not any(re.search(r"\d[.%]", shown(row)) for row in few)
    assert all(row["choices"].startswith("Measure: ") and "Not broken down" not in row["choices"] for row in rows)
    assert any(name.startswith("Compared with its own") for name in rows[0])
    hidden = list(csv.DictReader(io.StringIO(public_reader.get(address).text)))
    kept = [row for row in hidden if shown(row) == "c"]
    assert kept and all(not re.search(r"\d", row["Cases"] + row["Out of"]) for row in kept)
    whys = ("Not published for this kind of area", "One or more of the counts is small")
    assert all(row["Compared with England"].startswith(whys) for row in kept)


def test_a_public_region_has_no_quarters_and_is_told_why(public_reader, reader):
    public = words_of(public_reader.get("/notification-trends?area=E12000001").text)

    assert "Notifications by quarter are published for England alone" in public
    assert "too few for limits" not in public
    assert "published for England alone" not in words_of(public_reader.get("/notification-trends").text)
    assert "published for England alone" not in words_of(reader.get("/notification-trends?area=E12000001").text)


def test_where_nothing_may_be_drawn_there_is_no_empty_chart(public_reader):
    text = public_reader.get("/notification-trends?area=E12000001&nature=child_death").text

    assert "No notifications of a child's death can be shown for the North East" in unescape(text)
    assert "so the split by nature is not shown for this area" in unescape(text)


def test_the_made_up_release_has_every_status_and_reason(made_up):
    shown = pl.concat(
        [made_up.indicator_values(viewer).select("status", "reason") for viewer in (Viewer.public(), Viewer.panel())]
    )

    assert set(shown["status"]) == {"ok", "c", "u", "x", "z"}
    assert {"no_return", "no_base", "no_cases", "too_few_closed", "not_reached", "incomplete"} <= set(shown["reason"])
    assert {"level", "confidential", "low_reliability"} <= set(shown["reason"])
