"""Which nodes does Whoosh lack, or have with a fault?"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh import query as wq
from whoosh.matching import AndNotMatcher

from indexer.query.keywords import Keyword
from indexer.query.placed import Placed

if TYPE_CHECKING:
    from whoosh.matching import Matcher
    from whoosh.reading import IndexReader
    from whoosh.searching import SearchContext, Searcher


class Ours(wq.Query):
    """A question that Whoosh has no node for; answered slowly and plainly, see ``reference``."""

    boost = 1.0

    def __init__(self, node: Placed | Keyword) -> None:
        self.node = node

    def is_leaf(self) -> bool:
        return True

    def field(self) -> str | None:
        return None

    def normalize(self) -> wq.Query:
        return self

    def estimate_size(self, ixreader: IndexReader) -> int:
        return ixreader.doc_count()

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        from indexer.query.reference import matcher

        return matcher(self.node, searcher, context)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ours) and self.node == other.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __repr__(self) -> str:
        return f"Ours({self.node!r})"


class Without(wq.AndNot):
    """Whoosh's AndNot, whose matcher takes the first document of ``a`` without looking for it in ``b``."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        wanted = self.a.matcher(searcher, context)
        banned = self.b.matcher(searcher, searcher.boolean_context())
        if wanted.is_active() and banned.is_active() and banned.id() < wanted.id():
            banned.skip_to(wanted.id())
        return AndNotMatcher(wanted, banned)
