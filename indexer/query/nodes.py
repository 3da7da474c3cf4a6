"""Of what is the tree of a query made, once it is understood?

These nodes mean what Whoosh's of the same names mean, and call their parts by the same names; they are our
own because to load Whoosh's takes a fifth of a search. ``whoosh_trees`` turns the ones into the others.
What Whoosh has no node for is in ``placed`` and ``keywords``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Self

from indexer.query.values import Value


class Query(Value):
    """A question about articles."""

    __slots__ = ()

    def children(self) -> Sequence[Query]:
        """Return the questions of which this one is made."""
        return ()

    def leaves(self) -> Iterator[Query]:
        """Yield the questions below that are made of no others, or this one."""
        parts = self.children()
        if not parts:
            yield self
        for part in parts:
            yield from part.leaves()


class Words(Query):
    """What is asked of the words of a field, and how much an answer counts."""

    __slots__ = ("boost", "fieldname")

    def __init__(self, fieldname: str, boost: float) -> None:
        self.fieldname = fieldname
        self.boost = boost

    def times(self, factor: float) -> Self:
        """Return the same question, counted ``factor`` times."""
        other = copy(self)
        other.boost *= factor
        return other

    def _written(self, text: str) -> str:
        return f"{self.fieldname}:{text}" + ("" if self.boost == 1 else f"^{self.boost}")


class Spelt(Words):
    """What is asked by letters, those of ``text``."""

    __slots__ = ("text",)

    def __init__(self, fieldname: str, text: str, boost: float = 1.0) -> None:
        super().__init__(fieldname, boost)
        self.text = text

    def __str__(self) -> str:
        return self._written(self.text)


class Term(Spelt):
    """One word."""

    __slots__ = ()


class Phrase(Words):
    """Words in this order, each at most ``slop`` positions after the one before."""

    __slots__ = ("slop", "words")

    def __init__(self, fieldname: str, words: Sequence[str], slop: int = 1, boost: float = 1.0) -> None:
        super().__init__(fieldname, boost)
        self.words = tuple(words)
        self.slop = slop

    def __str__(self) -> str:
        return self._written(f'"{" ".join(self.words)}"' + ("" if self.slop == 1 else f"~{self.slop}"))


class Pattern(Spelt):
    """Any of several words, found by their letters; the scores of all are added up."""

    __slots__ = ()


class Prefix(Pattern):
    """Words that begin with ``text``."""

    __slots__ = ()

    def __str__(self) -> str:
        return self._written(f"{self.text}*")


class Wildcard(Pattern):
    """Words that are ``text``, in which ``*`` is any letters and ``?`` one."""

    __slots__ = ()


class FuzzyTerm(Pattern):
    """Words at most ``maxdist`` letters off ``text`` that share its first ``prefixlength`` letters."""

    __slots__ = ("maxdist", "prefixlength")

    def __init__(
        self, fieldname: str, text: str, boost: float = 1.0, maxdist: int = 1, prefixlength: int = 1
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.maxdist = maxdist
        self.prefixlength = prefixlength

    def __str__(self) -> str:
        return self._written(f"{self.text}~" + ("" if self.maxdist == 1 else str(self.maxdist)))


class NumericRange(Query):
    """Documents whose ``fieldname`` (day, an ordinal) is from ``start`` to ``end``; None is no limit."""

    __slots__ = ("boost", "end", "fieldname", "start")

    def __init__(self, fieldname: str, start: int | None, end: int | None, boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.start = start
        self.end = end
        self.boost = boost

    def __str__(self) -> str:
        low, high = ("" if end is None else str(end) for end in (self.start, self.end))
        return f"{self.fieldname}:[{low} TO {high}]"


class Every(Query):
    """All documents, or all that have a ``fieldname``."""

    __slots__ = ("boost", "fieldname")

    def __init__(self, fieldname: str | None = None, boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.boost = boost

    def __str__(self) -> str:
        return f"{self.fieldname or '*'}:*"


class Joined(Query):
    """Several questions at once."""

    __slots__ = ("subqueries",)
    sign = ""

    def __init__(self, subqueries: Sequence[Query]) -> None:
        self.subqueries = tuple(subqueries)

    def children(self) -> Sequence[Query]:
        return self.subqueries

    def _says(self) -> tuple[object, ...]:
        return self.subqueries

    def __str__(self) -> str:
        return f"({f' {self.sign} '.join(map(str, self.subqueries))})"


class And(Joined):
    """Documents that match all of several questions."""

    __slots__ = ()
    sign = "AND"


class Or(Joined):
    """Documents that match any of several questions."""

    __slots__ = ()
    sign = "OR"


class AndNot(Query):
    """Documents that match ``a`` and not ``b``; scored as ``a`` is."""

    __slots__ = ("a", "b")

    def __init__(self, a: Query, b: Query) -> None:
        self.a = a
        self.b = b

    def children(self) -> Sequence[Query]:
        return self.a, self.b

    def __str__(self) -> str:
        return f"({self.a} ANDNOT {self.b})"
