"""Which forms does a stem have, and which families is a form in?

A *family* is what shares one list of postings: the forms of a stem. A form that has no stem
(``cease-fire``, whose parts and whole are stems of other families) is a family of its own. A *word* is a
form within a family.

    families 0 to S-1       the stems, in the order of the dictionary ``stem``
    families S to F-1       forms without a stem, in the order of the dictionary ``form``

    family.word   u[F+1]    first word of each family; the words of a family are in the order of their forms
    word.form     u[W]      the word's form; n, the number of forms, stands for "no form", and comes first
    form.word     u[n]      first word of each form; nearly every form is one word
    form.again    u[]       forms of several words, ascending, once for each further word
    form.other    u[]       that word

The *number* of a word is its place in its family, from 0. ``positions`` keeps it for every token of a
family of several words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.codec.terms import Terms, write_terms

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile


class FamilyTable(NamedTuple):
    """Families while a segment is being written: two dictionaries and the words between them."""

    stems: list[bytes]
    forms: list[bytes]
    word: Array  # first word of each family, and the end
    form: Array  # form of each word; len(forms) = none

    @property
    def n_families(self) -> int:
        return len(self.word) - 1

    def write(self, out: SectionFileWriter) -> None:
        import numpy as np

        from indexer.codec.arrays import narrow, offsets

        write_terms(out, "stem", self.stems)
        write_terms(out, "form", self.forms, letters=True)
        counts = np.bincount(self.form, minlength=len(self.forms) + 1)[:-1]
        by_form = np.argsort(self.form, kind="stable")[: int(counts.sum())]
        out.append("family.word", narrow(self.word))
        out.append("word.form", narrow(self.form))
        first = offsets(counts)[:-1]
        out.append("form.word", narrow(by_form[first]))
        out.append("form.again", narrow(np.repeat(np.arange(len(counts)), counts - 1)))
        out.append("form.other", narrow(np.delete(by_form, first)))


def arrange(
    stem: Array, form: Array, stems: list[bytes], forms: list[bytes]
) -> tuple[FamilyTable, Array, Array]:
    """Number the families and words that occur.

    ``stem`` and ``form`` give for each entry the numbers in ``stems`` and ``forms``, -1 for none; every
    stem and every form has to occur. Returns the table, and family and number of each entry. Raises
    ValueError where an entry has neither.
    """
    import numpy as np

    from indexer.codec.arrays import distinct, offsets

    alone = stem < 0
    if (alone & (form < 0)).any():
        raise ValueError("a token has neither a stem nor a form")
    orphans = distinct(np.sort(form[alone]))
    family = np.where(alone, len(stems) + np.searchsorted(orphans, form), stem).astype(np.int64)
    key = family << 32 | (form + 1)
    words, entry = np.unique(key, return_inverse=True)
    word = offsets(np.bincount(words >> 32, minlength=len(stems) + len(orphans)))
    of_form = (words & 0xFFFFFFFF) - 1
    table = FamilyTable(stems, forms, word, np.where(of_form < 0, len(forms), of_form))
    return table, family, entry - word[family]


class Words(NamedTuple):
    """Words of forms: the index of the form, the family, the number in it, and how many words that has."""

    form: Array
    family: Array
    number: Array
    of: Array


class Families:
    """Reads stems, forms and families."""

    def __init__(self, file: SectionFile) -> None:
        self.stems = Terms(file, "stem")
        self.forms = Terms(file, "form")
        self._word = file["family.word"]
        self._form = file["word.form"]
        self._form_word = file["form.word"]
        self._again = file["form.again"]
        self._other = file["form.other"]
        if len(self._word) <= len(self.stems) or len(self._form_word) != len(self.forms):
            raise self._word.damaged("it has fewer families than stems, or forms without a family")

    def __len__(self) -> int:
        """Return the number of families."""
        return len(self._word) - 1

    def of_stem(self, stem: bytes) -> int:
        """Return the family of ``stem``, or -1."""
        return self.stems.find(stem)

    def of_form(self, form: int) -> list[tuple[int, int]]:
        """Return (family, number in it) for each family that form number ``form`` is in."""
        others = self._other.view(self._again.left(form), self._again.right(form))
        return [self._place(word) for word in (self._form_word[form], *others)]

    def size(self, family: int) -> int:
        """Return how many words a family has."""
        start, stop = self._word.view(family, family + 2)
        return int(stop - start)

    def members(self, family: int) -> list[int]:
        """Return the forms of a family, by number; ``len(families.forms)`` stands for "no form"."""
        start, stop = self._word.view(family, family + 2)
        forms = list(self._form.view(start, stop))
        if forms and max(forms) > len(self.forms):
            raise self._form.damaged("a form beyond the dictionary", start)
        return forms

    def _place(self, word: int) -> tuple[int, int]:
        family = self._word.right(word) - 1
        if not 0 <= family < len(self):
            raise self._form_word.damaged(f"word {word:,} is in no family")
        return family, word - self._word[family]

    def words_of(self, forms: Array) -> Words:
        """Return the words of several forms, form after form."""
        import numpy as np

        from indexer.codec.arrays import offsets

        again = self._again.array().astype(np.int64)
        begin, end = np.searchsorted(again, forms), np.searchsorted(again, forms, side="right")
        others = self._other.slices(begin, end - begin)
        sizes = end - begin + 1
        at = offsets(sizes)[:-1]
        word = np.empty(len(forms) + len(others), np.int64)
        further = np.ones(len(word), bool)
        further[at] = False
        word[at], word[further] = self._form_word.array()[forms], others
        first = self._word.array().astype(np.int64)
        family = np.searchsorted(first, word, side="right") - 1
        if len(word) and not (family.min() >= 0 and family.max() < len(self)):
            raise self._form_word.damaged("words that are in no family")
        place = np.repeat(np.arange(len(forms)), sizes)
        return Words(place, family, word - first[family], first[family + 1] - first[family])

    def words(self) -> tuple[Array, Array]:
        """Return how many words each family has, and the form of each word, as arrays."""
        from indexer.codec.arrays import list_sizes

        sizes, form = list_sizes(self._word), self._form.array()
        if sizes.sum() != len(form) or (len(form) and form.max() > len(self.forms)):
            raise self._form.damaged("its words are not those of the families")
        return sizes, form
