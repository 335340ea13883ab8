"""Are notifications really falling?

Open it with `marimo edit --skip-update-check notebooks/notification_trends.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: area, measure, nature, partnership, release and viewer.
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
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    area = ""  # the code of one, such as E12000003 or leeds
    measure = "count"  # or rate
    nature = "total"  # or child_death, serious_harm
    partnership = ""  # the code of one, such as leeds
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return area, measure, nature, partnership, release, viewer


@app.cell
def data(Query, analyse, area, layout, measure, nature, partnership, release, viewer):
    asked = layout.asked(
        area=area, measure=measure, nature=nature, partnership=partnership, release=release, viewer=viewer
    )
    held, reader = layout.release_and_viewer(asked)
    report = analyse(held, reader, Query(layout.choices_of(asked)))
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
