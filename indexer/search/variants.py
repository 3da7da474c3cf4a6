"""Which documents hold any of the words that a pattern or a misspelt word stands for, how often, and where?

All lists of one part are read together, as many as memory allows at a time. A form of several stems, which is
rare, is read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.codec.arrays import distinct, offsets, run_starts
from indexer.codec.runs import runs_of
from indexer.search.kernels import Array, Found, nothing, summed, together
from indexer.search.nearness import Places, is_among, joined, nowhere

if TYPE_CHECKING:
    from indexer.codec.many import Bundle
    from indexer.search.part import Part, Window
    from indexer.search.statistics import Statistics

TOGETHER = 1 << 21  # tokens read at a time
_WORD_BITS = 32  # of a key: the family or the posting above them, the number of a word in its family


class Rows(NamedTuple):
    """Words whose lists are read together, by family and number."""

    form: Array  # index among the forms asked for
    family: Array
    number: Array
    of: Array  # how many words the family has

    def where(self, chosen: Array) -> Rows:
        """Return the rows at indexes."""
        return Rows(*[column.take(chosen) for column in self])


class Pairs(NamedTuple):
    """A form and a document that holds it; ``impact`` where somebody asked."""

    form: Array
    doc: Array
    impact: Array | None


class Variants:
    """The lists of ``forms``, which ascend, in one part."""

    def __init__(self, part: Part, forms: Array) -> None:
        self.part = part
        self.forms = forms
        words = part.segment.families.words_of(forms)
        lone = np.bincount(words.form, minlength=len(forms)) == 1
        self.several: list[int] = np.flatnonzero(~lone).tolist()  # forms of several families
        rows = Rows(*words)
        rows = rows.where(np.flatnonzero(lone[rows.form]))
        self.rows = rows.where(np.lexsort((rows.number, rows.family)))

    def terms(self) -> list[bytes]:
        """Return the forms themselves."""
        return self.part.segment.families.forms.many(self.forms)

    def found(self, window: Window, statistics: Statistics, idf: Array | None) -> Found:
        """Return the documents within ``window`` that hold any of the forms.

        ``idf`` is what each form is worth; the scores of all in a document are added up.
        """
        parts = [self.part.form(int(self.forms[form])) for form in self.several]
        founds = [
            one.found(window, statistics, None if idf is None else float(idf[form]))
            for form, one in zip(self.several, parts, strict=True)
        ]
        for pairs in self.pairs(window, None if idf is None else statistics, alike=idf is None):
            scores = None if idf is None or pairs.impact is None else idf[pairs.form] * pairs.impact
            founds.append(summed(pairs.doc, scores, self.part.n_docs))
        some = [found for found in founds if len(found.docs)]
        return together(some, self.part.ranks) if some else nothing(idf is not None)

    @cached_property
    def frequencies(self) -> Array:
        """In how many live documents each form is."""
        if not len(self.part.deleted):
            return self.part.segment.form_documents.at(self.forms)
        counts = np.zeros(len(self.forms), np.int64)
        alive = self.part.alive
        assert alive is not None
        for pairs in self.pairs(self.part.whole, None):
            counts += np.bincount(pairs.form[alive[pairs.doc]], minlength=len(counts))
        for form in self.several:
            counts[form] = self.part.form(int(self.forms[form])).live_df()
        return counts

    def pairs(self, window: Window, statistics: Statistics | None, alike: bool = False) -> Iterator[Pairs]:
        """Yield pairs of form and document within ``window``, with impacts by ``statistics`` if given.

        ``alike``: it does not matter which of the forms a document holds, and one pair for it is enough.
        """
        for rows in self._chunks:
            whole = rows.of == 1
            if alike:  # a family all of whose words are asked for is one list as well
                starts = run_starts(rows.family)
                count = np.diff(np.append(starts, len(rows.family)))
                whole = rows.of == np.repeat(count, count)
            found = self._of_rows(rows, whole, statistics)
            yield found if window == self.part.whole else _within(found, window)

    @cached_property
    def _chunks(self) -> list[Rows]:
        """The rows, so many together as ``TOGETHER`` allows; a family is not divided."""
        starts = run_starts(self.rows.family)
        first = np.append(starts, len(self.rows.family))
        runs = runs_of(self.part.segment.many.n_tokens(self.rows.family[starts]), TOGETHER)
        return [self.rows.where(np.arange(first[low], first[high])) for low, high in runs]

    def _of_rows(self, rows: Rows, whole: Array, statistics: Statistics | None) -> Pairs:
        """The pairs of rows; of families that are ``whole`` any word will do."""
        families = distinct(rows.family)
        first = run_starts(rows.family)
        bundle = self.part.segment.many.postings(families)
        self.part.tally.add(len(families), len(bundle.docs))
        some = whole.take(first)
        if some.all():
            return self._of_families(rows.form.take(first), bundle, statistics)
        words = self._of_words(rows.where(np.flatnonzero(~whole)), bundle.where(~some), statistics)
        if not some.any():
            return words
        return _joined(
            [self._of_families(rows.form.take(first[some]), bundle.where(some), statistics), words]
        )

    def _of_families(self, forms: Array, bundle: Bundle, statistics: Statistics | None) -> Pairs:
        """The pairs of families any word of which will do: one of ``forms`` for each."""
        form = np.repeat(forms, bundle.counts)
        impact = None
        if statistics is not None:
            impact = statistics.impacts(self.part, bundle.codes)
            codes = bundle.codes[bundle.heavy] & np.uint16(0xFF)
            impact[bundle.heavy] = statistics.exact_impacts(self.part, bundle.weights, codes)
        return Pairs(form, bundle.docs, impact)

    def _of_words(self, rows: Rows, bundle: Bundle, statistics: Statistics | None) -> Pairs:
        """The pairs of families whose words are told apart, token by token."""
        families = distinct(rows.family)
        tokens = self.part.segment.many.tokens(families)
        self.part.tally.add(tokens=len(tokens.position))
        family = np.repeat(np.arange(len(families)), bundle.counts).take(tokens.posting)
        word = _word_of(rows, families, family, tokens.number)
        mine = np.flatnonzero(word >= 0)
        posting, position, word = tokens.posting.take(mine), tokens.position.take(mine), word.take(mine)
        key = posting << _WORD_BITS | word
        order = np.argsort(key, kind="stable")
        starts = run_starts(key.take(order))
        chosen = order.take(starts)
        impact = None
        if statistics is not None and len(starts):
            units = self.part.units(bundle.docs.take(posting), position)
            weight = np.add.reduceat(units.take(order), starts)
            length = bundle.codes.take(posting.take(chosen)) & np.uint16(0xFF)
            impact = statistics.exact_impacts(self.part, weight, length)
        return Pairs(rows.form.take(word.take(chosen)), bundle.docs.take(posting.take(chosen)), impact)

    def held(self, window: Window) -> list[bytes]:
        """Return the forms that documents within ``window`` hold, in order."""
        found = np.zeros(len(self.forms), bool)
        for pairs in self.pairs(window, None):
            found[pairs.form] = True
        for form in self.several:
            docs, first = self.part.form(int(self.forms[form])).docs(window)
            which = np.arange(first, first + len(docs))
            found[form] = len(self.part.form(int(self.forms[form])).occurrences(which).owner) > 0
        return self.part.segment.families.forms.many(self.forms[found])

    def places(self, docs: Array) -> Places:
        """Return where any of the forms stands in ``docs``, which ascend; in no order."""
        asked = np.zeros(self.part.n_docs, bool)
        asked[docs] = True
        found = []
        for form in self.several:
            one = self.part.form(int(self.forms[form]))
            every, _ = one.docs(self.part.whole)
            held = np.flatnonzero(asked[every])
            tokens = one.occurrences(held)
            owner = np.searchsorted(docs, every[held].astype(np.int64))[tokens.owner]
            position = tokens.position.astype(np.int64)
            found.append(Places(owner, position, position))
        found.extend(self._places(rows, docs, asked) for rows in self._chunks)
        return joined(found)

    def _places(self, rows: Rows, docs: Array, asked: Array) -> Places:
        many = self.part.segment.many
        families = distinct(rows.family)
        counts, held = many.docs(families)
        self.part.tally.add(len(families), len(held))
        here = asked[held]
        family = np.repeat(np.arange(len(families)), counts)
        needed = distinct(family[here])
        if not len(needed):
            return nowhere()
        families = families[needed]
        rows = rows.where(np.flatnonzero(is_among(rows.family, families)))
        kept = np.zeros(len(counts), bool)
        kept[needed] = True
        inside = kept[family]
        doc, here, family = held[inside], here[inside], family[inside]
        tokens = many.tokens(families)
        self.part.tally.add(tokens=len(tokens.position))
        family = np.searchsorted(needed, family)[tokens.posting]
        mine = here[tokens.posting] & (_word_of(rows, families, family, tokens.number) >= 0)
        position = tokens.position[mine]
        owner = np.searchsorted(docs, doc[tokens.posting[mine]].astype(np.int64))
        return Places(owner, position, position)


def _joined(parts: list[Pairs]) -> Pairs:
    """Several lists of pairs, of which all have impacts or none, as one."""
    if len(parts) == 1:
        return parts[0]
    form, doc = (np.concatenate([part[column] for part in parts]) for column in (0, 1))
    impacts = [part.impact for part in parts if part.impact is not None]
    return Pairs(form, doc, np.concatenate(impacts) if impacts else None)


def _within(pairs: Pairs, window: Window) -> Pairs:
    """The pairs whose documents are within ``window``."""
    inside = np.flatnonzero((pairs.doc >= window.low) & (pairs.doc < window.high))
    impact = None if pairs.impact is None else pairs.impact.take(inside)
    return Pairs(pairs.form.take(inside), pairs.doc.take(inside), impact)


def _word_of(rows: Rows, families: Array, family: Array, number: Array) -> Array:
    """The index of the row that each token is of, -1 for none; ``family`` counts within ``families``.

    By a table of all words of the families, and one more for each that stands for numbers beyond them.
    """
    sizes = rows.of[run_starts(rows.family)]
    base = offsets(sizes + 1)
    table = np.full(base[-1], -1)
    table[base[np.searchsorted(families, rows.family)] + rows.number] = np.arange(len(rows.family))
    return table.take(base.take(family) + np.minimum(number, sizes.take(family)))
