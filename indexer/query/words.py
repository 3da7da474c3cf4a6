"""Which tree finds a word, a phrase or a pattern as it was typed?

Plain words become stems of the field ``text``, quoted and ``=`` words forms of ``text_exact``; every other
spelling of a word is one more branch of an Or.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.function_words import FUNCTION_WORDS
from indexer.analysis.spellings import Alternative, QuerySpan
from indexer.query import nodes
from indexer.query.nodes import Query
from indexer.query.placed import Near, Together
from indexer.query.syntax import Phrase, Word, is_any_word

STEMS, FORMS = "text", "text_exact"
FUNCTION_WORD_WEIGHT = 0.1  # measured: docs/effectiveness.md
FUNCTION_ROWS = frozenset(((word,),) for word in FUNCTION_WORDS)
SURE_LETTERS = 1  # at the beginning of a misspelt word


class WordTrees:
    """Trees of words as the analyzer reads them.

    ``capitals``: the query is typed in capitals throughout; ``loose``: any of its words will do.
    """

    def __init__(self, analyzer: Analyzer, capitals: bool, loose: bool = False) -> None:
        self.analyzer = analyzer
        self.capitals = capitals
        self.loose = loose

    def spans(self, run: Sequence[str], any_word: bool) -> list[tuple[QuerySpan, Query | None]]:
        """Return the trees of plain words side by side, synonyms of several words seen."""
        spans = self.analyzer.query_words(run, capitals_typed=self.capitals)
        return [(span, self._span(span, run, any_word)) for span in spans]

    def _span(self, span: QuerySpan, run: Sequence[str], any_word: bool) -> Query | None:
        """The tree of one word, or of several words that have a synonym together."""
        if not span.words:
            return join(nodes.Or, self._rows(span, run[span.first]))
        words = [join(nodes.Or, self._rows(word, run[word.first])) for word in span.words]
        together = join(nodes.Or if any_word else nodes.And, [word for word in words if word is not None])
        rows = [_row(STEMS, row) for row in span.alternatives]
        return join(nodes.Or, [*([together] if together is not None else []), *rows])

    def _rows(self, word: QuerySpan, raw: str) -> list[Query]:
        """A tree for each spelling of a typed word.

        Words that only hold a sentence together count little. Where any word will do, so will the parts of a
        hyphenated one.
        """
        weight = FUNCTION_WORD_WEIGHT if self.exact_rows(raw) in FUNCTION_ROWS else 1.0
        if not self.loose:
            return [_row(STEMS, row, weight) for row in word.alternatives]
        parts = {token.stem for token in self.analyzer.tokens(raw)}
        apart = [row for row in word.alternatives if len(row) > 1 and parts.issuperset(row)]
        rows = [row for row in word.alternatives if row not in apart]
        rows.extend((stem,) for row in apart for stem in row)
        return [_row(STEMS, row, weight) for row in rows]

    def exact_rows(self, text: str) -> tuple[Alternative, ...]:
        """Return the forms that answer a word as written."""
        return self.analyzer.query_word(text, exact=True, capitals_typed=self.capitals)

    def special(self, word: Word) -> Query | None:
        """Return the tree of a word with a sign: as written, with letters left open, or misspelt."""
        if word.wild:
            return self._pattern(word.text)
        if word.edits:
            tokens = self.analyzer.tokens(word.text)
            form = tokens[0].form if tokens else ""
            return (
                nodes.FuzzyTerm(FORMS, form, maxdist=word.edits, prefixlength=SURE_LETTERS) if form else None
            )
        return join(nodes.Or, [_row(FORMS, row) for row in self.exact_rows(word.text)])

    def _pattern(self, text: str) -> Query | None:
        """A pattern over real words; what stands between its signs is folded like any word."""
        pieces: list[str] = []
        letters = ""
        for sign in [*text, ""]:
            if sign and sign not in "*?":
                letters += sign
                continue
            tokens = self.analyzer.tokens(letters)
            pieces.extend((tokens[0].form if tokens else "", sign))
            letters = ""
        pattern = "".join(pieces)
        if not pattern.strip("*?"):
            return None
        if "*" not in pattern[:-1] and "?" not in pattern and pattern.endswith("*"):
            return nodes.Prefix(FORMS, pattern[:-1])
        return nodes.Wildcard(FORMS, pattern)

    def phrase(self, phrase: Phrase) -> Query | None:
        """Return the words next to or near each other, in these forms and in every spelling of them."""
        if phrase.wild:
            return self._patterns(phrase)
        rows = self.phrase_rows(phrase.words, exact=True)
        if phrase.slop is None:
            return join(nodes.Or, [_row(FORMS, row) for row in rows])
        return join(
            nodes.Or, [_window([nodes.Term(FORMS, word) for word in row], phrase.slop) for row in rows]
        )

    def phrase_rows(self, words: Sequence[str], exact: bool) -> list[Alternative]:
        """Return the rows of terms that a phrase may stand for."""
        rows = self.analyzer.phrase_alternatives(words, exact=exact, capitals_typed=self.capitals)
        return [row for row in rows if row]

    def _patterns(self, phrase: Phrase) -> Query | None:
        """A phrase in which some words are patterns, one after the other; a lone sign is any word."""
        slots: list[Query] = []
        steps: list[int] = []  # to each of them from the one before
        step = 1
        for place, word in enumerate(phrase.words):
            slot = self.special(Word(word, exact=True, wild=place in phrase.wild))
            if slot is not None:
                slots.append(slot)
                steps.append(step)
            step = 1 if slot is not None else step + is_any_word(word)
        if len(slots) < 2:
            return slots[0] if slots else None
        if phrase.slop is not None:
            return _window(slots, phrase.slop)
        tree = slots[0]
        for slot, step in zip(slots[1:], steps[1:], strict=True):
            tree = Near([tree, slot], step, ordered=True, least=step)
        return tree


def _window(slots: Sequence[Query], slop: int) -> Query:
    """Words at most ``slop`` apart; more words than that next to each other."""
    return slots[0] if len(slots) == 1 else Together(slots, max(slop, len(slots) - 1))


def _row(fieldname: str, terms: Alternative, weight: float = 1.0) -> Query:
    if len(terms) == 1:
        return nodes.Term(fieldname, terms[0], boost=weight)
    return nodes.Phrase(fieldname, list(terms), boost=weight)


def join(kind: type[nodes.And] | type[nodes.Or], trees: Iterable[Query]) -> Query | None:
    """Return ``trees`` under one node; a lone one as it is, None for none."""
    parts = list(trees)
    return kind(parts) if len(parts) > 1 else parts[0] if parts else None
