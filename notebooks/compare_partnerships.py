"""Do partnerships differ by more than chance?

Open it with `marimo edit --skip-update-check notebooks/compare_partnerships.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: indicator, breakdown, group, period, add, release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses.compare_partnerships import analyse
    from throughline.query import Query

    return Query, analyse, layout, mo


@app.cell
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    indicator = "NT2"  # a measure of the catalogue, such as TM2
    breakdown = ""  # one of its breakdowns, as in the address of the page
    group = ""  # such as region:E12000003 or statistical_neighbours:leeds
    period = ""  # year:2026, or three_years:2024-2026
    add = ""  # the code of a partnership to add to a set of your own
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return add, breakdown, group, indicator, period, release, viewer


@app.cell
def data(Query, add, analyse, breakdown, group, indicator, layout, period, release, viewer):
    asked = layout.asked(
        indicator=indicator, breakdown=breakdown, group=group, period=period, add=add, release=release, viewer=viewer
    )
    held, reader = layout.release_and_viewer(asked)
    report = analyse(held, reader, Query(layout.choices_of(asked)))
    return (report,)


@app.cell
def question(layout, report):
    layout.question(report)
    return


@app.cell
def each_partnership(layout, report):
    layout.findings(
        report,
        "comparison",
        ask_next="Where one stands apart, ask it and the one beside it for the cases: what did each count?",
    )
    return


@app.cell
def over_the_years(layout, report):
    layout.findings(
        report,
        "trends",
        ask_next="Does one stand apart in every year, or only in the newest?",
    )
    return


@app.cell
def funnel(layout, report):
    layout.findings(
        report,
        "funnel",
        ask_next="How wide is the funnel where the small ones stand? So far apart luck alone can set them.",
    )
    return


@app.cell
def england(layout, report):
    layout.findings(
        report,
        "map",
        ask_next="Where one differs, do its neighbours on the ground too, or does it stand alone in how it records?",
    )
    return


@app.cell
def method(layout, report):
    layout.method(report)
    return


if __name__ == "__main__":
    app.run()
