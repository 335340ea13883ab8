"""Were children's characteristics recorded, and were they considered?

Open it with `marimo edit --skip-update-check notebooks/demographic_recording.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: area, period, characteristic, release and viewer.
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
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    area = ""  # the code of one, such as E12000003 or leeds
    period = ""  # year:2026, or three_years:2024-2026
    characteristic = "ethnicity"  # or disability and others, as in the address of the page
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return area, characteristic, period, release, viewer


@app.cell
def data(Query, analyse, area, characteristic, layout, period, release, viewer):
    asked = layout.asked(area=area, period=period, characteristic=characteristic, release=release, viewer=viewer)
    held, reader = layout.release_and_viewer(asked)
    report = analyse(held, reader, Query(layout.choices_of(asked)))
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
