"""Which articles of seeds are not in the index as they are now, and which in it are no longer in seeds?

Every seed is read, whatever its size and time say; only records that the ledger does not know are parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.index.changes import Changes
from indexer.index.ledger import Known, Ledger
from indexer.index.seeds import Seeds

MOST = 20  # articles of a kind that are named; the others are counted

Place = tuple[str, int, str]  # path, line, id


@dataclass(frozen=True, slots=True)
class Difference:
    """Articles by path, line and id, ascending."""

    absent: list[Place]  # not in the index yet
    outdated: list[Place]  # in the index as they were before
    gone: list[Place]  # in the index, no longer in seeds

    def ids(self) -> set[str]:
        """Return the ids of all these articles."""
        return {id for places in (self.absent, self.outdated, self.gone) for _, _, id in places}

    def lines(self) -> Iterator[str]:
        """Yield a line for each article, up to a point."""
        yield from _lines(self.absent, "not in the index yet")
        yield from _lines(self.outdated, "in the index as it was before")
        yield from _lines(self.gone, "in the index, but no longer in seeds")


def difference(seeds: Seeds, ledger: Ledger) -> Difference:
    """Compare seeds with what an index holds according to its ledger."""
    doubted = {path: replace(file, racy=True) for path, file in ledger.items()}
    changes = Changes(doubted, seeds, *seeds.discover())
    found = [(article.path, article.line, article.id) for article in changes.articles()]
    retired, new = set(changes.retired), {id for _, _, id in found}
    indexed = (
        (path, record.line, record.id)
        for path, file in ledger.items()
        for record in file.records
        if isinstance(record, Known)
    )
    return Difference(
        absent=sorted(place for place in found if place[2] not in retired),
        outdated=sorted(place for place in found if place[2] in retired),
        gone=sorted(place for place in indexed if place[2] in retired - new),
    )


def _lines(places: Sequence[Place], how: str) -> Iterator[str]:
    for path, line, id in places[:MOST]:
        yield f"seeds/{path}:{line} (article {id}) is {how}. Run: indexer update"
    if len(places) > MOST:
        yield f"{len(places) - MOST:,} more articles are {how}"
