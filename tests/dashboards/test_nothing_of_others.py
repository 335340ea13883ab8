"""No page or file depends on what its reader may not read: it is the same where that is not there at all."""

import shutil

import polars as pl
import pytest
from made_up_release import RELEASE_ID, partnerships_of

from benchmarks.pages import page_request
from dashboards import kept
from dashboards.app import create_app
from throughline.indicator_rows import NEIGHBOURS
from throughline.own_areas import AREA, own_areas
from throughline.release import BY_AREA, BY_PARTNERSHIP, RESTRICTED, Viewer, open_current
from throughline.workspace import Workspace

REGION = "E12000001"
CODE, OTHER = partnerships_of((REGION,))["partnership_code"][:2]
READERS = [Viewer.public(), Viewer.region(REGION), Viewer.partnership(CODE)]
GROUPS = [f"region:{REGION}", "region:E12000004", f"{NEIGHBOURS}:{CODE}", f"{NEIGHBOURS}:{OTHER}"]
ADDRESSES = [
    "/",
    *(
        f"{page}?area={area}"
        for page in ("/conversion", "/timeliness", "/notification-trends", "/demographic-recording", "/recommendations")
        for area in ("E92000001", REGION, CODE, OTHER)
    ),
    *(f"/compare-partnerships?indicator={name}&group={group}" for name in ("CV2", "TM5", "NT2") for group in GROUPS),
    *(f"/profile?partnership={code}" for code in (CODE, OTHER)),
    *("/data-quality", "/review-pairs", "/has-this-been-recommended-before?text=Train+staff", "/about-this-release"),
]
FILES = [
    "/download/overview.csv",
    f"/download/conversion.csv?area={REGION}",
    f"/download/compare-partnerships.csv?indicator=CV2&group={NEIGHBOURS}:{CODE}",
    f"/download/compare-partnerships.csv?indicator=CV2&group=region:{REGION}",
]


def without_others(workspace: Workspace, root, viewer: Viewer) -> Workspace:
    """The same release with no row in its restricted tables of an area that is not the viewer's own."""
    shutil.copytree(workspace.releases, root / "releases", symlinks=True)
    restricted = root / "releases" / RELEASE_ID / RESTRICTED
    own = own_areas(open_current(workspace), viewer)
    codes = own.filter(pl.col("area_type") == "partnership")["area_code"]
    for file in restricted.glob("*.parquet"):
        held = pl.read_parquet(file)
        if file.stem in BY_PARTNERSHIP:
            held = held.filter(pl.col("partnership_code").is_in(codes.implode()))
        elif file.stem in (*BY_AREA, "indicator_values"):
            is_pool = (pl.col("area_type") == NEIGHBOURS) & (pl.col("area_code") == (viewer.area_code or ""))
            pool = held.filter(is_pool) if viewer.role == "partnership" else held.clear()
            held = pl.concat([held.join(own, on=AREA, how="semi", maintain_order="left"), pool])
        elif file.stem == "recommendations":
            shared = pl.col("is_shareable") & (not codes.is_empty())
            held = held.filter(pl.col("partnership_code").is_in(codes.implode()) | shared)
        held.write_parquet(file)
    return Workspace(root)


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_a_reader_is_sent_the_same_where_nothing_of_others_is_held(made_up_workspace, tmp_path, viewer):
    bare = without_others(made_up_workspace, tmp_path, viewer)
    whole, alone = (create_app(each, viewer).server.test_client() for each in (made_up_workspace, bare))

    for address in ADDRESSES:
        asked = page_request(address)
        sent, same = (client.post(kept.ADDRESS, json=asked) for client in (whole, alone))
        # In whatever order a chart's settings stand: another test may have asked Plotly for one that is kept.
        assert sent.json == same.json and len(sent.data) > 1000, address
    for address in FILES:
        sent, same = (client.get(address) for client in (whole, alone))
        assert (sent.status_code, sent.data) == (same.status_code, same.data), address
