"""Outlines of tiles on a square grid: around one tile, or around all that belong together."""

from collections.abc import Iterable

Cell = tuple[int, int]  # column from the left, row from the top: the middle of a tile
Corner = tuple[float, float]
Step = tuple[float, float]


def outlines(cells: Iterable[Cell], gap: float = 0.0) -> list[list[Corner]]:
    """The closed outline of each piece that the tiles make, edge to edge, drawn in by a gap; a hole has its own."""
    starts = sides(set(cells))
    found = []
    while starts:
        first = min(starts)
        corners, steps = [first], [starts[first][0]]
        while True:
            corner, step = corners[-1], take(starts, corners[-1], steps[-1])
            following = (corner[0] + step[0], corner[1] + step[1])
            steps.append(step)
            if following == first:
                break
            corners.append(following)
        found.append(drawn_in(corners, steps[1:], gap))
    return found


def sides(cells: set[Cell]) -> dict[Corner, list[Step]]:
    """The sides of tiles that no other tile shares, each as a step from its start; the tile lies at its right hand."""
    starts: dict[Corner, list[Step]] = {}
    for column, row in cells:
        left, top, right, bottom = column - 0.5, row - 0.5, column + 0.5, row + 0.5
        for start, step, beyond in (
            ((left, top), (1.0, 0.0), (column, row - 1)),
            ((right, top), (0.0, 1.0), (column + 1, row)),
            ((right, bottom), (-1.0, 0.0), (column, row + 1)),
            ((left, bottom), (0.0, -1.0), (column - 1, row)),
        ):
            if beyond not in cells:
                starts.setdefault(start, []).append(step)
    return starts


def take(starts: dict[Corner, list[Step]], corner: Corner, before: Step) -> Step:
    """The next side; where two tiles meet at a corner alone, the one that stays with the same tile."""
    offered = starts[corner]
    step = inward(before) if inward(before) in offered else offered[0]
    offered.remove(step)
    if not offered:
        del starts[corner]
    return step


def inward(step: Step) -> Step:
    """From a side towards the tile at its right hand."""
    return (-step[1], step[0])


def drawn_in(corners: list[Corner], steps: list[Step], gap: float) -> list[Corner]:
    """The outline moved towards its tiles by the gap, and closed: one step further, so that the pen leaves no notch."""
    moved = []
    for place, (x, y) in enumerate(corners):
        ways = {inward(steps[place - 1]), inward(steps[place])}
        moved.append((x + gap * sum(way[0] for way in ways), y + gap * sum(way[1] for way in ways)))
    return [*moved, *moved[:2]]
