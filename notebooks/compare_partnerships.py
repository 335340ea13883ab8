"""Do partnerships differ by more than chance?

Open it with `marimo edit --skip-update-check notebooks/compare_partnerships.py`, or run it as a program.
Parameters follow `--`: indicator, breakdown, group, period, add, release and viewer.
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
def parameters(layout):
    asked = layout.asked("indicator", "breakdown", "group", "period", "add")
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
