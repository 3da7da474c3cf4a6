"""Here is text; what are its terms, and where?"""

from collections.abc import Sequence, Set

from indexer.analysis.settings import Settings
from indexer.analysis.spellings import Alternative, QuerySpan, Spellings
from indexer.analysis.stemming import WordStemmer
from indexer.analysis.token import Token
from indexer.analysis.tokenizer import CHUNK, plain_words
from indexer.analysis.words import WordReader, plain_core, plain_cores

Analysis = tuple[tuple[int, int, int, str, str], ...]
"""What a chunk means: (start, end, step to its position, stem, form) for each token."""

_MOST_REMEMBERED = 1 << 17  # chunks; about 50 MB when full
_LONGEST_REMEMBERED = 80  # characters


class Analyzer:
    """The one way in which text becomes terms. One thread at a time: the stemmer has one buffer."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._reader = WordReader(WordStemmer(self.settings.language))
        self._remembered: dict[str, Analysis] = {}
        self._spellings: Spellings | None = None

    def read(self, chunk: str) -> Analysis:
        """The meaning of one chunk, read by the rules and not remembered."""
        core = plain_core(chunk)
        if core:
            (stem,), (form,) = self._reader.read_plain([core])
            return ((0, len(core), 1, stem, form),)
        return self._read(chunk)

    def _read(self, chunk: str) -> Analysis:
        """The same by the word rules in full."""
        return tuple(
            (term.start, term.end, int(not place), term.stem, term.form)
            for word in self._reader.read(chunk)
            for place, term in enumerate(word.terms())
        )

    def read_plain(self, chunks: Sequence[str]) -> tuple[list[bool], list[str], list[str]]:
        """Which of many chunks are one plain word each, and the stems and forms of those.

        Such a word starts with its chunk. It is found in a small part of the time that ``read`` takes.
        """
        cores = plain_cores(chunks)
        return list(map(bool, cores)), *self._reader.read_plain(list(filter(None, cores)))

    def __reduce__(self) -> tuple[type["Analyzer"], tuple[Settings]]:
        """Made anew from its settings where somebody copies it, as stock Whoosh does with a schema."""
        return Analyzer, (self.settings,)

    def tokens(self, text: str, position: int = 0) -> list[Token]:
        """The tokens of a text, by position and then by start; the first word stands at ``position``."""
        known = self._remembered
        analyse = self.analyse
        new = tuple.__new__  # a third of the time of Token(...)
        found: list[Token] = []
        place = position - 1
        for match in CHUNK.finditer(text):
            chunk = match.group()
            offset = match.start()
            for start, end, step, stem, form in known.get(chunk) or analyse(chunk):
                place += step
                found.append(new(Token, (offset + start, offset + end, place, stem, form)))
        return found

    def spans(self, text: str, position: int, wanted: Set[int]) -> dict[int, tuple[int, int] | None]:
        """Where in ``text``, whose first word stands at ``position``, the ``wanted`` positions are.

        None for a position at which several tokens stand; positions that the text does not reach are missing.
        A chunk of letters from a to z is one word whatever it means, so nearly no chunk has to be analysed,
        and most are only counted.
        """
        found: dict[int, tuple[int, int] | None] = {}
        place, at = position - 1, 0
        for goal in sorted(wanted):
            while place < goal:
                skipped, at = plain_words(text, at, goal - place - 1)
                match = CHUNK.search(text, at)
                if match is None:
                    return found
                chunk, offset, at = match.group(), match.start(), match.end()
                place += skipped
                if chunk.isascii() and chunk.isalpha():
                    place += 1
                    if place == goal:
                        found[place] = offset, at
                    continue
                for start, end, step, _, _ in self.analyse(chunk):
                    place += step
                    if place in wanted:
                        found[place] = (offset + start, offset + end) if step else None
        return found

    def analyse(self, chunk: str) -> Analysis:
        """The meaning of one chunk: a function of the chunk alone, remembered in a bounded memory."""
        known = self._remembered.get(chunk)
        if known is not None:
            return known
        analysis = self.read(chunk)
        if len(chunk) <= _LONGEST_REMEMBERED:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[chunk] = analysis
        return analysis

    def query_word(
        self, raw: str, *, exact: bool = False, capitals_typed: bool = False
    ) -> tuple[Alternative, ...]:
        """What answers one typed word: see ``Spellings.word``."""
        return self.spellings.word(raw, exact=exact, capitals_typed=capitals_typed)

    def query_words(
        self, raws: Sequence[str], *, exact: bool = False, capitals_typed: bool | None = None
    ) -> list[QuerySpan]:
        """What answers several typed words, synonyms of several words included: see ``Spellings.words``."""
        return self.spellings.words(raws, exact=exact, capitals_typed=capitals_typed)

    def phrase_alternatives(
        self, raws: Sequence[str], *, exact: bool = True, capitals_typed: bool | None = None
    ) -> list[Alternative]:
        """The rows of terms that answer a quoted phrase: see ``Spellings.phrase``."""
        return self.spellings.phrase(raws, exact=exact, capitals_typed=capitals_typed)

    @property
    def spellings(self) -> Spellings:
        """The query side, made when it is first needed."""
        if self._spellings is None:
            self._spellings = Spellings(self._reader, self.settings.synonyms)
        return self._spellings
