"""Promise: ``indexer`` reports what it did, and its exit code says whether to look."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import STATUS

from indexer.documents.refusal import Refusal
from indexer.errors import ArchiveLocked, ShrinkRefused, StorageError

REFUSED = Refusal("scan.pdf", 0, "not a text format (.pdf)")


def report(*refused):
    return SimpleNamespace(
        added=12, changed=1, removed=0, unchanged=5, refused=refused, superseded=(), seconds=0.42, generation=3
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


def test_options_reach_the_archive(keep, archive):
    archive.report = report()
    keep("update")
    assert archive.call("update") == {"allow_shrink": False, "wait": 10.0}
    keep("update", "--allow-shrink", "--wait", "0.5")
    assert archive.call("update") == {"allow_shrink": True, "wait": 0.5}
    keep("build", "--wait", "3")
    assert archive.call("build") == {"wait": 3.0}


@pytest.mark.parametrize(("up_to_date", "code"), [(True, 0), (False, 1)])
def test_status_tells_by_its_exit_code_whether_the_index_is_in_step(keep, archive, up_to_date, code):
    archive.state = SimpleNamespace(**vars(STATUS) | {"up_to_date": up_to_date})
    result = keep("status")
    assert result.exit_code == code
    assert "Articles  19,043 · 12 undated" in result.stdout
    result = keep("status", "--json")
    assert result.exit_code == code
    assert json.loads(result.stdout)["up_to_date"] is up_to_date


def test_show_refuses_with_a_reason(keep, archive):
    archive.shown = (REFUSED,)
    result = keep("show", "seeds/scan.pdf")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["scan.pdf", "Refused   not a text format (.pdf)"]
    assert archive.call("show") == {"path": Path("seeds/scan.pdf")}


def test_show_of_one_record_by_its_line(keep, archive):
    archive.shown = (Refusal("a.jsonl", 1, "not JSON"), Refusal("a.jsonl", 9, "empty"))
    assert keep("show", "a.jsonl", "--line", "9").stdout.splitlines() == ["a.jsonl:9", "Refused   empty"]
    result = keep("show", "a.jsonl", "--line", "5")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "indexer: no record starts on line 5 of a.jsonl\n"


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


@pytest.mark.parametrize("words", [["upgrade"], ["update", "--wait", "-1"], ["update", "--wait", "soon"], ["show"], ["status", "-x"]])
def test_bad_usage_is_one_line_and_exit_2(keep, archive, words):
    result = keep(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    message, hint = result.stderr.splitlines()
    assert message.startswith("indexer: ")
    assert hint.startswith("Try 'indexer")


def test_no_words_show_the_help(keep):
    result = keep()
    assert "Commands:" in result.output
