"""What may a reader try who found nothing, or hardly anything?

Hits word by word show which one is to blame. A correction is suggested only with the number of articles
that it does find, and never searched for unasked.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import TYPE_CHECKING

from indexer.analysis.analyzer import Analyzer
from indexer.errors import QueryError
from indexer.query.build import Meaning, build, tree_of
from indexer.query.parser import Parsed
from indexer.query.rewriting import plain_words, things, with_words, without_dates
from indexer.query.syntax import And, Node, Word
from indexer.search.corrections import Correction, corrections
from indexer.search.evaluator import Evaluator
from indexer.search.results import Advice, Suggestion

if TYPE_CHECKING:
    from indexer.query.dates import Period

FAR_MORE = 10  # times as many has a correction to find where something was found, for each wrong letter
MOST_THINGS = 12
MOST_TRIED = 9  # combinations of corrections that are counted
MOST_VARIED = 3  # words of which more than the likeliest correction is tried
MOST_SHOWN = 3


def advise(
    evaluator: Evaluator, meaning: Meaning, period: Period | None, total: int, analyzer: Analyzer
) -> Advice | None:
    """Return what to try in place of a query that found ``total`` articles; None where there is nothing."""
    adviser = _Adviser(evaluator, meaning, period, analyzer)
    try:
        advice = adviser.of_nothing() if total == 0 else Advice(corrections=adviser.corrections(total))
    except QueryError:  # a search to suggest passes a limit: then there is nothing to suggest
        return None
    return None if advice == Advice() else advice


class _Adviser:
    def __init__(
        self, evaluator: Evaluator, meaning: Meaning, period: Period | None, analyzer: Analyzer
    ) -> None:
        self.evaluator = evaluator
        self.meaning = meaning
        self.period = period
        self.analyzer = analyzer
        self._likely: dict[str, list[Correction]] = {}

    def of_nothing(self) -> Advice:
        typed = self.meaning.typed
        corrected = self.corrections(0)
        return Advice(self.words(), corrected, self.other_dates(typed), self.any_word(typed))

    def words(self) -> tuple[tuple[str, int], ...]:
        """Each of several things asked for, and how many articles within the dates have it."""
        found = dict.fromkeys(islice(things(self.meaning.typed), MOST_THINGS))
        counts = tuple((str(thing).lstrip("="), self.count(thing)) for thing in found)
        return counts if len(counts) > 1 else ()

    def count(self, node: Node, everywhere: bool = False) -> int:
        tree = tree_of(node, self.meaning.text, self.analyzer)
        return 0 if tree is None else self.evaluator.count(tree, None if everywhere else self.period)

    def any_word(self, typed: Node) -> int:
        """How many articles hold at least one of the words, where all of several were asked for."""
        if self.meaning.any_word or not isinstance(typed, And):
            return 0
        loose = build(self.meaning.text, Parsed(typed), self.analyzer, any_word=True)
        return self.evaluator.count(loose.tree, self.period)

    def other_dates(self, typed: Node) -> Suggestion | None:
        """The query without its date limits, corrected if that alone finds something."""
        undated = without_dates(typed)
        if self.period is None and undated == typed:
            return None
        tries = [undated, *islice(self.rewritten(undated, 0), MOST_TRIED)]
        return next((found for node in tries if (found := self.suggestion(node, None)[0])), None)

    def corrections(self, total: int) -> tuple[Suggestion, ...]:
        """Corrected queries that find something, or far more than ``total``, the likeliest first."""
        found: dict[bytes, Suggestion] = {}
        for node in islice(self.rewritten(self.meaning.typed, total), MOST_TRIED):
            suggestion, articles = self.suggestion(node, self.period)
            if suggestion and suggestion.total >= FAR_MORE * total:
                found.setdefault(articles, suggestion)  # another spelling of the same finds the same
        return tuple(found.values())[:MOST_SHOWN]

    def rewritten(self, typed: Node, total: int) -> Iterator[Node]:
        """Yield the query with other words in place of unknown and of rare ones, the likeliest first."""
        choices: dict[str, list[str]] = {}
        for word in islice(dict.fromkeys(plain_words(typed)), MOST_THINGS):
            count = self.count(Word(word), everywhere=True)
            # It may be right: another has to be far more frequent.
            least = FAR_MORE * max(count, total) if count else 1
            others = [
                other
                for other in self.likely(word, least)
                if not count or other.documents >= least * FAR_MORE ** (other.edits - 1)
            ]
            if others:
                choices[word] = [word] * (count > 0) + [other.word for other in others]
        yield from _combined(typed, choices)

    def likely(self, word: str, least: int) -> list[Correction]:
        if word not in self._likely:
            tokens = self.analyzer.tokens(word)
            self._likely[word] = corrections(tokens[0].form, self.evaluator.parts, least) if tokens else []
        return self._likely[word]

    def suggestion(self, node: Node, period: Period | None) -> tuple[Suggestion | None, bytes]:
        """What a query finds, None for nothing; and a mark of the articles that it finds."""
        try:
            meaning = build(str(node), Parsed(node), self.analyzer, self.meaning.any_word)
        except QueryError:  # nothing left to search for
            return None, b""
        found = self.evaluator.matches(meaning, period, scored=False)
        total = sum(len(one.docs) for one in found)
        spans = [span for one in found if (span := one.span()) is not None]
        first, last = min((a for a, _ in spans), default=None), max((b for _, b in spans), default=None)
        articles = b"".join(one.docs.tobytes() for one in found)
        return Suggestion(str(node), total, first, last) if total else None, articles


def _combined(typed: Node, choices: dict[str, list[str]]) -> Iterator[Node]:
    """Yield the query with every combination of ``choices`` but itself, the likelier ones first."""
    ranked = [
        list(enumerate(others if place < MOST_VARIED else others[:1]))
        for place, others in enumerate(choices.values())
    ]
    for row in sorted(product(*ranked), key=lambda row: sum(rank for rank, _ in row)):
        node = with_words(typed, dict(zip(choices, (other for _, other in row), strict=True)))
        if node != typed:
            yield node
