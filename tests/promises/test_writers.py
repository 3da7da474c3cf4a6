"""However many processes update at once, one does it at a time and all get what they asked for."""

import subprocess
import sys
from pathlib import Path

import pytest
from indexes import Workbench

TESTS = Path(__file__).resolve().parents[1]
UPDATE = """
import sys, pathlib
sys.path[:0] = sys.argv[3:]
from indexes import Workbench
bench = Workbench(pathlib.Path(sys.argv[1]))
bench.folder.joinpath(sys.argv[2]).write_text("Story " + sys.argv[2] + "\\n\\nBody.\\n")
bench.update(wait=100)
with bench.snapshot() as snapshot:
    assert any(snapshot.article(doc).path == sys.argv[2] for doc in snapshot.reader.all_doc_ids())
"""


def race(tmp_path: Path, writers: int) -> None:
    bench = Workbench(tmp_path)
    processes = [
        subprocess.Popen([sys.executable, "-c", UPDATE, str(tmp_path), f"{n}.txt", str(TESTS), str(TESTS.parent)])
        for n in range(writers)
    ]
    assert [process.wait(timeout=100) for process in processes] == [0] * writers
    assert len(bench.contents()["articles"]) == writers
    assert bench.contents() == bench.rebuilt()
    assert bench.faults() == ()


def test_four_writers_take_turns(tmp_path: Path) -> None:
    race(tmp_path, 4)


@pytest.mark.promises
def test_fifty_writers_take_turns(tmp_path: Path) -> None:
    race(tmp_path, 50)
