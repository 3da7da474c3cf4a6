"""A search engine so plain that it is obviously right: it looks at every token of every article, without NumPy."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, singledispatch
from itertools import pairwise, product
from unicodedata import normalize

from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.analysis.token import Token
from indexer.query.keywords import Keyword
from indexer.query.nodes import (
    And,
    AndNot,
    Every,
    NumericRange,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from indexer.query.placed import AtLeast, Near, Placed, Section, Together, Within

K1, B = 1.2, 0.5
WEIGHTS = (3.0, 1.5, 1.0)  # an occurrence in headline, summary, body


@dataclass
class Doc:
    """An article as its tokens, in three parts, in one space of positions."""

    parts: tuple[list[Token], list[Token], list[Token]]
    day: int | None = None
    sentences: tuple[tuple[int, bool], ...] = ()  # position of the first word, and whether it opens a paragraph
    source: str | None = None
    path: str = "x.txt"
    id: str = ""

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
def score(query: Query, doc: Doc, collection: Collection) -> float | None:
    """The score of ``doc``, or None where it does not match."""
    raise NotImplementedError(type(query).__name__)


@score.register
def _(query: Term, doc, collection):
    found = doc.places(query.fieldname, query.text)
    return query.boost * collection.impact(doc, query.fieldname, query.text) if found else None


@score.register
def _(query: Phrase, doc, collection):
    ends = {position for position, _ in doc.places(query.fieldname, query.words[0])}
    for word in query.words[1:]:
        ends = {p for p, _ in doc.places(query.fieldname, word) if any(1 <= p - end <= query.slop for end in ends)}
    return query.boost * sum(collection.impact(doc, query.fieldname, word) for word in query.words) if ends else None


@score.register
def _(query: And, doc, collection):
    scores = [score(part, doc, collection) for part in query.subqueries]
    return None if None in scores else sum(scores)


@score.register
def _(query: AndNot, doc, collection):
    return None if score(query.b, doc, collection) is not None else score(query.a, doc, collection)


@score.register
def _(query: Or, doc, collection):
    scores = [found for part in query.subqueries if (found := score(part, doc, collection)) is not None]
    return sum(scores) if scores else None


@score.register
def _(query: Every, doc, collection):
    return None if query.fieldname == "day" and doc.day is None else query.boost


@score.register
def _(query: NumericRange, doc, collection):
    inside = doc.day is not None and (query.start or 0) <= doc.day <= (query.end or 10**9)
    return query.boost if inside else None


@score.register
def _(query: Keyword, doc, collection):
    value = {"source": doc.source, "path": doc.path, "id": doc.id}[query.fieldname]
    if value is None:
        return None
    pattern = query.pattern
    if query.fieldname == "source":
        value, pattern = (re.sub("[\u0300-\u036f]", "", normalize("NFD", text).lower()) for text in (value, pattern))
    expression = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in pattern)
    return 0.0 if re.fullmatch(expression, value) else None


@score.register
def _(query: Placed, doc, collection):
    scores = [score(part, doc, collection) for part in query.parts]
    return None if None in scores or not places(query, doc) else sum(scores)


@singledispatch
def places(query: Query, doc: Doc) -> set[tuple[int, int]]:
    """The first and last positions of every match."""
    raise NotImplementedError(type(query).__name__)


@places.register
def _(query: Term, doc):
    return {(position, position) for position, _ in doc.places(query.fieldname, query.text)}


@places.register
def _(query: Or, doc):
    return set().union(*(places(part, doc) for part in query.subqueries))


@places.register
def _(query: Phrase, doc):
    rows = [[position for position, _ in doc.places(query.fieldname, word)] for word in query.words]
    steps = range(1, query.slop + 1)
    return {(row[0], row[-1]) for row in product(*rows) if all(b - a in steps for a, b in pairwise(row))}


@places.register
def _(query: Pattern, doc):
    return {(token.position, token.position) for token, _ in doc.tokens() if token.form and _is_meant(query, token.form)}


@places.register
def _(query: Near, doc):
    found = set()
    for a, b in product(*(places(part, doc) for part in query.parts)):
        gap = max(b[0] - a[1], a[0] - b[1], 0)
        far = b[0] - a[1] not in range(query.least, query.distance + 1) if query.ordered else gap > query.distance
        if not far and not (query.apart and a == b):
            found.add((min(a[0], b[0]), max(a[1], b[1])))
    return found


@places.register
def _(query: Together, doc):
    shortest = {}
    for row in product(*([(part, at) for at, _ in places(part, doc)] for part in query.parts)):
        positions = [at for _, at in row]
        if len(set(row)) == len(row) and max(positions) - min(positions) <= query.width:
            shortest[min(positions)] = min(max(positions), shortest.get(min(positions), max(positions)))
    return set(shortest.items())


@places.register
def _(query: Within, doc):
    starts = [position for position, opens in doc.sentences if query.unit == "s" or opens]
    found = set()
    for start, end in pairwise([*sorted(set(starts)), 10**9]):
        inside = [{one for one in places(part, doc) if start <= one[0] and one[1] < end} for part in query.parts]
        if all(inside):
            every = set().union(*inside)
            found.add((min(one[0] for one in every), max(one[1] for one in every)))
    return found


@places.register
def _(query: AtLeast, doc):
    found = places(query.parts[0], doc)
    return found if len({first for first, _ in found}) >= query.count else set()


@places.register
def _(query: Section, doc):
    headline, summary, body = ({token.position for token in part} for part in doc.parts)
    rest = sorted(position for position, opens in doc.sentences if opens and position > min(body, default=0))
    first_paragraph = {position for position in body if not rest or position < rest[0]}
    inside = {"headline": headline, "summary": summary, "body": body, "lead": summary | first_paragraph}[query.name]
    return {one for one in places(query.parts[0], doc) if one[0] in inside and one[1] in inside}


def _is_meant(query, form):
    """Whether a wildcard or misspelt word stands for ``form``."""
    if isinstance(query, Prefix):
        return form.startswith(query.text)
    if isinstance(query, Wildcard):
        pattern = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in query.text)
        return re.fullmatch(pattern, form, re.DOTALL) is not None
    return form.startswith(query.text[: query.prefixlength]) and edits(form, query.text) <= query.maxdist


@score.register
def _(query: Pattern, doc, collection):
    forms = {token.form for token, _ in doc.tokens() if token.form and _is_meant(query, token.form)}
    return sum(query.boost * collection.impact(doc, "text_exact", form) for form in forms) if forms else None


@cache
def edits(left: str, right: str) -> int:
    """Levenshtein's distance, straight from its definition."""
    if not left or not right:
        return len(left) + len(right)
    if left[0] == right[0]:
        return edits(left[1:], right[1:])
    return 1 + min(edits(left[1:], right), edits(left, right[1:]), edits(left[1:], right[1:]))
