"""Do the returns count what DfE counts? A check of the method against published figures.

Open it with `marimo edit --skip-update-check notebooks/check_against_published.py`, or run it as a program.
Parameters follow `--`: release and viewer.
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
def parameters(layout):
    asked = layout.asked()
    return (asked,)


@app.cell
def data(Query, analyse, asked, layout):
    release, viewer = layout.release_and_viewer(asked)
    report = analyse(release, viewer, Query(layout.choices_of(asked)))
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
