"""How do Whoosh's matchers find our own nodes? Slowly and plainly, document by document.

``search`` has a kernel for each of these nodes; whoever runs a tree by Whoosh, as tests do and any node
without a kernel makes the evaluator do, gets the same answer from here.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import TYPE_CHECKING, Any

from whoosh import query as wq
from whoosh.matching import ListMatcher, Matcher, NullMatcher

from indexer.codec.terms import decode
from indexer.codec.whoosh_codec import IndexSegment
from indexer.query.keywords import Keyword
from indexer.query.nodes import Or, Pattern, Phrase, Query, Term
from indexer.query.placed import AtLeast, Near, Placed, Section, Together, Within
from indexer.query.stretches import Stretch, pairs, windows
from indexer.query.whoosh_trees import to_whoosh

if TYPE_CHECKING:
    from whoosh.searching import SearchContext, Searcher

    from indexer.codec.segment import Segment


def matcher(query: Placed | Keyword, searcher: Searcher, context: SearchContext | None) -> Matcher:
    """Return what ``query`` matches."""
    if isinstance(query, Keyword):
        return _keyword_matcher(query, searcher)
    return _placed_matcher(query, searcher, context)


def _placed_matcher(query: Placed, searcher: Searcher, context: SearchContext | None) -> Matcher:
    """Return what matches all parts, and ``query`` as well; scored as the parts are."""
    matcher = wq.And([to_whoosh(part) for part in query.parts]).matcher(searcher, context)
    reader = Reader(searcher)
    scored = context is None or context.weighting is not None
    docs, scores = [], []
    while matcher.is_active():
        if stretches(query, reader, matcher.id()):
            docs.append(matcher.id())
            scores.append(matcher.score() if scored else 1.0)
        matcher.next()
    return ListMatcher(docs, scores) if docs else NullMatcher()


def _keyword_matcher(query: Keyword, searcher: Searcher) -> Matcher:
    """Return the documents of the values that are meant; all score 0."""
    reader = searcher.reader()
    docs: set[int] = set()
    for value in reader.field_terms(query.fieldname):
        if query.matches(value):
            docs.update(reader.postings(query.fieldname, value).all_ids())
    return ListMatcher(sorted(docs), [0.0] * len(docs)) if docs else NullMatcher()


class Reader:
    """The positions, sentences and parts of one segment's documents, through Whoosh's reader."""

    def __init__(self, searcher: Searcher) -> None:
        segment = searcher.reader().segment()
        if not isinstance(segment, IndexSegment):
            raise NotImplementedError("places are known in single segments of our own only")
        self.segment: Segment = segment.segment
        self.searcher = searcher
        self._positions: dict[tuple[str, str], dict[int, list[int]]] = {}

    def positions(self, field: str, term: str, doc: int) -> list[int]:
        """Return where a term stands in a document."""
        key = (field, term)
        if key not in self._positions:
            self._positions[key] = {}
            matcher = wq.Term(field, term).matcher(self.searcher)
            while matcher.is_active():
                self._positions[key][matcher.id()] = matcher.value_as("positions")
                matcher.next()
        return self._positions[key].get(doc, [])

    def starts(self, unit: str, doc: int) -> list[int]:
        """Return where the sentences or paragraphs of a document begin."""
        return [one.position for one in self.segment.sentences.of(doc) if unit == "s" or one.opens]

    def bounds(self, name: str, doc: int) -> tuple[int, int]:
        """Return the first position of a section, and the first behind it."""
        column = self.segment.documents.column
        summary, body = column("summary_at")[doc], column("body_at")[doc]
        end = 1 << 32
        lead = min((start for start in self.starts("p", doc) if start > body), default=end)
        sections = {
            "headline": (0, summary),
            "summary": (summary, body),
            "lead": (summary, lead),
            "body": (body, end),
        }
        return sections[name]


@singledispatch
def stretches(query: Query, reader: Reader, doc: int) -> Sequence[Stretch]:
    """Return where ``query`` matches in a document, ascending, each stretch once."""
    raise NotImplementedError(type(query).__name__)


def _words(positions: Sequence[int]) -> list[Stretch]:
    return [Stretch(position, position) for position in positions]


@stretches.register
def _(query: Term, reader: Reader, doc: int) -> Sequence[Stretch]:
    return _words(reader.positions(query.fieldname, query.text, doc))


@stretches.register
def _(query: Pattern, reader: Reader, doc: int) -> Sequence[Stretch]:
    asked: Any = to_whoosh(query)
    expanded: Iterable[Any] = asked._btexts(reader.searcher.reader())  # FuzzyTerm yields texts
    terms = [term if isinstance(term, str) else decode(term) for term in expanded]
    return _words(sorted({at for term in terms for at in reader.positions(query.fieldname, term, doc)}))


@stretches.register
def _(query: Or, reader: Reader, doc: int) -> Sequence[Stretch]:
    return sorted({one for part in query.subqueries for one in stretches(part, reader, doc)})


@stretches.register
def _(query: Phrase, reader: Reader, doc: int) -> Sequence[Stretch]:
    chains = _words(reader.positions(query.fieldname, query.words[0], doc))
    for word in query.words[1:]:
        after = _words(reader.positions(query.fieldname, word, doc))
        joined = pairs(chains, after, query.slop, ordered=True, apart=False)
        chains = sorted({Stretch(a.first, b.last) for a, b in joined})
    return chains


@stretches.register
def _(query: Near, reader: Reader, doc: int) -> Sequence[Stretch]:
    left, right = (stretches(part, reader, doc) for part in query.parts)
    found = pairs(left, right, query.distance, query.ordered, query.apart, query.least)
    return sorted({Stretch(min(a.first, b.first), max(a.last, b.last)) for a, b in found})


@stretches.register
def _(query: Together, reader: Reader, doc: int) -> Sequence[Stretch]:
    slots = list(dict.fromkeys(query.parts))
    counts = [query.parts.count(slot) for slot in slots]
    return list(windows([stretches(slot, reader, doc) for slot in slots], counts, query.width))


@stretches.register
def _(query: Within, reader: Reader, doc: int) -> Sequence[Stretch]:
    starts = reader.starts(query.unit, doc)
    inside = []
    for part in query.parts:
        by_unit: dict[int, list[Stretch]] = {}
        for one in stretches(part, reader, doc):
            unit = bisect_right(starts, one.first)
            if unit == bisect_right(starts, one.last):
                by_unit.setdefault(unit, []).append(one)
        inside.append(by_unit)
    found = []
    for unit in sorted(set.intersection(*map(set, inside))):
        every = [one for by_unit in inside for one in by_unit[unit]]
        found.append(Stretch(min(one.first for one in every), max(one.last for one in every)))
    return found


@stretches.register
def _(query: AtLeast, reader: Reader, doc: int) -> Sequence[Stretch]:
    found = stretches(query.parts[0], reader, doc)
    return found if len({one.first for one in found}) >= query.count else []


@stretches.register
def _(query: Section, reader: Reader, doc: int) -> Sequence[Stretch]:
    start, end = reader.bounds(query.name, doc)
    return [one for one in stretches(query.parts[0], reader, doc) if start <= one.first and one.last < end]
