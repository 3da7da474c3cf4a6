"""A search engine so plain that it is obviously right: it looks at every token of every article, without NumPy."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, singledispatch

from whoosh import query as wq
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.analysis.token import Token

K1, B = 1.2, 0.5
WEIGHTS = (3.0, 1.5, 1.0)  # an occurrence in headline, summary, body


@dataclass
class Doc:
    """An article as its tokens, in three parts, in one space of positions."""

    parts: tuple[list[Token], list[Token], list[Token]]
    day: int | None = None

    def tokens(self) -> Iterator[tuple[Token, float]]:
        for part, weight in zip(self.parts, WEIGHTS, strict=True):
            for token in part:
                yield token, weight

    def places(self, field: str, term: str) -> list[tuple[int, float]]:
        """Positions of a term and the weight of each."""
        return [(t.position, weight) for t, weight in self.tokens() if term and _term(t, field) == term]

    def length(self) -> int:
        return sum(1 for token, _ in self.tokens() if token.stem)


def _term(token: Token, field: str) -> str:
    return token.stem if field == "text" else token.form


class Collection:
    """What is known about all live articles together."""

    def __init__(self, docs: Sequence[Doc]) -> None:
        self.docs = docs
        self._df: dict[tuple[str, str], int] = {}
        self.average = sum(doc.length() for doc in docs) / len(docs) if docs else 0.0

    def impact(self, doc: Doc, field: str, term: str) -> float:
        if (field, term) not in self._df:
            self._df[field, term] = sum(1 for other in self.docs if other.places(field, term))
        df = self._df[field, term]
        idf = math.log(1 + (len(self.docs) - df + 0.5) / (df + 0.5))
        weight = sum(weight for _, weight in doc.places(field, term))
        length = byte_to_length(length_to_byte(doc.length()))
        return idf * weight * (K1 + 1) / (weight + K1 * (1 - B + B * length / (self.average or 1.0)))


@singledispatch
def score(query: wq.Query, doc: Doc, collection: Collection) -> float | None:
    """The score of ``doc``, or None where it does not match."""
    raise NotImplementedError(type(query).__name__)


@score.register
def _(query: wq.Term, doc, collection):
    return collection.impact(doc, query.fieldname, query.text) if doc.places(query.fieldname, query.text) else None


@score.register
def _(query: wq.Phrase, doc, collection):
    ends = {position for position, _ in doc.places(query.fieldname, query.words[0])}
    for word in query.words[1:]:
        ends = {p for p, _ in doc.places(query.fieldname, word) if any(1 <= p - end <= query.slop for end in ends)}
    return sum(collection.impact(doc, query.fieldname, word) for word in query.words) if ends else None


@score.register
def _(query: wq.And, doc, collection):
    scores = [score(part, doc, collection) for part in query.subqueries if not isinstance(part, wq.Not)]
    banned = [part for part in query.subqueries if isinstance(part, wq.Not)]
    if None in scores or any(score(part.query, doc, collection) is not None for part in banned):
        return None
    return sum(scores)


@score.register
def _(query: wq.AndNot, doc, collection):
    return None if score(query.b, doc, collection) is not None else score(query.a, doc, collection)


@score.register
def _(query: wq.Or, doc, collection):
    scores = [found for part in query.subqueries if (found := score(part, doc, collection)) is not None]
    return sum(scores) if scores else None


@score.register
def _(query: wq.Every, doc, collection):
    return query.boost


@score.register
def _(query: wq.NumericRange, doc, collection):
    inside = doc.day is not None and (query.start or 0) <= doc.day <= (query.end or 10**9)
    return query.boost if inside else None


def _multiterm(doc, collection, is_meant):
    forms = {token.form for token, _ in doc.tokens() if token.form and is_meant(token.form)}
    return sum(collection.impact(doc, "text_exact", form) for form in forms) if forms else None


@score.register
def _(query: wq.Prefix, doc, collection):
    return _multiterm(doc, collection, lambda form: form.startswith(query.text))


@score.register
def _(query: wq.Wildcard, doc, collection):
    pattern = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in query.text)
    return _multiterm(doc, collection, lambda form: re.fullmatch(pattern, form, re.DOTALL) is not None)


@score.register
def _(query: wq.FuzzyTerm, doc, collection):
    def is_near(form):
        start = query.text[: query.prefixlength]
        return form.startswith(start) and edits(form, query.text) <= query.maxdist

    return _multiterm(doc, collection, is_near)


@cache
def edits(left: str, right: str) -> int:
    """Levenshtein's distance, straight from its definition."""
    if not left or not right:
        return len(left) + len(right)
    if left[0] == right[0]:
        return edits(left[1:], right[1:])
    return 1 + min(edits(left[1:], right), edits(left, right[1:]), edits(left[1:], right[1:]))
