"""Which documents carry a value that a reader asks for: a source, a path, an id?"""

from __future__ import annotations

import numpy as np

from indexer.codec.terms import Terms, decode, encode
from indexer.query.keywords import Ids, Keyword
from indexer.query.patterns import bytes_expression, literal_head
from indexer.search.kernels import Array
from indexer.search.part import Part


def documents(query: Keyword, part: Part) -> Array:
    """Return the documents of ``part``, ascending, whose value is meant."""
    segment = part.segment
    keywords = {"source": segment.sources, "path": segment.paths, "id": segment.ids}[query.fieldname]
    found = [keywords.doc_array(low, high) for low, high in _values(query, keywords.terms)]
    docs = np.concatenate(found) if found else np.empty(0)
    docs = docs.astype(np.uint32)
    docs.sort()
    return docs


def _values(query: Keyword, terms: Terms) -> list[tuple[int, int]]:
    """Return the values that are meant as ranges of their numbers."""
    if isinstance(query, Ids):
        numbers = (terms.find(encode(id)) for id in query.ids)
        return [(number, number + 1) for number in numbers if number >= 0]
    if query.fieldname == "source":
        return [(n, n + 1) for n, term in enumerate(terms) if query.matches(decode(term))]
    head = literal_head(query.pattern)
    low, high = terms.from_prefix(encode(head)) if head else (0, len(terms))
    if query.pattern == f"{head}*":
        return [(low, high)]
    if query.pattern == head:
        number = terms.find(encode(head))
        return [] if number < 0 else [(number, number + 1)]
    return [(n, n + 1) for n in terms.matching(bytes_expression(query.pattern), low, high)]
