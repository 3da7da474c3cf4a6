"""How long does it take from the command typed to the answer read? Whole processes, in turn.

Ours is ``search`` as installed, or its ``main`` where it is not; the others are the programs beside this
module, with Click like ours. They answer by the same words; ours also looks for new articles first.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speed.children import Run, run
from benchmarks.speed.peers import FILES, OURS
from benchmarks.speed.queries import Query

CASES = (
    "term, mid",
    "term, common",
    "AND, mid mid",
    "AND, common common",
    "the reader's job: a story of a month",
)
PROGRAMS = Path(__file__).with_name("programs")
MAIN = "from indexer.cli.search import process; process()"
INDEXES = {"fts5": "fts5/news.db", "tantivy": "tantivy", "whoosh": "whoosh"}


def command(name: str, folder: Path, query: Query) -> list[str]:
    """Return the command line that puts ``query`` to an engine."""
    text = f'"{" ".join(query.words)}"' if query.form == "phrase" else " ".join(query.words)
    days = [f"--{option}={day}" for option, day in zip(("since", "until"), query.limits or (), strict=False)]
    if name not in (OURS, FILES):
        return [sys.executable, str(PROGRAMS / f"search_{name}.py"), str(folder / INDEXES[name]), text, *days]
    installed = Path(sys.executable).with_name("search")
    ours = [str(installed)] if installed.exists() else [sys.executable, "-c", MAIN]
    return [*ours, f"--archive={folder / name}", text, *days]


def race(folder: Path, names: Sequence[str], queries: Sequence[Query], rounds: int) -> dict[str, list[Run]]:
    """Run every engine's program on ``rounds`` of the queries in turn, after one that is not counted."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for number in range(rounds + 1):
        for name in names:
            one = run(command(name, folder, queries[number % len(queries)]))
            if number:
                runs[name].append(one)
    return runs
