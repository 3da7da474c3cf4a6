"""Which articles carry a value: a source, a path, an id?"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from unicodedata import normalize

from indexer.analysis.folding import keep_marks, strip_marks
from indexer.query.nodes import Query
from indexer.query.patterns import text_expression


class Keyword(Query):
    """Documents whose ``fieldname`` (source, path, id) is ``pattern``, in which * and ? stand for letters.

    A source is compared without regard to case and accents, and some of its words are enough: ``times`` is
    The Times as well. Scores nothing: it chooses, as a date does.
    """

    def __init__(self, fieldname: str, pattern: str) -> None:
        self.fieldname = fieldname
        self.pattern = pattern

    def _says(self) -> tuple[object, ...]:
        return self.fieldname, self.pattern

    @cached_property
    def matches(self) -> Callable[[str], bool]:
        """Whether a value is meant."""
        if self.fieldname != "source":
            whole = re.compile(text_expression(self.pattern), re.DOTALL)
            return lambda value: whole.fullmatch(value) is not None
        meant = text_expression(fold_value(self.pattern))
        words = re.compile(rf"\A{meant}\Z|(?<!\w){meant}(?!\w)", re.DOTALL)
        return lambda value: words.search(fold_value(value)) is not None

    def __str__(self) -> str:
        return f"{self.fieldname}:{self.pattern}"


class Ids(Keyword):
    """Documents that have one of these ids, whatever signs are in them."""

    def __init__(self, ids: frozenset[str]) -> None:
        super().__init__("id", "*")
        self.ids = ids

    def _says(self) -> tuple[object, ...]:
        return (self.ids,)

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
