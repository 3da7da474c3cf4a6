"""Promise: the help fits a terminal, lists everything, and costs no engine."""

import subprocess
import sys

import click
import pytest

from indexer.cli.keeper import main as keeper
from indexer.cli.search import main as search


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_the_help_of_search_starts_with_examples_and_groups_its_options(run, word):
    result = run(word)
    assert (result.exit_code, result.stderr) == (0, "")
    titles = [line[:-1] for line in result.stdout.splitlines() if line.endswith(":") and line[0] != " "]
    assert titles == [
        "Examples", "Which articles", "How many", "What to show", "Output", "Archive", "Dates", "Query", "Exit status"
    ]  # fmt: skip


def test_every_option_is_in_the_help_and_has_a_text(run):
    shown = run("--help").stdout
    for option in search.get_params(click.Context(search, **search.context_settings)):
        if isinstance(option, click.Option) and not option.hidden:
            assert option.help
            assert all(f" {name}" in shown for name in option.opts if option.name != "update")
    assert "--debug" not in shown


@pytest.mark.parametrize("command", [[], ["update"], ["build"], ["status"], ["check"], ["show"]])
def test_help_fits_80_columns(run, keep, command):
    for result in (run("--help"), keep(*command, "--help")):
        assert result.exit_code == 0
        assert max(map(len, result.stdout.splitlines())) <= 80


def test_every_subcommand_has_a_help_that_is_not_cut(keep):
    shown = keep("--help").stdout
    for name, command in keeper.commands.items():
        assert f"  {name} " in shown
        assert command.help
    assert "..." not in shown.split("Commands:")[1]


ENGINE = ("whoosh", "numpy", "Stemmer", "indexer.archive", "indexer.search.evaluator", "indexer.index")


@pytest.mark.parametrize(
    ("module", "words"),
    [("search", ["--help"]), ("search", ["--version"]), ("search", []), ("keeper", ["update", "--help"])],
)
def test_help_version_and_usage_errors_do_not_load_the_engine(module, words):
    program = (
        f"import sys; sys.argv[1:] = {words!r}; import atexit\n"
        f"atexit.register(lambda: print('LOADED', [m for m in {ENGINE!r} if m in sys.modules], file=sys.stderr))\n"
        f"from indexer.cli.{module} import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == (0 if words else 2)
    assert done.stderr.splitlines()[-1] == "LOADED []"
