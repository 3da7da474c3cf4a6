"""Does this hit show what it was found by? Judged by its article alone, analysed anew.

Nothing of the index is believed here: sentences, words and what a query stands for are found again in the
text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.sentences import sentences
from indexer.documents.article import paragraphs
from indexer.query.nodes import AndNot, Query
from indexer.query.placed import Section, Side
from indexer.search.marking import Clauses
from indexer.search.occurrences import TokenTable, occurrences
from indexer.search.results import Hit, Marks

SHOWN = 2  # sentences


class Evidence(NamedTuple):
    """What is wrong with a hit, and whether its passages hold all words where two sentences can."""

    faults: tuple[str, ...]
    possible: bool
    covered: bool


def judge(hit: Hit, body: str, asked: Clauses, analyzer: Analyzer) -> Evidence:
    """Judge one hit of what was ``asked``. What is asked of the headline is no business of its passages."""
    clauses = [clause for clause in asked.words if not _is_outside(clause)]
    wanted = _shown_by(body, clauses, analyzer)
    sets = [_shown_by(sentence, clauses, analyzer) for sentence in _sentences(body)]
    useful = [one for one in set(map(frozenset, sets)) if one]
    possible = bool(wanted) and any(
        set().union(*some) == wanted
        for size in range(1, SHOWN + 1)
        for some in combinations(useful, min(size, len(useful)))
    )
    shown = set().union(*(_shown_by(one.text, clauses, analyzer) for one in hit.passages))
    return Evidence(tuple(_faults(hit, body, asked.trees(), analyzer)), possible, wanted <= shown)


def _faults(hit: Hit, body: str, trees: Sequence[Query], analyzer: Analyzer) -> Iterator[str]:
    pieces = [(hit.headline, hit.headline_marks), (hit.summary, hit.summary_marks)]
    pieces += [(one.text, one.marks) for one in hit.passages]
    if not any(marks for _, marks in pieces):
        yield "no mark"
    for text, marks in pieces:
        yield from _unfounded(text, marks, trees, analyzer)
    yield from _misplaced(hit, body)


def _unfounded(text: str, marks: Marks, trees: Sequence[Query], analyzer: Analyzer) -> Iterator[str]:
    """Marks whose first and last words are not what the query stands for."""
    if not marks:
        return
    tokens = analyzer.tokens(text)
    table = TokenTable(tokens)
    meant = {(one.start, one.end) for leaf in _leaves(trees) for one in occurrences(leaf, table)}
    for start, end in marks:
        starts = any(a == start for a, _ in meant)
        ends = any(b == end for _, b in meant)
        if not (starts and ends):
            yield f"mark on {text[start:end]!r}"


def _leaves(queries: Sequence[Query]) -> Iterator[Query]:
    """The words, patterns and phrases of some trees, without what they leave out."""
    for query in queries:
        if isinstance(query, AndNot):
            yield from _leaves([query.a])
        elif children := list(query.children()):
            yield from _leaves(children)
        else:
            yield query


def _is_outside(clause: Query) -> bool:
    """Whether no sentence of the body can be a match of ``clause``."""
    if isinstance(clause, Side):
        (clause,) = clause.parts
    return isinstance(clause, Section) and clause.name in ("headline", "summary")


def _misplaced(hit: Hit, body: str) -> Iterator[str]:
    """Passages that are not in the body, begin or end inside a word, or overlap."""
    stretches = []
    for passage in hit.passages:
        begin, end = paragraphs(body)[passage.paragraph - 1]
        starts = [
            begin + at for at in range(end - begin) if body.startswith(passage.text, begin + at)
        ]  # the same sentence may stand there twice, and a phrase may reach into the next paragraph
        starts = [at for at in starts if not _cuts(body, at, at + len(passage.text))] or starts
        starts = [at for at in starts if not stretches or at >= stretches[-1][1]] or starts
        if not starts:
            yield f"passage not in paragraph {passage.paragraph}: {passage.text!r}"
            continue
        stretches.append((starts[0], starts[0] + len(passage.text)))
    for start, end in stretches:
        if _cuts(body, start, end):
            yield f"passage inside a word: {body[start:end]!r}"
    if any(after[0] < before[1] for before, after in pairwise(sorted(stretches))):
        yield "passages overlap"


def _cuts(text: str, *places: int) -> bool:
    """Whether one of ``places`` is inside a word."""
    return any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in places)


def _shown_by(text: str, clauses: Sequence[Query], analyzer: Analyzer) -> set[int]:
    """The numbers of the clauses that ``text`` holds a match of."""
    table = TokenTable(analyzer.tokens(text))
    return {number for number, clause in enumerate(clauses) if occurrences(clause, table)}


def _sentences(body: str) -> Iterator[str]:
    for begin, end in paragraphs(body):
        for start, stop in sentences(body[begin:end]):
            yield body[begin + start : begin + stop]

