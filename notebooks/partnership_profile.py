"""What should I ask this partnership? One partnership on one page.

Open it with `marimo edit --skip-update-check notebooks/partnership_profile.py`, or run it as a program.
Parameters follow `--`: partnership, release and viewer.
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
def parameters(layout):
    asked = layout.asked("partnership")
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
