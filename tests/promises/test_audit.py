"""No byte of an archive is ever run as code, nothing is started or connected to, and nothing is written outside index_data.

The interpreter reports what it does to an audit hook. Everything is done once before the hook listens, so that all
modules are loaded; from then on no module has to be, and nothing compiled or executed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from indexes import Workbench

REPO = Path(__file__).resolve().parents[2]
STORY = " date 2023-11-{0:02d} Story {0}\n\nBody {0} of it.\n"
WATCH = '''
import json, os, pickle, sys
from pathlib import Path

from indexer import Archive

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CODE = ("pickle.find_class", "exec", "compile", "marshal.loads", "code.__new__", "ctypes", "import")
OUTSIDE = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "socket")
CHANGING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
            "os.chown", "os.utime", "shutil")
seen = {"code": [], "outside": [], "writes": [], "reads": 0}
listening = False

def hook(event, args):
    global listening
    if not listening:
        return
    if event.startswith(CODE):
        seen["code"].append([event, str(args)[:200]])
    elif event.startswith(OUTSIDE):
        seen["outside"].append([event, str(args)[:200]])
    elif event.startswith(CHANGING):
        seen["writes"] += [str(arg) for arg in args if isinstance(arg, (str, bytes, os.PathLike))]
    elif event == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
        writes = bool((args[2] or 0) & WRITING) or any(letter in (args[1] or "") for letter in "wax+")
        if writes:
            seen["writes"].append(os.fsdecode(args[0]))
        else:
            seen["reads"] += 1

sys.addaudithook(hook)

def everything(root):
    """Open, build, search, read, update with a merge, meet damage, check and heal."""
    Archive(root).update()
    for number in range(2, 6):
        (root / "seeds" / f"{number}.txt").write_text(f" date 2023-11-0{number} Story {number}\\n\\nBody.\\n")
        archive = Archive(root)
        archive.refresh()
        hit = archive.search('story "body of it" OR bod* -nothing', since="2023-11-01", limit=0).hits[0]
        archive.search("~storee", any=True)
        archive.count("story")
        archive.read(hit.id, "body")
    archive.status()
    assert not archive.check(deep=True).problems
    segment = sorted((root / "index_data").glob("*-segment.*"))[-1]
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    assert archive.check().problems
    archive.refresh()
    archive.build()
    assert not archive.check(deep=True).problems

first, second = Path(sys.argv[1]), Path(sys.argv[2])
if sys.argv[3] == "everything":
    everything(first)
listening = True
DEEDS = {
    "everything": lambda: everything(second),
    "unpickle": lambda: pickle.loads(b"cos\\ngetcwd\\n."),
    "compile": lambda: compile("1", "x", "eval"),
    "start": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "write": lambda: Path(os.devnull).write_text(""),
}
DEEDS[sys.argv[3]]()
listening = False
print(json.dumps(seen))
'''


def watch(root: Path, deed: str) -> dict[str, Any]:
    """Return what was seen while something was done; ``everything`` is done to another archive before."""
    for name in ("first", "second"):
        bench = Workbench(root / name)
        bench.write("1.txt", STORY.format(1))
        bench.write("wire.jsonl", '{"headline": "A wire story", "date": "2023-11-08", "body": "Body of it."}\n')
        bench.directory.make()
    command = [sys.executable, "-B", "-c", WATCH, str(root / "first"), str(root / "second"), deed]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_nothing_is_run_and_nothing_written_outside(tmp_path: Path) -> None:
    seen = watch(tmp_path, "everything")
    assert seen["code"] == []
    assert seen["outside"] == []
    test = tmp_path / "second" / "seeds"  # the test itself writes seeds and damages a segment
    ours = [path for path in seen["writes"] if Path(path).parent != test]
    assert len(ours) > 50 and seen["reads"] > 50
    assert [path for path in ours if not Path(path).is_relative_to(tmp_path / "second" / "index_data")] == []


@pytest.mark.parametrize(
    ("deed", "kind", "event"),
    [
        ("unpickle", "code", "pickle.find_class"),
        ("compile", "code", "compile"),
        ("start", "outside", "os.posix_spawn"),
        ("write", "writes", os.devnull),
    ],
)
def test_the_watch_sees_what_it_watches_for(tmp_path: Path, deed: str, kind: str, event: str) -> None:
    seen = watch(tmp_path, deed)[kind]
    assert event in [one if isinstance(one, str) else one[0] for one in seen]
