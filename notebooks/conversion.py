"""How often does one step lead to the next? Referral, notification, rapid review and local review.

Open it with `marimo edit --skip-update-check notebooks/conversion.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: area, period, release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses.conversion import analyse
    from throughline.query import Query

    return Query, analyse, layout, mo


@app.cell
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    area = ""  # the code of one, such as E12000003 or leeds
    period = ""  # year:2026, or three_years:2024-2026
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return area, period, release, viewer


@app.cell
def data(Query, analyse, area, layout, period, release, viewer):
    asked = layout.asked(area=area, period=period, release=release, viewer=viewer)
    held, reader = layout.release_and_viewer(asked)
    report = analyse(held, reader, Query(layout.choices_of(asked)))
    return (report,)


@app.cell
def question(layout, report):
    layout.question(report)
    return


@app.cell
def steps(layout, report):
    layout.findings(
        report,
        "steps",
        ask_next="Where a step differs from England, read the cases: is the threshold another one, or the cases?",
    )
    return


@app.cell
def outcomes(layout, report):
    layout.findings(
        report,
        "outcomes",
        ask_next="Which cases are still open after six months, and what do they wait for?",
    )
    return


@app.cell
def reasons(layout, report):
    layout.findings(
        report,
        "reasons-*",
        ask_next="Where learning is said to be captured already, who has it, and what have they done with it?",
    )
    return


@app.cell
def panel_agreement(layout, report):
    layout.findings(
        report,
        "panel",
        ask_next="Where the Panel disagreed and the decision stood, what was the reason, and is it written down?",
    )
    return


@app.cell
def changed(layout, report):
    layout.findings(
        report,
        "changed",
        ask_next="Where a decision changed, did partners come to see the case otherwise, or only give way?",
    )
    return


@app.cell
def dissent(layout, report):
    layout.findings(
        report,
        "dissent",
        ask_next="Is dissent recorded at all? No dissent in years may mean that nobody was asked.",
    )
    return


@app.cell
def dissenting(layout, report):
    layout.findings(
        report,
        "dissenting",
        ask_next="Where partners did not agree, was the disagreement worked through, and who escalated it?",
    )
    return


@app.cell
def not_met(layout, report):
    layout.findings(
        report,
        "not-met",
        ask_next="Where there was too little information, was more asked for before the decision?",
    )
    return


@app.cell
def screened_out(layout, report):
    layout.findings(
        report,
        "screened",
        ask_next="What was learned from the incidents that went to a local route, and who was told?",
    )
    return


@app.cell
def learned(layout, report):
    layout.findings(
        report,
        "learned",
        ask_next="Where nothing is recorded, was nothing learned, or was it not written down?",
    )
    return


@app.cell
def method(layout, report):
    layout.method(report)
    return


if __name__ == "__main__":
    app.run()
