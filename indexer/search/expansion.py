"""For which real words does a wildcard or a misspelt word stand, and which documents hold them?

Forms are looked up by their numbers in the dictionary of a segment: a prefix is an interval of it, a
wildcard one regular expression over an interval, a misspelt word first a comparison of letter sets and then
an edit distance for the few that are left.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from indexer.codec.terms import decode, encode
from indexer.query.nodes import FuzzyTerm, Pattern, Prefix
from indexer.query.patterns import bytes_expression, literal_head
from indexer.search.distance import distances
from indexer.search.kernels import NOTHING, Array, Found
from indexer.search.part import Part, Window
from indexer.search.statistics import Statistics, inverse_frequency

if TYPE_CHECKING:
    from indexer.search.variants import Variants

MOST_REMEMBERED = 64  # patterns
RARE = 1_024  # in fewer than one of so many documents are very many forms


def expand(query: Pattern, part: Part) -> Array:
    """Return the numbers of the forms that ``query`` stands for, ascending."""
    if isinstance(query, Prefix):
        return np.arange(*part.segment.families.forms.from_prefix(encode(query.text)))
    if isinstance(query, FuzzyTerm):
        return near_forms(query.text, query.maxdist, query.prefixlength, part)[0]
    return wildcard(query.text, part)


def wildcard(pattern: str, part: Part) -> Array:
    """Return the forms that ``pattern`` is all of; ``*`` any characters, ``?`` one."""
    forms = part.segment.families.forms
    head = literal_head(pattern)
    low, high = forms.from_prefix(encode(head)) if head else (0, len(forms))
    return np.array(forms.matching(bytes_expression(pattern), low, high), np.int64)


def near_forms(word: str, distance: int, prefix: int, part: Part) -> tuple[Array, Array]:
    """Return the forms at most ``distance`` letters off ``word`` that share its first ``prefix`` letters.

    The second array says how many letters off each is.
    """
    forms = part.segment.families.forms
    start = encode(word[:prefix])
    low, high = forms.from_prefix(start) if start else (0, len(forms))
    if low >= high:
        return NOTHING, NOTHING
    sizes, letters = forms.lengths(low, high), forms.letters(low, high)
    numbers = low + np.flatnonzero(_alike(word, distance, sizes, letters, forms.ascii(low, high)))
    return _close(word, distance, numbers, list(map(decode, forms.many(numbers))))


def near_frequent(word: str, distance: int, least: int, part: Part) -> tuple[Array, Array]:
    """Return the same of the forms that at least ``least`` documents have, deleted ones included."""
    if least * RARE < part.n_docs:
        numbers, off = near_forms(word, distance, 0, part)
        often = np.flatnonzero(part.segment.form_documents.at(numbers) >= least)
        return numbers.take(often), off.take(often)
    known = part.frequent(least)
    near = _alike(word, distance, known.sizes, known.letters, known.ascii) & (known.documents >= least)
    some = np.flatnonzero(near)
    return _close(word, distance, known.numbers.take(some), [decode(known.terms[i]) for i in some.tolist()])


def _close(word: str, distance: int, numbers: Array, terms: list[str]) -> tuple[Array, Array]:
    off = distances(word, terms)
    close = off <= distance
    return numbers[close], off[close]


def _alike(word: str, distance: int, sizes: Array, letters: Array, ascii: Array) -> Array:
    """Whether forms of such sizes and letter sets may be near ``word``: a bound, and cheap."""
    wanted = np.uint32(0)
    for byte in encode(word):
        wanted |= np.uint32(1 << (byte & 31))
    # One edit changes at most one letter into another; a letter beyond ASCII is up to four bytes.
    bytes_off = np.full(len(sizes), 4 * distance)
    if word.isascii():
        bytes_off[ascii] = distance
    near: Array = np.abs(sizes - len(encode(word))) <= bytes_off
    near &= np.bitwise_count(letters ^ wanted) <= 2 * bytes_off
    return near


def variants(query: Pattern, part: Part) -> Variants:
    """Return the lists of what ``query`` stands for, found once."""
    key = _key(query)
    if key not in part.variants:
        from indexer.search.variants import Variants  # not loaded for queries without a pattern

        if len(part.variants) >= MOST_REMEMBERED:
            part.variants.clear()
        part.variants[key] = Variants(part, expand(query, part))
    return part.variants[key]


def pattern(query: Pattern, part: Part, statistics: Statistics, window: Window, scored: bool) -> Found:
    """Return the documents with any form that ``query`` stands for, the scores of all in one added up."""
    lists = variants(query, part)
    if not scored:
        return lists.found(window, statistics, None)
    return lists.found(window, statistics, worth(query, part, statistics) * query.boost)


def worth(query: Pattern, part: Part, statistics: Statistics) -> Array:
    """Return the idf of each form that ``query`` stands for in ``part``, as in the whole collection."""
    mine = variants(query, part)
    if len(statistics.parts) == 1:
        return inverse_frequency(statistics.n_docs, mine.frequencies)
    key = _key(query)
    if key not in statistics.frequencies:
        counts: Counter[bytes] = Counter()
        for one in statistics.parts:
            lists = variants(query, one)
            counts.update(dict(zip(lists.terms(), lists.frequencies.tolist(), strict=True)))
        statistics.frequencies[key] = counts
    known = statistics.frequencies[key]
    return inverse_frequency(statistics.n_docs, np.array([known[term] for term in mine.terms()], np.int64))


def _key(query: Pattern) -> tuple[object, ...]:
    """What a query stands for, whatever it counts."""
    return (
        type(query),
        query.fieldname,
        query.text,
        getattr(query, "maxdist", 0),
        getattr(query, "prefixlength", 0),
    )
