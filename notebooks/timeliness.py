"""Are the steps taken in time, and where does the time go?

Open it with `marimo edit --skip-update-check notebooks/timeliness.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: area, period, clock, release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses.timeliness import analyse
    from throughline.query import Query

    return Query, analyse, layout, mo


@app.cell
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    area = ""  # the code of one, such as E12000003 or leeds
    period = ""  # year:2026, or three_years:2024-2026
    clock = "local_review_published"  # or rapid_review and others, as in the address of the page
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return area, clock, period, release, viewer


@app.cell
def data(Query, analyse, area, clock, layout, period, release, viewer):
    asked = layout.asked(area=area, period=period, clock=clock, release=release, viewer=viewer)
    held, reader = layout.release_and_viewer(asked)
    report = analyse(held, reader, Query(layout.choices_of(asked)))
    return (report,)


@app.cell
def question(layout, report):
    layout.question(report)
    return


@app.cell
def clocks(layout, report):
    layout.findings(
        report,
        "clocks",
        ask_next="Which clock is short of its time, and is it short in every year or in one?",
    )
    return


@app.cell
def how_long(layout, report):
    layout.findings(
        report,
        "curve",
        ask_next="How long have the open cases waited already? They count here for as long as they have lasted.",
    )
    return


@app.cell
def late(layout, report):
    layout.findings(
        report,
        "late",
        ask_next="Of those that were late, how many were late by days, and how many by months?",
    )
    return


@app.cell
def stages(layout, report):
    layout.findings(
        report,
        "stages",
        ask_next="Which stage takes the most of the time, and who holds the case in it?",
    )
    return


@app.cell
def reasons(layout, report):
    layout.findings(
        report,
        "reasons",
        ask_next="Does the reason given most often lie inside the partnership or outside it?",
    )
    return


@app.cell
def told(layout, report):
    layout.findings(
        report,
        "told",
        ask_next="Were families and practitioners told of the delay, and by whom?",
    )
    return


@app.cell
def still_open(layout, report):
    layout.findings(
        report,
        "open",
        ask_next="What is overdue today, and who will say when it ends?",
    )
    return


@app.cell
def method(layout, report):
    layout.method(report)
    return


if __name__ == "__main__":
    app.run()
