"""Promise: the page on the command line and the manual pages say what the commands do, and install with them."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import click
import pytest

REPO = Path(__file__).resolve().parents[2]
MANUALS = sorted((REPO / "docs" / "man").glob("*.1"))


@pytest.fixture(scope="module")
def assemble() -> ModuleType:
    spec = spec_from_file_location("assemble_cli", REPO / "docs" / "assemble_cli.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_up_to_date(assemble: ModuleType) -> None:
    for file, text in assemble.files().items():
        assert file.read_text(encoding="utf-8") == text, f"{file.name} is old: run python docs/assemble_cli.py"


def test_every_option_is_on_the_page_and_in_a_manual(assemble: ModuleType) -> None:
    page = (REPO / "docs" / "cli.md").read_text(encoding="utf-8")
    manuals = "".join(file.read_text(encoding="utf-8") for file in MANUALS).replace("\\-", "-")
    for _, command in assemble.commands():
        for option in command.get_params(click.Context(command, **command.context_settings)):
            if isinstance(option, click.Option) and not option.hidden:
                for name in option.opts if option.name not in ("update", "pager") else (f"--no-{option.name}",):
                    assert f"{name}" in page and f"{name}" in manuals


def test_the_manuals_are_installed() -> None:
    settings = ConfigParser()
    settings.read(REPO / "setup.cfg", encoding="utf-8")
    listed = settings["options.data_files"]["share/man/man1"].split()
    assert sorted(REPO / name for name in listed) == MANUALS
    assert {file.stem for file in MANUALS} == {script.split("=")[0].strip() for script in settings["options.entry_points"]["console_scripts"].strip().splitlines()}


@pytest.mark.parametrize("file", MANUALS, ids=lambda file: file.name)
def test_a_manual_has_the_sections_that_readers_look_for(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f".TH {file.stem.upper()} 1 ")
    sections = re.findall(r"^\.SH (.+)$", text, re.MULTILINE)
    assert sections[:3] == ["NAME", "SYNOPSIS", "DESCRIPTION"]
    assert sections[-3:] == ["ENVIRONMENT", "FILES", "SEE ALSO"]
    assert "EXIT STATUS" in sections
    orders = {"TH", "SH", "SS", "TP", "PP", "B", "BR"}
    assert {line.split()[0][1:] for line in text.splitlines() if line.startswith((".", "'"))} <= orders


@pytest.mark.parametrize("file", MANUALS, ids=lambda file: file.name)
def test_roff_sets_a_manual_without_a_complaint(file: Path) -> None:
    if shutil.which("groff") is None:
        pytest.skip("there is no groff here")
    command = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-Wbreak", "-P-cbou", "-rLL=80n", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    assert max(map(len, done.stdout.splitlines())) <= 80
    if file.stem == "search":
        assert "headline:a  lead:(a OR b)" in done.stdout
        assert "search '\"humanitarian pauses\"'" in done.stdout
        assert re.search(r"^ +\\ +before a sign: it is a letter$", done.stdout, re.MULTILINE)
