"""Which forms belong to one word?

Snowball's stemmers (M. F. Porter, snowballstem.org) through PyStemmer, corrected by a short list of words
that the English one throws together although news keeps them apart.
"""

import Stemmer

from indexer.analysis.folding import keep_marks, strip_marks

LANGUAGES = frozenset(Stemmer.algorithms()) - {"porter", "lovins"}

EXCEPTIONS: dict[str, dict[str, str]] = {"english": {}}


class WordStemmer:
    """The stemmer of one language: ``stems(form, raw)`` gives one or two terms, never none."""

    def __init__(self, language: str) -> None:
        self._stem = Stemmer.Stemmer(language, 0).stemWord  # words are remembered with their chunk, not here
        self._exceptions = EXCEPTIONS.get(language, {})
        self._needs_marks = language != "english"

    def stems(self, form: str, raw: str) -> tuple[str, ...]:
        """The stems of a folded ``form`` that the text wrote as ``raw``.

        A language that writes accents stems better with them, but readers type without: where the two stems
        differ, both count.
        """
        plain = self._exceptions.get(form) or self._stem(form) or form
        if not self._needs_marks or raw.isascii():
            return (plain,)
        marked = strip_marks(self._stem(keep_marks(raw))) or plain
        return (marked,) if marked == plain else (marked, plain)
