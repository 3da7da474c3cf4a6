"""Promise: ``indexer`` reports what it did, and its exit code says whether to look."""

import json
from types import SimpleNamespace

import pytest
from conftest import STATUS

from indexer.documents.refusal import Refusal
from indexer.errors import ArchiveDamaged, ArchiveLocked, ShrinkRefused, StorageError
from indexer.index.check import CheckReport, Problem

REFUSED = Refusal("scan.pdf", 0, "not a text format (.pdf)")


@pytest.fixture
def seed(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("{}")
    return path


def report(*refused, notes=()):
    return SimpleNamespace(
        added=12, changed=1, removed=0, refused=refused, superseded=(), seconds=0.42, generation=3, notes=notes
    )


@pytest.mark.parametrize("command", ["update", "build"])
@pytest.mark.parametrize(("refused", "code"), [((), 0), ((REFUSED,), 1)])
def test_an_update_is_told_in_a_line(keep, archive, command, refused, code):
    archive.report = report(*refused)
    result = keep(command, "--archive", "/x")
    assert result.exit_code == code
    assert result.stdout.startswith("12 added, 1 changed, 0 removed · ")
    assert result.stderr == ""
    assert archive.call("open") == {"folder": "/x"}


def test_what_was_wrong_with_the_index_is_told(keep, archive):
    archive.report = report(notes=("segment 3 was damaged\x1b[2J and is built again",))
    assert keep("update").stderr == "note: segment 3 was damaged␛[2J and is built again\n"


def test_options_reach_the_archive(keep, archive):
    archive.report = report()
    keep("update")
    assert archive.call("update") == {"allow_shrink": False, "wait": 10.0, "processes": None}
    keep("update", "--allow-shrink", "--wait", "0.5", "--processes", "2")
    assert archive.call("update") == {"allow_shrink": True, "wait": 0.5, "processes": 2}
    keep("build", "--wait", "3")
    assert archive.call("build") == {"wait": 3.0, "processes": None}


@pytest.mark.parametrize(("up_to_date", "code"), [(True, 0), (False, 1)])
def test_status_tells_by_its_exit_code_whether_the_index_is_in_step(keep, archive, up_to_date, code):
    archive.state = SimpleNamespace(**vars(STATUS) | {"up_to_date": up_to_date})
    result = keep("status")
    assert result.exit_code == code
    assert "Articles  19,043 · 12 undated" in result.stdout
    result = keep("status", "--json")
    assert result.exit_code == code
    assert json.loads(result.stdout)["up_to_date"] is up_to_date


DAMAGE = ArchiveDamaged("/x/index_data/7-segment is damaged at byte 512: \x1b[2J", "/x/index_data/7-segment", 512)
FAULTY = (Problem(str(DAMAGE), DAMAGE, 7), Problem("seeds/a.txt:1 (article 3f31db6b) is not in the index yet"))


def checked(*problems, deep=False):
    return CheckReport(problems, 7, 19043, 12, 45_200_000, deep)


def test_a_sound_index_is_told_in_a_line(keep, archive):
    archive.checked = checked()
    result = keep("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "sound: 19,043 articles in 12 files, 45.2 MB, as seeds hold them\n"
    assert archive.call("check") == {"deep": False}
    archive.checked = checked(deep=True)
    assert keep("check", "--deep").stdout.endswith("45.2 MB, as a fresh index would hold them\n")
    assert archive.call("check") == {"deep": True}


def test_every_problem_is_a_line_and_the_exit_code_is_1(keep, archive):
    archive.checked = checked(*FAULTY)
    result = keep("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "/x/index_data/7-segment is damaged at byte 512: ␛[2J",
        "seeds/a.txt:1 (article 3f31db6b) is not in the index yet",
    ]


def test_a_check_for_programs_names_file_and_offset(keep, archive):
    archive.checked = checked(*FAULTY)
    result = keep("check", "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["sound"], found["deep"], found["generation"], found["bytes"]) == (False, False, 7, 45_200_000)
    assert [(one["file"], one["offset"]) for one in found["problems"]] == [("/x/index_data/7-segment", 512), (None, None)]


def test_show_refuses_with_a_reason(keep, archive, seed):
    archive.shown = (REFUSED,)
    result = keep("show", str(seed))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["scan.pdf", "Refused   not a text format (.pdf)"]
    assert archive.call("show") == {"path": seed}


def test_show_of_one_record_by_its_line(keep, archive, seed):
    archive.shown = (Refusal("a.jsonl", 1, "not JSON"), Refusal("a.jsonl", 9, "empty"))
    assert keep("show", str(seed), "--line", "9").stdout.splitlines() == ["a.jsonl:9", "Refused   empty"]
    result = keep("show", str(seed), "--line", "5")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"indexer: no record starts on line 5 of {seed}\n"


@pytest.mark.parametrize(
    "error",
    [
        ArchiveLocked("pid 7 on host is updating since 3 s"),
        ShrinkRefused("400 of 500 articles are gone; if that is meant: indexer update --allow-shrink"),
        StorageError("write", "/x/index_data/3-segment", OSError(28, "No space left on device")),
    ],
)
def test_failures_are_one_line_and_exit_3(keep, archive, error):
    archive.error = error
    result = keep("update")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == f"indexer: {error}\n"


def test_ctrl_c_is_130(keep, archive):
    archive.error = KeyboardInterrupt()
    result = keep("build")
    assert (result.exit_code, result.output) == (130, "")


@pytest.mark.parametrize("words", [["upgrade"], ["update", "--wait", "-1"], ["update", "--wait", "soon"], ["show"], ["show", "/nowhere"], ["show", "/"], ["status", "-x"]])
def test_bad_usage_is_one_line_and_exit_2(keep, archive, words):
    result = keep(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    message, hint = result.stderr.splitlines()
    assert message.startswith("indexer: ")
    assert hint.startswith("Try 'indexer")


def test_no_words_show_the_help(keep):
    result = keep()
    assert "Commands:" in result.output
