"""Promise: a shell completes what is typed, with one line to set up, and no search is slower for it."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which the two commands are found first."""
    for name, module in (("search", "search"), ("indexer", "keeper")):
        file = tmp_path / name
        file.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from indexer.cli.{module} import main; main()" "$@"\n')
        file.chmod(file.stat().st_mode | stat.S_IEXEC)
    return f"{tmp_path}{os.pathsep}{os.environ['PATH']}"


def shell(path: str, *command: str, **changes: str) -> str:
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(REPO)} | changes
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


def completed(path: str, *typed: str) -> list[str]:
    """What bash completes the last word of ``typed`` to, after the one line of the help."""
    words = " ".join(f"'{word}'" for word in typed)
    program = (
        f'eval "$(indexer completion bash)"; COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}\n'
        f"compopt() {{ echo $2; }}; _{typed[0]}_completion {typed[0]}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    return shell(path, "bash", "-c", program).split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (("search", "gaza", "--so"), ["--sort"]),
        (("search", "gaza", "--sort", ""), ["relevance", "newest", "oldest"]),
        (("search", "--by", "mo"), ["month"]),
        (("search", "-f", "j"), ["json", "jsonl"]),
        (("search", "-s", "y"), ["yesterday"]),
        (("search", "--on", "to"), ["today"]),
        (("search", "gaza", "ce"), []),
        (("search", "--archive", ""), ["dirnames"]),
        (("indexer", "ch"), ["check"]),
        (("indexer", "show", ""), ["default"]),
        (("indexer", "completion", "z"), ["zsh"]),
    ],
)
def test_bash_completes(path, typed, found):
    assert completed(path, *typed) == found


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_the_line_in_the_help_sets_bash_up(path, keep, tmp_path):
    (line,) = (line.split(maxsplit=1)[1] for line in keep("completion", "--help").stdout.splitlines() if line.startswith("  bash"))
    shell(path, "bash", "-c", line, HOME=str(tmp_path))
    told = shell(path, "bash", "-c", ". ~/.bashrc; complete -p search indexer", HOME=str(tmp_path))
    assert [said.split()[-1] for said in told.splitlines()] == ["search", "indexer"]


@pytest.mark.parametrize("name", SHELLS)
def test_each_shell_gets_a_script_for_both_commands(keep, name):
    result = keep("completion", name)
    assert (result.exit_code, result.stderr) == (0, "")
    for command in ("search", "indexer"):
        assert f"_{command.upper()}_COMPLETE={name}_complete" in result.stdout


@pytest.mark.parametrize("name", SHELLS)
def test_the_shell_can_read_its_script(keep, tmp_path, name):
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name} here")
    script = tmp_path / "script"
    script.write_text(keep("completion", name).stdout)
    subprocess.run([name, "-n", str(script)], check=True, timeout=60)


@pytest.mark.parametrize("name", SHELLS)
def test_each_shell_asks_in_its_own_way_and_is_answered(path, name):
    asked = {"COMP_WORDS": "search --so", "COMP_CWORD": "1" if name != "fish" else "--so", "_SEARCH_COMPLETE": f"{name}_complete"}
    assert "--sort" in shell(path, "search", **asked)


def test_another_shell_is_refused(keep):
    result = keep("completion", "tcsh")
    assert (result.exit_code, result.stdout) == (2, "")


def test_completing_loads_no_engine_and_a_search_loads_no_completion():
    show = "import atexit, sys; atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr));"
    program = f"{show} from indexer.cli.search import main; main()"
    asked = {"COMP_WORDS": "search --so", "COMP_CWORD": "1", "_SEARCH_COMPLETE": "bash_complete"}
    for changes, words, absent in ((asked, [], "numpy"), ({}, ["--help"], "click.shell_completion")):
        done = subprocess.run(
            [sys.executable, "-c", program, *words], env=os.environ | changes, cwd=REPO, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0
        assert repr(absent) not in done.stderr
