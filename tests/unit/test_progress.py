"""Where there is no terminal, a long command says now and then how far it is, and a short one does not chatter."""

import pytest

from throughline.progress import progress_bar


def told(capsys, steps, what="Writing packs"):
    """The lines that are printed where output is no terminal."""
    with progress_bar() as progress:
        for done, total in steps:
            progress(what, done, total)
    return capsys.readouterr().err.splitlines()


def test_a_long_stage_says_about_every_tenth_how_many_are_done(capsys):
    first, *lines = told(capsys, [(done, 142) for done in range(1, 143)])
    done = [int(line.removeprefix("Writing packs: ").removesuffix(" of 142")) for line in lines]

    assert first == "Writing packs …"
    assert len(done) == 10 and done[-1] == 142
    assert all(after - before in (14, 15) for before, after in zip([0, *done], done, strict=False))


def test_a_count_that_leaps_or_stands_still_is_told_once(capsys):
    lines = told(capsys, [(0, 100), (35, 100), (35, 100), (36, 100), (100, 100), (100, 100)])

    assert lines == ["Writing packs …", "Writing packs: 35 of 100", "Writing packs: 100 of 100"]


@pytest.mark.parametrize("total", [0, 1, 12])
def test_a_short_stage_is_one_line(capsys, total):
    assert told(capsys, [(done, total) for done in range(total + 1)]) == ["Writing packs …"]
