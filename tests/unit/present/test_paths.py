"""Promise: the paths printed can be opened from where the reader stands."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.present.paths import encode, paths


def hits(*found):
    return [SimpleNamespace(path=path) for path in found]


@pytest.mark.parametrize("below", [".", "seeds", "seeds/2023", "elsewhere"])
def test_the_working_directory_can_open_them(tmp_path, monkeypatch, below):
    for folder in ("seeds/2023", "elsewhere"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / "seeds/2023/a.txt").write_text("x")
    monkeypatch.chdir(tmp_path / below)
    (found,) = paths(hits("seeds/2023/a.txt"), tmp_path)
    assert not Path(found).is_absolute()
    assert Path(found).samefile(tmp_path / "seeds/2023/a.txt")


def test_none_comes_twice_and_the_order_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert list(paths(hits("seeds/b.jsonl", "seeds/a.txt", "seeds/b.jsonl"), tmp_path)) == ["seeds/b.jsonl", "seeds/a.txt"]


def test_a_name_with_a_dash_in_front_is_no_option_to_the_next_program(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path / "seeds")
    assert list(paths(hits("seeds/-rf"), tmp_path)) == ["./-rf"]


def test_where_the_working_directory_is_gone_paths_are_absolute(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert list(paths(hits("seeds/a.txt"), tmp_path)) == [str(tmp_path / "seeds/a.txt")]


NAME = "seeds/a\n\x1b[2J\udcff.txt"


def test_a_terminal_sees_control_characters_and_a_pipe_gets_the_bytes():
    assert b"".join(encode([NAME], terminal=True, nul=False)) == "seeds/a␊␛[2J\\xff.txt\n".encode()
    assert b"".join(encode([NAME], terminal=False, nul=False)) == b"seeds/a\n\x1b[2J\xff.txt\n"


@pytest.mark.parametrize("terminal", [True, False])
def test_nul_means_raw(terminal):
    assert b"".join(encode([NAME, "b"], terminal=terminal, nul=True)) == b"seeds/a\n\x1b[2J\xff.txt\0b\0"
