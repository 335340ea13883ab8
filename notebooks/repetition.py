"""Does the same recommendation come back, and does anything change? And has this draft been recommended before?

Open it with `marimo edit --skip-update-check notebooks/repetition.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: area, period, text, partnership, release and viewer.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.analyses import asked_before, recommendations
    from throughline.query import Query

    return Query, asked_before, layout, mo, recommendations


@app.cell
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    area = ""  # the code of one, such as E12000003 or leeds
    period = ""  # year:2026, or three_years:2024-2026
    text = ""  # a draft recommendation, or a theme such as Information sharing
    partnership = ""  # the code of one, such as leeds
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return area, partnership, period, release, text, viewer


@app.cell
def data(Query, area, asked_before, layout, partnership, period, recommendations, release, text, viewer):
    asked = layout.asked(area=area, period=period, text=text, partnership=partnership, release=release, viewer=viewer)
    held, reader = layout.release_and_viewer(asked)
    report = recommendations.analyse(held, reader, Query(layout.choices_of(asked)))
    earlier = asked_before.analyse(held, reader, Query(layout.choices_of(asked)))
    return earlier, report


@app.cell
def question(layout, report):
    layout.question(report)
    return


@app.cell
def repeats(layout, report):
    layout.findings(
        report,
        "repeats",
        ask_next="Of what was asked again, what had been marked as done? Start there.",
    )
    return


@app.cell
def evidence(layout, report):
    layout.findings(report, "evidence", ask_next="Read both texts: is it the same ask, or only the same words?")
    return


@app.cell
def chains(layout, report):
    layout.findings(report, "chains", ask_next="Who held the action each time, and why did it not hold?")
    return


@app.cell
def themes(layout, report):
    layout.findings(report, "radar", ask_next="Is a theme that is new here an old one elsewhere?")
    return


@app.cell
def level_of_change(layout, report):
    layout.findings(
        report, "depth", ask_next="How many ask for a rule or a system to change, and how many for training?"
    )
    return


@app.cell
def made_well(layout, report):
    layout.findings(report, "smart", ask_next="Which part is most often missing: who, by when, or how one would know?")
    return


@app.cell
def national(layout, report):
    layout.findings(report, "national", ask_next="Which national recommendation has no local answer yet?")
    return


@app.cell
def quality(layout, report):
    layout.findings(report, "level", ask_next="Which recommendation could nobody check, because it names no change?")
    return


@app.cell
def answers(layout, report):
    layout.findings(report, "change", ask_next="What changed for a child, and how would anybody know?")
    return


@app.cell
def earlier_question(earlier, layout):
    layout.question(earlier)
    return


@app.cell
def earlier_found(earlier, layout):
    layout.findings(
        earlier,
        "*",
        ask_next="What came of the earlier one? If nothing did, the same words again will not do it.",
    )
    return


@app.cell
def method(layout, mo, earlier, report):
    mo.vstack([layout.method(report), layout.method(earlier)])
    return


if __name__ == "__main__":
    app.run()
