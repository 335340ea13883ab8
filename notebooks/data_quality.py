"""Can the returns be relied on? What was sent, what the rules found, what changed, and DfE's counts beside it.

Open it with `marimo edit --skip-update-check notebooks/data_quality.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: region, partnership, release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses.data_quality import analyse
    from throughline.query import Query

    return Query, analyse, layout, mo


@app.cell
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    region = ""  # the code of one, such as E12000003
    partnership = ""  # the code of one, such as leeds
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return partnership, region, release, viewer


@app.cell
def data(Query, analyse, layout, partnership, region, release, viewer):
    asked = layout.asked(region=region, partnership=partnership, release=release, viewer=viewer)
    held, reader = layout.release_and_viewer(asked)
    report = analyse(held, reader, Query(layout.choices_of(asked)))
    return (report,)


@app.cell
def question(layout, report):
    layout.question(report)
    return


@app.cell
def held(layout, report):
    layout.findings(
        report,
        "held",
        ask_next="Who can confirm the years that hold nothing, so that a nil is a nil?",
    )
    return


@app.cell
def broken_rules(layout, report):
    layout.findings(
        report,
        "findings",
        ask_next="Which rule is broken most often, and does the system in which cases are recorded allow it?",
    )
    return


@app.cell
def changes(layout, report):
    layout.findings(
        report,
        "changes",
        ask_next="Is a record that is gone taken out on purpose, or was its row put aside?",
    )
    return


@app.cell
def every_partnership(layout, report):
    layout.findings(
        report,
        "partnerships",
        ask_next="Who has sent nothing, and is therefore in no figure of any page?",
    )
    return


@app.cell
def england(layout, report):
    layout.findings(
        report,
        "national",
        ask_next="Which notifications does one side hold and the other not: late, withdrawn, or of another date?",
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
def rules(layout, report):
    layout.findings(
        report,
        "rules",
        ask_next="What do you know to go wrong in your returns that none of these rules would find?",
    )
    return


@app.cell
def method(layout, report):
    layout.method(report)
    return


if __name__ == "__main__":
    app.run()
