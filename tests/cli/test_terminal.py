"""Promise: ``search`` behaves on real terminals, pipes and closed streams as a good tool does."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

# The command over the archive in memory of conftest.py; what is put in {} changes that archive.
PROGRAM = """
import sys, time
sys.path.insert(0, {tests!r})
from pathlib import Path
import conftest
from indexer.cli import opening
from indexer.cli.search import process
archive = conftest.FakeArchive(Path({root!r}))
{change}
opening.open_archive = lambda folder: archive
process()
"""
MANY = "archive.answer = conftest.ANSWER._replace(hits=(conftest.PAUSES,) * 3000)"
# Jobs in the background are started with Ctrl-C switched off, and the tests may be one.
SLOW = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
archive.search = lambda *a, **k: (print('ready', file=sys.stderr, flush=True), time.sleep(30))
"""
NASTY = "archive.answer = conftest.ANSWER._replace(hits=(conftest.MARKETS._replace(path='seeds/a\\x1b[2J'),))"


def command(*words: str, change: str = "", root: Path = Path("/news")) -> list[str]:
    return [sys.executable, "-c", PROGRAM.format(tests=str(Path(__file__).parent), root=str(root), change=change), *words]


def environment(**changes: str) -> dict[str, str]:
    ours = {"NO_COLOR", "FORCE_COLOR", "NO_HYPERLINKS", "FORCE_HYPERLINKS", "COLUMNS", "SEARCH_ARCHIVE", "LESS"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).parents[2])} | changes


def on_terminal(arguments: list[str], columns: int = 80, **changes: str) -> str:
    """What a terminal of so many columns receives."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    running = subprocess.Popen(arguments, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**changes))
    os.close(theirs)
    received = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        received += part
    os.close(ours)
    running.wait()
    return received.decode()


def plain(shown: str) -> str:
    """What a terminal shows, without colours and links."""
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;.*?\x1b\\", "", shown)


def run(arguments: list[str], **settings) -> subprocess.CompletedProcess:
    settings.setdefault("env", environment())
    return subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60, **settings)


def test_a_terminal_gets_colour_in_its_own_width():
    shown = on_terminal(command("pauses"), columns=50)
    assert "\x1b[1;4;31mhumanitarian pauses\x1b[0m" in shown
    assert 40 < max(map(len, plain(shown).splitlines())) <= 50


@pytest.mark.parametrize(
    ("changes", "linked"),
    [({}, True), ({"NO_HYPERLINKS": "1"}, False), ({"TERM": "linux"}, False), ({"TERM": "linux", "FORCE_HYPERLINKS": "1"}, True)],
)
def test_headlines_lead_to_their_files_on_terminals_that_follow_links(changes, linked):
    shown = on_terminal(command("pauses", root=Path("/news/my archive")), **changes)
    host = re.escape(os.uname().nodename)
    link = rf"\x1b]8;;file://{host}/news/my%20archive/seeds/000_3f31db6b9962369a.txt\x1b\\[^\n]*To Seek Gaza[^\n]*\x1b]8;;\x1b\\"
    assert bool(re.search(link, shown)) is linked
    assert ("\x1b]8" in shown) is linked


def test_no_path_ends_a_link_early():
    assert "file://" in on_terminal(command("x", change=NASTY))
    assert "/seeds/a%1B%5B2J\x1b\\" in on_terminal(command("x", change=NASTY))


def test_a_pipe_gets_no_link_even_in_colour():
    done = run(command("x", "--color", "always"))
    assert "\x1b[1m" in done.stdout
    assert "\x1b]8" not in done.stdout


PAGER = "sh -c 'printf \"PAGED %s \" $LESS; wc -l'"


@pytest.mark.parametrize("words", [["x"], ["x", "-f", "md"], ["x", "-p", "all", "--sort", "oldest"]])
def test_what_is_longer_than_the_screen_goes_through_the_pager(words):
    assert re.fullmatch(r"PAGED FRX \d{4,}", on_terminal(command(*words, change=MANY), PAGER=PAGER).strip())


@pytest.mark.parametrize(
    ("words", "change", "changes"),
    [
        (["x"], "", {}),
        (["x", "--no-pager"], "MANY", {}),
        (["x", "--json"], "MANY", {}),
        (["x", "-l"], "MANY", {}),
        (["x"], "MANY", {"TERM": "dumb"}),
        (["x"], "MANY", {"PAGER": ""}),
        (["x"], "MANY", {"PAGER": "cat"}),
        (["x"], "MANY", {"PAGER": "no-such-program-at-all"}),
        (["x"], "MANY", {"PAGER": "an 'open quote"}),
    ],
)
def test_what_is_short_or_for_programs_or_unwanted_does_not(words, change, changes):
    shown = on_terminal(command(*words, change=MANY if change else ""), **{"PAGER": PAGER} | changes)
    assert "PAGED" not in shown
    assert shown.count("seeds/000_3f31") + shown.count("To Seek Gaza") >= 1


def test_a_reader_who_leaves_the_pager_has_seen_enough():
    status = "; echo status $?"
    shown = on_terminal(["sh", "-c", '"$@"' + status, "sh", *command("x", change=MANY)], PAGER="head -n 1")
    assert plain(shown).splitlines()[1:] == ["status 0"]


@pytest.mark.parametrize("changes", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_can_ask_for_no_colour(changes):
    shown = on_terminal(command("pauses"), **changes)
    assert "“humanitarian pauses”" in shown
    assert "\x1b" not in shown


def test_paths_are_made_visible_on_a_terminal_and_raw_in_a_pipe(tmp_path):
    assert "seeds/a␛[2J" in on_terminal(command("x", "-l", change=NASTY))
    assert run(command("x", "-l", change=NASTY)).stdout.endswith("seeds/a\x1b[2J\n")


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "paths"])
def test_a_reader_that_leaves_early_is_no_error(format):
    change = MANY if format != "paths" else MANY + (
        "\narchive.answer = archive.answer._replace(hits=[conftest.PAUSES._replace(path=f'seeds/{n:0200}') for n in range(3000)])"
    )  # fmt: skip
    pipe = "set -o pipefail; " + '"$@" | head -c 1'
    done = run(["bash", "-c", pipe, "bash", *command("x", "-f", format, change=change)])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("words", ["x", "--help", "--version"])
def test_a_full_disk_is_told_once(words):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command(words), stdout=full, stderr=subprocess.PIPE, text=True, env=environment(), check=False)
    assert done.returncode == 3
    assert done.stderr == "search: the operating system refused: No space left on device\n"


def test_a_closed_output_is_no_error():
    done = run(["bash", "-c", '"$@" >&-', "bash", *command("x")])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert run(["bash", "-c", '"$@" 2>&-', "bash", *command("x", "-n", "none")]).returncode == 2


def test_an_encoding_that_lacks_a_character_gets_its_number():
    done = run(command("x"), env=environment(PYTHONIOENCODING="ascii"))
    assert done.returncode == 0
    assert "\\u201chumanitarian pauses\\u201d" in done.stdout


def test_ctrl_c_ends_quietly_with_130():
    running = subprocess.Popen(
        command("x", change=SLOW), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )
    assert running.stderr is not None
    assert running.stderr.readline() == "ready\n"
    time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    out, error = running.communicate(timeout=20)
    assert (running.returncode, out, error) == (130, "", "")
