"""What should a region talk about? Every analysis of a region's pack, one after the other.

Open it with `marimo edit --skip-update-check notebooks/regional_briefing.py`, or run it as a program.
Parameters stand in the second cell, or follow `--`: area (a region's code such as E12000002), release and viewer.
`throughline pack regional` writes the same as one file to hand out.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def imports():
    import marimo as mo

    from throughline import notebook_layout as layout
    from throughline.packs.contents import CONTENTS
    from throughline.query import Query

    return CONTENTS, Query, layout, mo


@app.cell
def parameters():
    # Change what you like; empty is what the page shows at first. What was given after -- comes before what is here.
    area = "E12000001"  # the code of a region, which must be given
    release = ""  # the name of one; empty for the current one
    viewer = ""  # panel, region:E12000003 or partnership:leeds; empty for a public reader
    return area, release, viewer


@app.cell
def data(CONTENTS, Query, area, layout, release, viewer):
    asked = layout.asked(area=area, release=release, viewer=viewer)
    held, reader = layout.release_and_viewer(asked)
    region = asked["area"]
    reports = [part.analyse(held, reader, Query(part.query(region))) for part in CONTENTS["regional"]]
    return region, reports


@app.cell
def question(mo, reports):
    mo.md("# What should this region talk about?\n\n" + "\n\n".join(f"- {report.answer}" for report in reports))
    return


@app.cell
def analyses(layout, mo, reports):
    mo.vstack([part for report in reports for part in (layout.question(report), layout.findings(report, "*"))])
    return


@app.cell
def what_next(mo):
    mo.md(
        """**What to ask next.** Take the one finding on which partnerships of the region could learn from each other,
        and ask each of them for one case. No figure here ranks them."""
    )
    return


@app.cell
def method(layout, mo, reports):
    mo.vstack([layout.method(report) for report in reports])
    return


if __name__ == "__main__":
    app.run()
