"""Were children's characteristics recorded, and were they considered?

Open it with `marimo edit --skip-update-check notebooks/demographic_recording.py`, or run it as a program.
Parameters follow `--`: area, period, characteristic, release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses.demographic_recording import analyse
    from throughline.query import Query

    return Query, analyse, layout, mo


@app.cell
def parameters(layout):
    asked = layout.asked("area", "period", "characteristic")
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
def ladder(layout, report):
    layout.findings(
        report,
        "ladder",
        ask_next="At which stage is the most lost: was nobody asked, or was the answer not written down?",
    )
    return


@app.cell
def recorded(layout, report):
    layout.findings(
        report,
        "recorded",
        ask_next="Where recording falls short, does the form have a place for it?",
    )
    return


@app.cell
def considered(layout, report):
    layout.findings(
        report,
        "considered",
        ask_next="Take one review that recorded and did not consider: what would have been considered?",
    )
    return


@app.cell
def changes(layout, report):
    layout.findings(
        report,
        "changes",
        ask_next="What was known at notification and gone by the rapid review, and why?",
    )
    return


@app.cell
def other_characteristics(layout, report):
    layout.findings(
        report,
        "characteristics",
        ask_next="Which characteristic is recorded least, and is that so everywhere?",
    )
    return


@app.cell
def together(layout, report):
    layout.findings(
        report,
        "together",
        ask_next="Are recording and considering low in the same places?",
    )
    return


@app.cell
def ratios(layout, report):
    layout.findings(
        report,
        "ratios",
        ask_next="How far could what is not recorded move the ratio? The range says; the point alone does not.",
    )
    return


@app.cell
def method(layout, report):
    layout.method(report)
    return


if __name__ == "__main__":
    app.run()
