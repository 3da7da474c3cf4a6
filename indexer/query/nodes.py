"""Which questions does a Whoosh query tree need that Whoosh has no node for?

``Near``, ``Together``, ``Within``, ``AtLeast`` and ``Section`` ask where in an article something stands;
``Keyword`` asks for a value such as a source. All are ``whoosh.query.Query`` nodes: ``reference`` runs
them by Whoosh's own matchers, ``search`` by kernels.

A *stretch* is the first and the last word position of a match. What asks for a place scores as its parts
would without it: a restriction chooses among articles, it does not change how well they answer.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from whoosh import query as wq

from indexer.analysis.folding import keep_marks, strip_marks
from indexer.query.patterns import literal_head, text_expression

if TYPE_CHECKING:
    from whoosh.matching import Matcher
    from whoosh.reading import IndexReader
    from whoosh.searching import SearchContext, Searcher


class Placed(wq.Query):
    """The root of the nodes that ask for a place; their parts must stand at places too (``has_place``)."""

    boost = 1.0

    def __init__(self, parts: Sequence[wq.Query], *says: Any) -> None:
        self.parts = tuple(parts)
        self.says = says  # what else it is made of

    def rebuilt(self, parts: Sequence[wq.Query]) -> Placed:
        """Return the same question about other parts."""
        return type(self)(parts, *self.says)

    def children(self) -> Iterator[wq.Query]:
        return iter(self.parts)

    def apply(self, fn: Callable[[wq.Query], wq.Query]) -> wq.Query:
        return self.rebuilt([fn(part) for part in self.parts])

    def is_leaf(self) -> bool:
        return False

    def field(self) -> str | None:
        return None

    def estimate_size(self, ixreader: IndexReader) -> int:
        return min(part.estimate_size(ixreader) for part in self.parts)

    def normalize(self) -> wq.Query:
        return self

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        from indexer.query.reference import placed_matcher

        return placed_matcher(self, searcher, context)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Placed)
            and type(self) is type(other)
            and (self.parts, self.says) == (other.parts, other.says)
        )

    def __hash__(self) -> int:
        return hash((type(self), self.parts, self.says))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, (list(self.parts), *self.says)))})"

    __str__ = __repr__


class Near(Placed):
    """Two parts at most ``distance`` positions apart; their match reaches from one to the other.

    Parts that overlap are 0 apart, neighbours 1. ``ordered``: the second begins after the first has ended,
    ``least`` positions or more. ``apart``: both may be the same word, so one stretch is not both of them.
    """

    def __init__(
        self,
        parts: Sequence[wq.Query],
        distance: int,
        ordered: bool = False,
        apart: bool = False,
        least: int = 1,
    ) -> None:
        super().__init__(parts, distance, ordered, apart, least)
        self.distance, self.ordered, self.apart, self.least = distance, ordered, apart, least

    def __str__(self) -> str:
        between = "" if self.least == 1 else f"{self.least}-"
        return f"({self.parts[0]} {'pre' if self.ordered else 'w'}/{between}{self.distance} {self.parts[1]})"


class Together(Placed):
    """Words within ``width`` positions, in any order; the same word twice needs two places.

    A match reaches from a word to the first place at which all the others have come as well.
    """

    def __init__(self, parts: Sequence[wq.Query], width: int) -> None:
        super().__init__(parts, width)
        self.width = width

    def __str__(self) -> str:
        return f"({' '.join(map(str, self.parts))})~{self.width}"


class Within(Placed):
    """All parts in one sentence or paragraph (``unit`` s or p); a match reaches over all of them in it."""

    def __init__(self, parts: Sequence[wq.Query], unit: str) -> None:
        super().__init__(parts, unit)
        self.unit = unit

    def __str__(self) -> str:
        return f"({f' w/{self.unit} '.join(map(str, self.parts))})"


class AtLeast(Placed):
    """One part that begins at ``count`` positions or more; each of them is a match."""

    def __init__(self, parts: Sequence[wq.Query], count: int) -> None:
        super().__init__(parts, count)
        self.count = count

    def __str__(self) -> str:
        return f"atleast{self.count}({self.parts[0]})"


class Section(Placed):
    """One part that stands wholly in the headline, summary, lead or body.

    The lead is the summary and the first paragraph of the body that has words.
    """

    def __init__(self, parts: Sequence[wq.Query], name: str) -> None:
        super().__init__(parts, name)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name}({self.parts[0]})"


class Side(Placed):
    """What stands on one side in the matches of a question of place: not to search by, only to show."""

    def __init__(self, parts: Sequence[wq.Query], number: int) -> None:
        super().__init__(parts, number)
        self.number = number


class Keyword(wq.MultiTerm):
    """Documents whose ``fieldname`` (source, path, id) is ``pattern``, in which * and ? stand for letters.

    A source is compared without regard to case and accents, and some of its words are enough: ``times`` is
    The Times as well. Scores nothing: it chooses, as a date does.
    """

    def __init__(self, fieldname: str, pattern: str) -> None:
        self.fieldname = fieldname
        self.pattern = pattern
        self.boost = 0.0

    @cached_property
    def matches(self) -> Callable[[str], bool]:
        """Whether a value is meant."""
        if self.fieldname != "source":
            whole = re.compile(text_expression(self.pattern), re.DOTALL)
            return lambda value: whole.fullmatch(value) is not None
        meant = text_expression(fold_value(self.pattern))
        words = re.compile(rf"\A{meant}\Z|(?<!\w){meant}(?!\w)", re.DOTALL)
        return lambda value: words.search(fold_value(value)) is not None

    def _btexts(self, ixreader: IndexReader) -> Iterable[bytes]:
        start = (
            b"" if self.fieldname == "source" else literal_head(self.pattern).encode("utf-8", "surrogatepass")
        )
        for term in ixreader.expand_prefix(self.fieldname, start):
            if self.matches(term.decode("utf-8", "surrogatepass")):
                yield term

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        from indexer.query.reference import keyword_matcher

        return keyword_matcher(self, searcher)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyword) and (self.fieldname, self.pattern) == (
            other.fieldname,
            other.pattern,
        )

    def __hash__(self) -> int:
        return hash((self.fieldname, self.pattern))

    def __repr__(self) -> str:
        return f"Keyword({self.fieldname!r}, {self.pattern!r})"

    def __str__(self) -> str:
        return f"{self.fieldname}:{self.pattern}"


class Ids(Keyword):
    """Documents that have one of these ids, whatever signs are in them."""

    def __init__(self, ids: frozenset[str]) -> None:
        super().__init__("id", "*")
        self.ids = ids

    @cached_property
    def matches(self) -> Callable[[str], bool]:
        """Whether a value is meant."""
        return self.ids.__contains__


def fold_value(value: str) -> str:
    """Return a name as it is compared: small letters, no accents, single spaces.

    >>> fold_value(" Agência  LUSA")
    'agencia lusa'
    """
    return " ".join(strip_marks(keep_marks(normalize("NFC", value))).split())


def has_place(query: wq.Query) -> bool:
    """Say whether a match of ``query`` is a stretch of text."""
    if isinstance(query, wq.Or):
        return all(map(has_place, query.subqueries))
    return isinstance(query, wq.Term | wq.Phrase | wq.MultiTerm | Placed) and not isinstance(query, Keyword)


def may_share(a: wq.Query, b: wq.Query) -> bool:
    """Say whether one word of a text may be a match of both ``a`` and ``b``."""
    return any(_may_be_same(x, y) for x in _heads(a) for y in _heads(b))


def _heads(query: wq.Query) -> Iterator[tuple[str, str, bool]]:
    """Field, beginning, and whether that is all of it, for each word that ``query`` looks for."""
    for leaf in query.leaves():
        if isinstance(leaf, wq.Phrase):
            yield from ((leaf.fieldname, word, True) for word in leaf.words)
        elif isinstance(leaf, wq.Term):
            yield leaf.fieldname, leaf.text, True
        elif isinstance(leaf, wq.FuzzyTerm):
            yield leaf.fieldname, leaf.text[: leaf.prefixlength], False
        elif isinstance(leaf, wq.Prefix | wq.Wildcard):
            yield leaf.fieldname, literal_head(leaf.text), False


def _may_be_same(a: tuple[str, str, bool], b: tuple[str, str, bool]) -> bool:
    if a[0] == b[0] and a[2] and b[2]:
        return a[1] == b[1]
    return a[1].startswith(b[1]) or b[1].startswith(a[1])
