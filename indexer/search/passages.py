"""Which sentences show why this article matched?

Whole sentences of the body, taken greedily: first those that hold the exact phrase, then whichever adds most
query words not yet shown, then the one with most marks, then the earliest. They are handed back in the order
of the text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from whoosh import query as wq

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.sentences import sentences
from indexer.documents.article import paragraphs
from indexer.search.occurrences import Occurrence, TokenTable, occurrences
from indexer.search.results import Marks, Passage


@dataclass(frozen=True, slots=True)
class Clauses:
    """What to mark: ``words``, one tree for each thing the reader typed, and the ``exact`` phrase, if any."""

    words: tuple[wq.Query, ...]
    exact: wq.Query | None = None


@dataclass(slots=True)
class Candidate:
    """One sentence with a match in it; ``start`` and ``end`` are offsets into the body."""

    paragraph: int
    start: int
    end: int
    found: list[Occurrence] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    exact: bool = False


def marks(text: str, clauses: Clauses, analyzer: Analyzer) -> Marks:
    """Return the code-point spans of ``text`` that match, ascending, phrases in one piece."""
    found, exact = _matches(text, clauses, analyzer)
    return spans(exact + [occurrence for _, occurrence in found])


def _matches(
    text: str, clauses: Clauses, analyzer: Analyzer
) -> tuple[list[tuple[int, Occurrence]], list[Occurrence]]:
    """Return (number of the clause, where) for every match, and where the exact phrase stands."""
    if not text or not clauses.words:
        return [], []
    table = TokenTable(analyzer.tokens(text))
    found = [
        (number, occurrence)
        for number, clause in enumerate(clauses.words)
        for occurrence in occurrences(clause, table)
    ]
    return found, occurrences(clauses.exact, table) if clauses.exact is not None else []


def spans(found: Sequence[Occurrence]) -> Marks:
    """Join occurrences that overlap; a word inside a phrase is part of the phrase's mark."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted({(occurrence.start, occurrence.end) for occurrence in found}):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def passages(
    body: str, clauses: Clauses, analyzer: Analyzer, wanted: int | None, line_at: Callable[[int], int]
) -> tuple[Passage, ...]:
    """Return up to ``wanted`` sentences of ``body`` that match (None: all of them), in the order of the text.

    ``line_at`` gives the line of the file for an offset into the body.
    """
    if wanted == 0:
        return ()
    candidates = _candidates(body, *_matches(body, clauses, analyzer))
    chosen = candidates if wanted is None else _choose(candidates, wanted)
    return tuple(_passage(body, candidate, line_at) for candidate in chosen)


def whole(
    body: str, clauses: Clauses, analyzer: Analyzer, line_at: Callable[[int], int]
) -> tuple[Passage, ...]:
    """Return every paragraph of ``body`` with its marks: the article as one reads it."""
    found, exact = _matches(body, clauses, analyzer)
    everything = exact + [occurrence for _, occurrence in found]
    pieces = []
    for number, (start, end) in enumerate(paragraphs(body), 1):
        inside = [one for one in everything if start <= one.start < end]
        is_exact = any(start <= one.start < end for one in exact)
        pieces.append(_passage(body, Candidate(number, start, end, inside, exact=is_exact), line_at))
    return tuple(pieces)


def _passage(body: str, candidate: Candidate, line_at: Callable[[int], int]) -> Passage:
    start, end = candidate.start, candidate.end
    shifted = tuple((a - start, min(b, end) - start) for a, b in spans(candidate.found))
    return Passage(candidate.paragraph, line_at(start), body[start:end], shifted, candidate.exact)


def _candidates(body: str, found: list[tuple[int, Occurrence]], exact: list[Occurrence]) -> list[Candidate]:
    """Return the sentences that hold a match, ascending; a match belongs to the sentence it starts in."""
    everything = sorted([(o.start, number, o) for number, o in found] + [(o.start, -1, o) for o in exact])
    candidates: list[Candidate] = []
    at = 0
    for number, (start, end) in enumerate(paragraphs(body), 1):
        if at < len(everything) and everything[at][0] < end:
            for first, last in sentences(body[start:end]):
                sentence = Candidate(number, start + first, start + last)
                while at < len(everything) and everything[at][0] < sentence.end:
                    _take(sentence, everything[at][1], everything[at][2])
                    at += 1
                if sentence.found:
                    candidates.append(sentence)
    return candidates


def _take(sentence: Candidate, clause: int, occurrence: Occurrence) -> None:
    sentence.found.append(occurrence)
    if clause < 0:
        sentence.exact = True
    else:
        sentence.covered.add(clause)


def _choose(candidates: list[Candidate], wanted: int) -> list[Candidate]:
    chosen: list[Candidate] = []
    shown: set[int] = set()
    left = list(candidates)
    while left and len(chosen) < wanted:
        best = max(left, key=lambda one: _worth(one, shown))
        left.remove(best)
        chosen.append(best)
        shown |= best.covered
    return sorted(chosen, key=lambda one: one.start)


def _worth(candidate: Candidate, shown: set[int]) -> tuple[bool, int, int, int, int]:
    new = len(candidate.covered - shown)
    return candidate.exact, new, len(candidate.covered), len(candidate.found), -candidate.start
