"""How many documents is a form in, and how many tokens has it?

form.df         u2[n]   documents a form is in; 65,535: look aside
form.df.aside   aside   the counts from 65,535 on
form.cf         u2[n]   tokens of a form; 65,535: look aside
form.cf.aside   aside   the counts from 65,535 on
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.codec.aside import Aside, AsideWriter

if TYPE_CHECKING:
    from indexer.codec.arrays import Array
    from indexer.storage.section_writer import SectionFileWriter
    from indexer.storage.sections import SectionFile

MAXIMAL = 0xFFFF
DOCUMENTS, TOKENS = "form.df", "form.cf"


def write_form_counts(out: SectionFileWriter, documents: Array, tokens: Array) -> None:
    """Write the counts of all forms."""
    import numpy as np

    for name, counts in ((DOCUMENTS, documents), (TOKENS, tokens)):
        large = np.flatnonzero(counts >= MAXIMAL)
        AsideWriter(out, f"{name}.aside").add(large, counts[large])
        out.append(name, np.minimum(counts, MAXIMAL).astype("<u2"))


class FormCounts:
    """Reads ``documents`` or ``tokens`` of forms."""

    def __init__(self, file: SectionFile, name: str, n_forms: int) -> None:
        self._counts = file[name]
        self._aside = Aside(file, f"{name}.aside")
        if len(self._counts) != n_forms:
            raise self._counts.damaged("it has not one number for each form")

    def of(self, form: int) -> int:
        """Return the count of one form."""
        count = self._counts[form]
        if count < MAXIMAL:
            return count
        _, value = self._aside.between(form, form + 1)
        if not len(value):
            raise self._counts.damaged("what it keeps aside is not there", form)
        return int(value[0])

    def all(self) -> Array:
        """Return the counts of all forms, int64."""
        import numpy as np

        counts = self._counts.array().astype(np.int64)
        large, value = self._aside.between(0, len(counts))
        counts[large] = value
        return counts

    def at(self, forms: Array) -> Array:
        """Return the counts of forms, int64; those aside are few, and read one by one."""
        import numpy as np

        counts = self._counts.at(forms).astype(np.int64)
        for i in np.flatnonzero(counts == MAXIMAL).tolist():
            counts[i] = self.of(int(forms[i]))
        return counts
