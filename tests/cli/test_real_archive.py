"""Promise: the commands do on a real archive what the README shows."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli.keeper import main as keeper
from indexer.cli.search import main as search

BRIDGE = """\
 date 2023-11-08 Old Bridge ‘Pause’ As G-7 Ministers Meet
The ministers agreed on the bridge at a meeting in Tokyo.
(Harbour Wire) -- Japan and the US said they would work for a “humanitarian pause” on the bridge.
The bridge is 104 years old.
"""
GOATS = " date 2024-02-29 Goats Take The Bridge\nNobody was hurt.\n(Harbour Wire) -- Eleven goats stood still for an hour.\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A fresh archive of two texts and a refused file; the working directory."""
    (tmp_path / "index_data").mkdir()
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "bridge.txt").write_text(BRIDGE)
    (seeds / "goats.txt").write_text(GOATS)
    (seeds / "scan.pdf").write_bytes(b"%PDF")
    monkeypatch.chdir(tmp_path)
    for name in ("SEARCH_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def find(*words):
    return CliRunner().invoke(search, words)


def keep(*words):
    return CliRunner().invoke(keeper, words)


def test_the_first_search_builds_the_index_and_answers(root):
    result = find("humanitarian", "pause")
    assert result.exit_code == 0
    assert result.stderr == "note: 1 document refused: indexer status tells which and why\n"
    assert result.stdout.splitlines()[:4] == [
        "1 article, 8 Nov 2023 · exact phrase in 1",
        "",
        " 1  Old Bridge ‘Pause’ As G-7 Ministers Meet",
        result.stdout.splitlines()[3],
    ]
    assert "¶1  (Harbour Wire) -- Japan and the US" in result.stdout
    again = find("humanitarian", "pause")
    assert (again.stdout, again.stderr) == (result.stdout, "")


def test_marks_point_at_the_words_of_the_query(root):
    (hit,) = json.loads(find("humanitarian", "pause", "--json").stdout)["results"]
    (passage,) = hit["passages"]
    assert [passage["text"][a:b] for a, b in passage["marks"]] == ["humanitarian pause"]
    assert [hit["headline"][a:b] for a, b in hit["headline_marks"]] == ["Pause"]
    assert (root / hit["path"]).read_text().splitlines()[passage["line"] - 1].startswith("(Harbour Wire)")


def test_new_changed_and_removed_seeds_are_seen_by_the_next_search(root):
    assert find("bridge", "-c").stdout == "2\n"
    (root / "seeds/new.txt").write_text(GOATS.replace("Goats", "Geese"))
    assert find("geese", "bridge", "-l").stdout == "seeds/new.txt\n"
    (root / "seeds/new.txt").unlink()
    assert find("geese", "-c").stdout == "0\n"
    (root / "seeds/goats.txt").write_text(GOATS.replace("Bridge", "Castle"))
    assert find("bridge", "-c", "--no-update").stdout == "2\n"
    assert find("bridge", "-c").stdout == "1\n"


def test_a_dashed_word_leaves_articles_out(root):
    assert find("bridge", "-goats", "-l").stdout == "seeds/bridge.txt\n"
    assert find("bridge", "-humanitarian", "-l").stdout == "seeds/goats.txt\n"


def test_dates(root):
    assert find("--on", "2024-02", "-l").stdout == "seeds/goats.txt\n"
    assert find("bridge", "-s", "2024", "-c").stdout == "1\n"
    wrong = find("bridge", "-s", "2023-02-30")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("search: --since 2023-02-30: ")


def test_reading_by_the_id_shown(root):
    ident = json.loads(find("goats", "-f", "jsonl").stdout)["id"]
    result = find("--read", ident, "hour")
    assert result.exit_code == 0
    assert result.stdout.startswith("Goats Take The Bridge\n")
    assert "(Harbour Wire) -- Eleven goats stood still for an hour." in result.stdout
    assert find("--read", "zz").exit_code == 1


def test_the_archive_is_found_from_below_and_by_name(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root / "seeds")
    assert find("goats", "-l").stdout == "goats.txt\n"
    monkeypatch.setenv("SEARCH_ARCHIVE", "")
    assert find("goats", "-l").stdout == "goats.txt\n"
    monkeypatch.chdir("/")
    result = find("goats", "-l", "--archive", str(root))
    assert Path("/", result.stdout.strip()).samefile(root / "seeds/goats.txt")
    nowhere = find("goats", "--archive", str(root / "seeds/goats.txt"))
    assert (nowhere.exit_code, nowhere.stdout) == (3, "")
    assert "seeds/" in nowhere.stderr


def test_the_keeper_updates_and_asks_how_it_is(root):
    result = keep("update")
    assert result.exit_code == 1  # something was refused
    assert result.stdout.startswith("2 added, 0 changed, 0 removed · 1 refused (indexer status lists it) · ")
    assert keep("update").stdout.startswith("0 added, 0 changed, 0 removed · 1 refused")
    status = keep("status")
    assert status.exit_code == 0
    assert "Articles  2\n" in status.stdout
    assert "scan.pdf  not a text format (.pdf)" in status.stdout
    (root / "seeds/new.txt").write_text(GOATS)
    assert keep("status").exit_code == 1
    assert json.loads(keep("status", "--json").stdout)["pending"]["added"] == 1
    (root / "seeds/scan.pdf").unlink()
    assert keep("build").exit_code == 0
    assert keep("status").exit_code == 0


def test_show_tells_how_a_seed_is_understood(root):
    result = keep("show", "seeds/bridge.txt")
    assert result.exit_code == 0
    assert "Date      Wed 8 Nov 2023" in result.stdout
    assert "Headline  Old Bridge ‘Pause’ As G-7 Ministers Meet" in result.stdout
    assert "¶2   line 4     The bridge is 104 years old." in result.stdout
    assert keep("show", "seeds/scan.pdf").exit_code == 1


def test_nothing_in_a_document_or_its_name_reaches_the_terminal_raw(root):
    (root / "seeds/\x1b]0;owned\x07.txt").write_text(BRIDGE.replace("Old", "Red\x1b[2J\x9b31m\u202e"))
    (root / "seeds/bad\x1b[2J.pdf").write_bytes(b"x")
    shown = [find("red"), find("red", "--json"), find("--read", "", "red"), keep("status"), keep("show", "seeds/\x1b]0;owned\x07.txt")]
    for result in shown:
        text = result.output.replace("\n", "")
        assert text.isprintable(), result.output


def test_python_m_indexer_is_the_keeper(root):
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "update"], capture_output=True, text=True, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("2 added")
