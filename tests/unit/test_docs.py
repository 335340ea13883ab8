"""What the documents promise is what the program does."""

import re

from typer.main import get_command

from throughline.cli import app
from throughline.workspace import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
CI = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_readme_opens_with_the_two_commands():
    first_block = re.search(r"```sh\n(.*?)```", README, re.DOTALL).group(1)
    assert re.findall(r"^make \w+", first_block, re.MULTILINE) == ["make run", "make test"]


def test_ci_runs_the_readmes_test_command_and_nothing_that_the_readme_hides():
    commands = [line.strip() for line in CI.splitlines() if line.strip().startswith("make ")]
    assert commands == ["make test"]


def test_make_run_is_the_readmes_demo_command():
    recipe = re.search(r"^run:.*\n\t@(.*)$", MAKEFILE, re.MULTILINE).group(1)
    assert recipe == "$(BIN)/throughline demo"
    assert ".venv\\Scripts\\throughline demo" in README


def test_the_windows_lines_install_what_the_makefile_installs():
    # What the bench alone sets up beside the project is none of this.
    installs = re.findall(r"\$\(BIN\)/python -m pip install --quiet --disable-pip-version-check (.*)", MAKEFILE)
    assert installs
    for arguments in installs:
        assert f".venv\\Scripts\\python -m pip install {arguments}" in README
    assert ".venv\\Scripts\\python -m throughline.frontend" in README and "-m throughline.frontend" in MAKEFILE


def test_every_command_is_in_the_readme_and_every_command_in_the_readme_exists():
    commands = set(get_command(app).commands)
    named = set(re.findall(r"`throughline (\w[\w-]+)", README)) | set(
        re.findall(r"throughline (\w[\w-]+)", README.split("## Commands")[1].split("## Where")[0])
    )
    assert commands <= named
    assert set(re.findall(r"`throughline (\w[\w-]+)", README)) <= commands


def test_every_make_target_says_what_it_does():
    targets = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    described = re.findall(r"^(\w+):.*?## ", MAKEFILE, re.MULTILINE)
    assert set(targets) == set(described)


def test_every_folder_that_the_readme_names_is_there():
    for folder in re.findall(r"^\| `([\w/]+)/`", README, re.MULTILINE):
        assert (PROJECT / folder).is_dir(), folder


def test_nothing_committed_reads_from_outside_the_project():
    outside = "../" + "shared"
    for pattern in ("*.py", "*.sql", "*.yml", "*.toml", "Makefile"):
        for file in PROJECT.rglob(pattern):
            if not {".venv", "node_modules", "target", "data"} & set(file.relative_to(PROJECT).parts):
                assert outside not in file.read_text(encoding="utf-8"), file
