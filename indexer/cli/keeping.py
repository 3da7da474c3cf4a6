"""How is each of the keeper's commands carried out? The values are exit codes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.cli import opening, streams
from indexer.cli.progress import Bar
from indexer.present import report, understanding
from indexer.present.canvas import COLOUR, PLAIN, Canvas
from indexer.present.escape import visible

if TYPE_CHECKING:
    from indexer.index.report import UpdateReport

DONE, REMARKABLE = 0, 1


def update(folder: str | None, allow_shrink: bool, wait: float, processes: int | None) -> int:
    """Bring the index in step with seeds/."""
    archive = opening.open_archive(folder)
    with Bar() as bar:
        done = archive.update(allow_shrink=allow_shrink, progress=bar, wait=wait, processes=processes)
    return _report(done)


def build(folder: str | None, wait: float, processes: int | None) -> int:
    """Index everything afresh."""
    archive = opening.open_archive(folder)
    with Bar() as bar:
        done = archive.build(progress=bar, wait=wait, processes=processes)
    return _report(done)


def _report(done: UpdateReport) -> int:
    streams.remark(f"note: {visible(note)}" for note in done.notes)
    streams.write([report.summary(done)])
    return REMARKABLE if done.refused else DONE


def status(folder: str | None, as_json: bool) -> int:
    """Tell what is indexed; 1 when that is not what seeds/ holds."""
    found = opening.open_archive(folder).status()
    streams.write([report.status_json(found)] if as_json else report.status(found, _canvas()))
    return DONE if found.up_to_date else REMARKABLE


def check(folder: str | None, deep: bool, as_json: bool) -> int:
    """Verify the index; 1 when anything is wrong, and a line for each."""
    archive = opening.open_archive(folder)
    with Bar(quiet=as_json) as bar:
        found = archive.check(deep=deep, progress=bar)
    streams.write([report.check_json(found)] if as_json else map(visible, report.check(found)))
    return REMARKABLE if found.problems else DONE


def show(folder: str | None, file: str, line: int | None) -> int:
    """Show the records of one seed; 1 when any of them is refused."""
    from indexer.documents.refusal import Refusal

    found = opening.open_archive(folder).show(Path(file))
    if line is not None:
        found = [part for part in found if part.line in (line, 0)]
        if not found:
            streams.remark([f"indexer: no record starts on line {line} of {visible(file)}"])
            return REMARKABLE
    streams.write(understanding.render(found, _canvas()))
    return REMARKABLE if any(isinstance(part, Refusal) for part in found) else DONE


def _canvas() -> Canvas:
    coloured = streams.colourful("auto", sys.stdout, os.environ)
    return Canvas(streams.page_width(), COLOUR if coloured else PLAIN)
