"""For which real words does a wildcard or a misspelt word stand, and which documents hold them?

Forms are looked up by their numbers in the dictionary of a segment: a prefix is an interval of it, a
wildcard one regular expression over an interval, a misspelt word first a comparison of letter sets and then
an edit distance for the few that are left.
"""

from __future__ import annotations

import numpy as np
from whoosh import query as wq

from indexer.codec.terms import decode, encode
from indexer.query.patterns import bytes_expression, literal_head
from indexer.search.distance import distances
from indexer.search.kernels import NOTHING, Array, Found, nothing, together
from indexer.search.part import FORMS, Part, Window
from indexer.search.statistics import Statistics


def expand(query: wq.MultiTerm, part: Part) -> list[int] | None:
    """Return the numbers of the forms that ``query`` stands for, ascending; None for a strange query."""
    if getattr(query, "fieldname", None) != FORMS:
        return None
    if isinstance(query, wq.Prefix):
        return list(range(*part.segment.families.forms.from_prefix(encode(query.text))))
    if isinstance(query, wq.Wildcard) and "[" not in query.text:
        return wildcard(query.text, part)
    if isinstance(query, wq.FuzzyTerm):
        return fuzzy(query.text, query.maxdist, query.prefixlength, part)
    return None


def wildcard(pattern: str, part: Part) -> list[int]:
    """Return the forms that ``pattern`` is all of; ``*`` any characters, ``?`` one."""
    forms = part.segment.families.forms
    head = literal_head(pattern)
    low, high = forms.from_prefix(encode(head)) if head else (0, len(forms))
    return forms.matching(bytes_expression(pattern), low, high)


def fuzzy(word: str, distance: int, prefix: int, part: Part) -> list[int]:
    """Return the forms at most ``distance`` letters off ``word`` that share its first ``prefix`` letters."""
    found: list[int] = near_forms(word, distance, prefix, part)[0].tolist()
    return found


def near_forms(word: str, distance: int, prefix: int, part: Part) -> tuple[Array, Array]:
    """Return the same forms as an array, and how many letters off each is."""
    forms = part.segment.families.forms
    start = encode(word[:prefix])
    low, high = forms.from_prefix(start) if start else (0, len(forms))
    if low >= high:
        return NOTHING, NOTHING
    wanted = np.uint32(0)
    for byte in encode(word):
        wanted |= np.uint32(1 << (byte & 31))
    # One edit changes at most one letter into another; a letter beyond ASCII is up to four bytes.
    bytes_off = np.full(high - low, 4 * distance)
    if word.isascii():
        bytes_off[forms.ascii(low, high)] = distance
    near = np.abs(forms.lengths(low, high) - len(encode(word))) <= bytes_off
    near &= np.bitwise_count(forms.letters(low, high) ^ wanted) <= 2 * bytes_off
    numbers = low + np.flatnonzero(near)
    off = distances(word, [decode(form) for form in forms.many(numbers)])
    close = off <= distance
    return numbers[close], off[close]


def multiterm(
    forms: list[int], boost: float, part: Part, statistics: Statistics, window: Window, scored: bool
) -> Found:
    """Return the documents with any of ``forms``; scores of all forms in a document are added up."""
    dictionary = part.segment.families.forms
    founds = []
    for form in forms:
        idf = statistics.idf(FORMS, decode(dictionary[form])) * boost if scored else None
        founds.append(part.form(form).found(window, statistics, idf))
    some = [found for found in founds if len(found.docs)]
    return together(some, part.n_docs) if some else nothing(scored)
