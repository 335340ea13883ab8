"""What should I ask this partnership? One partnership on one page.

Open it with `marimo edit --skip-update-check notebooks/partnership_profile.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: partnership, release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses.partnership_profile import analyse
    from throughline.query import Query

    return Query, analyse, layout, mo


@app.cell
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    partnership = ""  # the code of one, such as leeds
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return partnership, release, viewer


@app.cell
def data(Query, analyse, layout, partnership, release, viewer):
    asked = layout.asked(partnership=partnership, release=release, viewer=viewer)
    held, reader = layout.release_and_viewer(asked)
    report = analyse(held, reader, Query(layout.choices_of(asked)))
    return (report,)


@app.cell
def question(layout, report):
    layout.question(report)
    return


@app.cell
def questions(layout, report):
    layout.findings(
        report,
        "question-*",
        ask_next="Put each question as it stands, and ask for the cases behind the figure before any explanation.",
    )
    return


@app.cell
def standing(layout, report):
    layout.findings(
        report,
        "standing",
        ask_next="Where the partnership stands apart, is it known there, and since when?",
    )
    return


@app.cell
def timeline(layout, report):
    layout.findings(
        report,
        "timeline",
        ask_next="Does a year without notifications have a reason that somebody can name?",
    )
    return


@app.cell
def returns(layout, report):
    layout.findings(
        report,
        "returns",
        ask_next="Which return is missing, and who sends it?",
    )
    return


@app.cell
def method(layout, report):
    layout.method(report)
    return


if __name__ == "__main__":
    app.run()
