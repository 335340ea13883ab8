"""Do the returns count what DfE counts? A check of the method against published figures.

Open it with `marimo edit --skip-update-check notebooks/check_against_published.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses.check_against_published import analyse
    from throughline.query import Query

    return Query, analyse, layout, mo


@app.cell
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return release, viewer


@app.cell
def data(Query, analyse, layout, release, viewer):
    asked = layout.asked(release=release, viewer=viewer)
    held, reader = layout.release_and_viewer(asked)
    report = analyse(held, reader, Query(layout.choices_of(asked)))
    return (report,)


@app.cell
def question(layout, report):
    layout.question(report)
    return


@app.cell
def england(layout, report):
    layout.findings(
        report,
        "national",
        ask_next="Where the difference is largest, do the two sides count by the same date?",
    )
    return


@app.cell
def regions(layout, report):
    layout.findings(
        report,
        "regional",
        ask_next="DfE rounds regions to 10: does a difference outlast the rounding?",
    )
    return


@app.cell
def both_series(layout, report):
    layout.findings(
        report,
        "series",
        ask_next="Do both go the same way, even where their levels differ?",
    )
    return


@app.cell
def method(layout, report):
    layout.method(report)
    return


if __name__ == "__main__":
    app.run()
