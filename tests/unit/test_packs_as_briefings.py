"""A pack leads with what matters, then tells every finding once, then has every table once, each a link away."""

import re
import sys
from collections import Counter
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))

from made_up_report import figure, made_up_report, second_report

from throughline.packs.contents import CONTENTS, VIEWERS
from throughline.packs.page import render
from throughline.packs.sections import Section
from throughline.packs.write import write_pack
from throughline.query import Query
from throughline.report import Chart, Column, Finding, Table

KINDS = [("regional", "E12000003"), ("scrutineer", "leeds"), ("panel", "")]
SHARES = [Column("Step"), Column("Cases", True), Column("Out of", True), Column("Percentage", True)]
NOT_DRAWN = "every share here is out of fewer than 5, too few cases to draw"


class Made:
    as_at_date, release_id, is_synthetic = made_up_report().as_at_date, made_up_report().release_id, True


def pack(*sections):
    return render("Questions for scrutiny: Leeds", "For scrutiny.", "Leeds", Made, sections)


def part(text, name):
    """The words of a pack from one heading of the first two levels to the next."""
    return text[text.index(f'<h2 id="{name}">') :].partition("<h2")[2].partition("<h2")[0]


def shares(*rows, columns=SHARES):
    """A chart of shares with its table, each row a name, cases and what they are out of."""
    cells = [[name, cases, out_of, f"{cases} of {out_of}", *more] for name, cases, out_of, *more in rows]
    chart = Chart("shares-chart", figure(), "Lowest: one step. Highest: another.")
    return Finding("shares", "Two steps", "By step.", (chart,), tables=(Table("steps", "Steps", columns, cells),))


def pack_of_shares(*rows, **changes):
    return pack(Section("first", made_up_report(findings=(shares(*rows, **changes),))))


@pytest.fixture(scope="module", params=KINDS, ids=[kind for kind, _ in KINDS])
def written(request, small_release, tmp_path_factory):
    """A pack of the small release with the reports that went into it."""
    kind, code = request.param
    text = write_pack(small_release, kind, code, tmp_path_factory.mktemp("packs")).read_text(encoding="utf-8")
    viewer = VIEWERS[kind](code)
    return text, [(one, one.analyse(small_release, viewer, Query(one.query(code)))) for one in CONTENTS[kind]]


def escaped(text):
    from markupsafe import escape

    return str(escape(text))


def test_what_leads_stands_in_the_briefing_with_its_chart_and_not_again_in_its_part():
    text = pack(Section("first", made_up_report(), ("panels", "count*")), Section("second", second_report()))
    briefing = part(text, "briefing")
    headings = re.findall(r'<h3 id="[^"]+">(.*?)</h3>', briefing)

    assert headings == ["Girls and boys do not differ", "Leeds had no review on time &amp; none was late"]
    assert briefing.count('role="img"') == 3
    assert '<h3 id="first-counts">' not in part(text, "first")
    assert '<a href="#first-counts">' in part(text, "first")
    assert '<h3 id="second-counts">' in part(text, "second")


def test_the_briefing_gives_every_answer_with_its_key_figures_first():
    text = pack(Section("first", made_up_report()), Section("second", second_report()))
    briefing = part(text, "briefing")

    assert text.index('id="briefing"') < text.index('id="first"') < text.index('id="tables"')
    for report in (made_up_report(), second_report()):
        assert report.question in briefing and report.answer in briefing
    assert briefing.count("0 of 4</strong>") == 2


def test_a_part_of_which_nothing_may_be_shown_leads_with_nothing():
    report = made_up_report(problems={"area": "The area in the address is not one that can be chosen."})

    assert "Leeds had no review" not in pack(Section("first", report, ("counts",)))


def test_a_finding_that_two_parts_share_is_told_once_and_pointed_to():
    text = pack(Section("first", made_up_report()), Section("second", made_up_report(question="And this?")))

    assert text.count("<h3 id=") == len(set(re.findall(r"<h3 id=[^>]+>", text)))
    assert text.count("<caption") == 3 and '<h3 id="second-counts">' not in text
    assert 'Told before: <a href="#first-counts">' in part(text, "second")


@pytest.mark.parametrize("kind", CONTENTS)
def test_every_pack_declares_what_leads(kind):
    assert any(one.leads for one in CONTENTS[kind])


def test_what_is_declared_to_lead_is_there(written):
    text, parts = written
    briefing = part(text, "briefing")
    for one, report in parts:
        for lead in one.leads:
            found = [finding for finding in report.shown if fnmatchcase(finding.name, lead)]
            assert found or lead == "question-*", lead  # a partnership may raise no question
            assert all(f">{escaped(finding.heading)}</h3>" in briefing for finding in found)


def test_no_finding_is_lost_and_none_is_told_twice(written):
    text, parts = written
    told = Counter(re.findall(r'<h3 id="[^"]+">(.*?)</h3>', text))
    shown = [finding for _, report in parts for finding in report.shown if not finding.is_only_asked_for]
    findings = {(finding.heading, finding.measured) for finding in shown}

    assert findings
    for heading, count in Counter(heading for heading, _ in findings).items():
        assert told[escaped(heading)] == count, heading
    for _, report in parts:
        for finding in report.withheld:
            assert escaped(finding.heading) in text


def test_every_table_stands_once_in_the_appendix_whole(written):
    text, parts = written
    before, appendix = text.split('<h2 id="tables">')
    tables = {
        (finding.heading, table.caption): table
        for _, report in parts
        for finding in report.shown
        for table in finding.tables
    }

    assert "<table" not in before
    captions = re.findall(r"<caption[^>]*>Table (\d+)\. (.*?)</caption>", appendix)
    assert [int(number) for number, _ in captions] == list(range(1, len(tables) + 1))
    assert Counter(caption for _, caption in captions) == Counter(escaped(caption) for _, caption in tables)
    assert appendix.count("<tr>") == sum(len(table.rows) + 1 for table in tables.values())
    assert all(escaped(table.note) in appendix for table in tables.values())


def test_each_table_is_a_link_away_from_its_finding_and_back(written):
    text, _ = written
    before, appendix = text.split('<h2 id="tables">')
    findings = re.split(r'<section class="finding[^>]+aria-labelledby="', before)[1:]
    there = {
        (table, one.partition('"')[0])
        for one in findings
        for table in re.findall(r'<a href="#([^"]+)">Table \d+</a>', one)
    }
    back = set()
    for one in appendix.split('<div class="table')[1:]:
        if anchor := re.search(r'<caption id="([^"]+)"', one):
            back.add((anchor[1], re.search(r'Back to the finding: <a href="#([^"]+)"', one)[1]))

    assert there and there == back


def test_shares_that_all_rest_on_few_cases_are_told_and_not_drawn():
    text = pack_of_shares(("Referred", "0", "1"), ("Reviewed", "3", "4"))

    assert "<svg" not in text and NOT_DRAWN in text
    assert "3 of 4" in text
    assert "Lowest: one step. Highest: another." not in text  # it describes a chart that is not there


def test_a_pack_has_no_words_that_belong_to_a_form():
    """What is not in a list, and what to choose from it, is of no use on paper."""
    bare = Finding("waits", "Days between", "Days.", notices=("Choose a partnership.",), is_only_asked_for=True)
    other = made_up_report().findings[0]
    report = made_up_report(
        findings=(bare, other), form_notices=("Not in the list of areas: 3 partnerships.",), notices=("Kept.",)
    )
    text = pack(Section("first", report))

    assert "Kept." in text and escaped(other.heading) in text
    assert "Not in the list" not in text and "Choose a partnership" not in text and "Days between" not in text


@pytest.mark.parametrize("rows", [[("Referred", "0", "1"), ("Reviewed", "3", "5")], [("Referred", "2", "1,204")]])
def test_one_share_of_enough_cases_is_reason_to_draw_all(rows):
    text = pack_of_shares(*rows)

    assert text.count("<svg") == 1 and NOT_DRAWN not in text


def test_shares_that_are_all_hidden_are_not_called_few():
    assert NOT_DRAWN not in pack_of_shares(("Referred", "[c]", "[c]"), ("Reviewed", "[c]", "[c]"))


def test_what_is_no_share_is_drawn_however_few_there_are():
    rates = [*SHARES[:3], Column("Rate per 100,000 children", True)]

    assert NOT_DRAWN not in pack_of_shares(("Referred", "0", "3"), columns=rates)


def test_a_short_list_without_a_chart_is_told_where_it_stands():
    few = Table("states", "Open reviews", [Column("State"), Column("Reviews", True)], [["Past their time", "2"]])
    one = Finding("open", "Two reviews are late", "On one day.", tables=(few,))
    text = pack(Section("first", made_up_report(findings=(one,)), ("open",)))

    assert "<li><strong>Past their time:</strong> 2</li>" in part(text, "briefing")
    assert text.count("<caption") == 1


def test_a_number_in_a_list_stands_with_its_name_and_not_before_a_sentence_that_begins_with_one():
    columns = [Column("What"), Column("How many", True), Column("Why")]
    few = Table("why", "What asks", columns, [["Unlike England", "1", "1 of 24 differs."]])
    one = Finding("asks", "One thing asks", "On one day.", tables=(few,))
    text = pack(Section("first", made_up_report(findings=(one,)), ("asks",)))

    assert "<li><strong>Unlike England (1):</strong> 1 of 24 differs.</li>" in part(text, "briefing")


def test_a_table_of_narrow_columns_stands_beside_another_and_one_of_long_words_does_not():
    report = made_up_report(findings=(shares(("Referred", "1", "9")),))
    long = replace(shares(("Referred", "1", "9" * 60)), name="long", heading="Long")
    text = pack(Section("first", replace(report, findings=(*report.findings, long))))
    classes = re.findall(r'<div class="table((?: [^"]*)?)"', text)

    assert ["narrow" in one for one in classes] == [True, False]
