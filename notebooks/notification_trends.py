"""Are notifications really falling?

Open it with `marimo edit --skip-update-check notebooks/notification_trends.py`, or run it as a program.
Parameters follow `--`: area, measure, nature, partnership, release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses.notification_trends import analyse
    from throughline.query import Query

    return Query, analyse, layout, mo


@app.cell
def parameters(layout):
    asked = layout.asked("area", "measure", "nature", "partnership")
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
def series(layout, report):
    layout.findings(
        report,
        "series",
        ask_next="Do the two series part in one year? Ask what changed in that year: a rule, a form, a system.",
    )
    return


@app.cell
def natures(layout, report):
    layout.findings(
        report,
        "nature",
        ask_next="Has one nature fallen while another has not?",
    )
    return


@app.cell
def harm_to_death(layout, report):
    layout.findings(
        report,
        "ratio",
        ask_next="Deaths are hard to miss. If harm falls against deaths, ask whether harm is notified less.",
    )
    return


@app.cell
def context(layout, report):
    layout.findings(
        report,
        "context",
        ask_next="Have referrals fallen as well, or only notifications?",
    )
    return


@app.cell
def quarters(layout, report):
    layout.findings(
        report,
        "quarters",
        ask_next="A signal says that something changed, and not what. What was different in that quarter?",
    )
    return


@app.cell
def watch(layout, report):
    layout.findings(
        report,
        "watch",
        ask_next="Of the partnerships with few notifications, which have looked at their own referrals to see why?",
    )
    return


@app.cell
def days_between(layout, report):
    layout.findings(
        report,
        "waits",
        ask_next="Is the wait since the last notification longer than those before it, and does somebody know why?",
    )
    return


@app.cell
def method(layout, report):
    layout.method(report)
    return


if __name__ == "__main__":
    app.run()
