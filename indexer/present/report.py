"""What does the keeper of an archive see of an update and of the state of the index?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from indexer.present import days
from indexer.present.records import dump
from indexer.present.text import plural

if TYPE_CHECKING:
    from indexer.documents.refusal import Refusal, Superseded
    from indexer.index.check import CheckReport
    from indexer.index.report import UpdateReport
    from indexer.index.status import Status
    from indexer.present.canvas import Canvas

SOURCES = 5  # sources named in full; the rest is counted


def summary(report: UpdateReport) -> str:
    """One line, such as "12 added, 1 changed, 0 removed · 3 refused (indexer status lists them) · 0.4 s"."""
    parts = [f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed"]
    if report.refused:
        which = "them" if len(report.refused) > 1 else "it"
        parts.append(f"{len(report.refused):,} refused (indexer status lists {which})")
    if report.superseded:
        parts.append(f"{len(report.superseded):,} superseded by another with the same id")
    parts.append(f"{report.seconds:.1f} s")
    return " · ".join(parts)


def status(state: Status, canvas: Canvas) -> Iterator[str]:
    """The lines of ``indexer status``."""
    undated = f" · {state.undated:,} undated" if state.undated else ""
    yield from _row(canvas, "Archive", state.root)
    yield from _row(canvas, "Articles", f"{state.articles:,}{undated}")
    yield from _row(canvas, "Days", days.span(state.first_day, state.last_day) or "none")
    yield from _row(canvas, "Sources", _sources(state.sources) or "none named")
    yield from _row(canvas, "Index", f"{size(state.index_bytes)}, generation {state.generation:,}")
    yield from _row(canvas, "Pending", _pending(state))
    for note in (*state.notes, *_glance(state)):
        yield from _row(canvas, "Note", note)
    yield from _listed(canvas, "Refused", map(_refusal, state.refused), len(state.refused))
    yield from _listed(canvas, "Superseded", map(_superseded, state.superseded), len(state.superseded))


def _row(canvas: Canvas, name: str, text: str) -> Iterator[str]:
    return canvas.block(text, lead=f"{name:<9} ")


def _sources(sources: tuple[tuple[str, int], ...]) -> str:
    named = [f"{name} {count:,}" for name, count in sources[:SOURCES]]
    if len(sources) > SOURCES:
        named.append(f"{len(sources) - SOURCES:,} more")
    return " · ".join(named)


def _pending(state: Status) -> str:
    if state.up_to_date:
        return "nothing: the index is up to date"
    return f"{state.added:,} to add, {state.changed:,} changed, {state.removed:,} to remove: indexer update"


def _glance(state: Status) -> Iterator[str]:
    if state.glanced:
        looked_at = f"folders and at the {state.glanced:,} files that changed last"
        yield f"searches look at {looked_at}; edits of other files are seen by: indexer update"


def _listed(canvas: Canvas, title: str, lines: Iterable[str], count: int) -> Iterator[str]:
    if count:
        yield ""
        yield from canvas.block(f"{title}: {plural(count, 'document')}", face=canvas.style.headline)
        for line in lines:
            yield from canvas.block(line, lead="  ")


def place(path: str, line: int) -> str:
    """Where a record stands; line 0 is the whole file.

    >>> place("a.jsonl", 3), place("a.txt", 0)
    ('a.jsonl:3', 'a.txt')
    """
    return f"{path}:{line}" if line else path


def _refusal(refusal: Refusal) -> str:
    return f"{place(refusal.path, refusal.line)}  {refusal.reason}"


def _superseded(old: Superseded) -> str:
    return f"{place(old.path, old.line)}  has the id {old.id}, as has {place(old.by_path, old.by_line)}"


def size(count: int) -> str:
    """Bytes in the unit a reader would choose.

    >>> size(999), size(45_200_000)
    ('999 bytes', '45.2 MB')
    """
    if count < 1000:
        return plural(count, "byte")
    amount, units = count / 1000, ["GB", "MB", "kB"]
    while amount >= 999.95 and len(units) > 1:
        amount /= 1000
        units.pop()
    return f"{amount:,.1f} {units[-1]}"


def status_json(state: Status) -> str:
    """The state as one JSON object; days as YYYY-MM-DD or null."""
    return dump(
        {
            "root": state.root,
            "generation": state.generation,
            "articles": state.articles,
            "undated": state.undated,
            "first_day": days.iso(state.first_day),
            "last_day": days.iso(state.last_day),
            "sources": dict(state.sources),
            "pending": {"added": state.added, "changed": state.changed, "removed": state.removed},
            "up_to_date": state.up_to_date,
            "index_bytes": state.index_bytes,
            "refused": [{"path": r.path, "line": r.line, "reason": r.reason} for r in state.refused],
            "superseded": [
                {"path": s.path, "line": s.line, "id": s.id, "by_path": s.by_path, "by_line": s.by_line}
                for s in state.superseded
            ],
            "notes": list(state.notes),
            "glanced": state.glanced or None,
        }
    )


def check(report: CheckReport) -> Iterator[str]:
    """The lines of ``indexer check``: one for each problem, or one that says what is sound."""
    if report.problems:
        yield from (problem.message for problem in report.problems)
        return
    held = f"{plural(report.articles, 'article')} in {plural(report.files, 'file')}, {size(report.bytes)}"
    compared = ", as a fresh index would hold them" if report.deep else ", as seeds hold them"
    yield f"sound: {held}{compared}"


def check_json(report: CheckReport) -> str:
    """The same as one JSON object; ``file`` and ``offset`` (in bytes) are null where no byte is to blame."""
    return dump(
        {
            "sound": not report.problems,
            "deep": report.deep,
            "generation": report.generation,
            "articles": report.articles,
            "files": report.files,
            "bytes": report.bytes,
            "problems": [
                {
                    "message": problem.message,
                    "file": problem.damage.path if problem.damage else None,
                    "offset": problem.damage.offset if problem.damage else None,
                }
                for problem in report.problems
            ],
        }
    )
