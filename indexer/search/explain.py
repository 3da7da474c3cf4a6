"""How was this query understood, and why did its hits come in this order?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from indexer.analysis.analyzer import Analyzer
from indexer.codec.terms import decode, encode
from indexer.query.build import Meaning, tree_of
from indexer.query.keywords import Keyword
from indexer.query.nodes import Pattern, Phrase, Query, Term
from indexer.query.rewriting import excluded, things
from indexer.query.syntax import Node
from indexer.search.collector import Match
from indexer.search.evaluator import Evaluator
from indexer.search.expansion import variants
from indexer.search.part import STEMS, Part
from indexer.search.results import Explanation, Points, Told, Way
from indexer.search.scoring import points

if TYPE_CHECKING:
    from indexer.query.dates import Period

MOST_WORDS = 12  # shown of those that one stands for
MOST_WAYS = 12


class Watch:
    """Time and reading since it was started."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._start = perf_counter()
        self._read = self._reading()

    def _reading(self) -> tuple[int, int, int]:
        tallies = [part.tally for part in self._parts]
        return sum(t.lists for t in tallies), sum(t.postings for t in tallies), sum(t.tokens for t in tallies)

    def stop(self) -> tuple[float, int, int, int]:
        """Return the seconds, and the lists, postings and tokens read."""
        seconds = perf_counter() - self._start
        lists, postings, tokens = (now - then for now, then in zip(self._reading(), self._read, strict=True))
        return seconds, lists, postings, tokens


def explain(
    evaluator: Evaluator,
    meaning: Meaning,
    period: Period | None,
    on_page: Sequence[Match],
    watched: tuple[float, int, int, int],
    analyzer: Analyzer,
) -> Explanation:
    """Return how ``meaning`` was understood and the matches of one page were scored."""
    wanted = dict.fromkeys(things(meaning.typed))
    banned = dict.fromkeys(excluded(meaning.typed))
    told = [_told(node, False, evaluator, meaning, period, analyzer) for node in wanted]
    told += [_told(node, True, evaluator, meaning, period, analyzer) for node in banned]
    statistics = evaluator.statistics
    scores = tuple(_points(evaluator, meaning, match) for match in on_page)
    return Explanation(
        str(meaning.typed), tuple(told), scores, statistics.average, statistics.k1, statistics.b, *watched
    )


def _points(evaluator: Evaluator, meaning: Meaning, match: Match) -> tuple[Points, ...]:
    part = next(part for part in reversed(evaluator.parts) if part.base <= match.doc)
    return points(meaning.tree, part, match.doc - part.base, evaluator.statistics) if meaning.clauses else ()


def _told(
    node: Node,
    banned: bool,
    evaluator: Evaluator,
    meaning: Meaning,
    period: Period | None,
    analyzer: Analyzer,
) -> Told:
    tree = tree_of(node, meaning.text, analyzer)
    if tree is None:
        return Told(str(node), banned, 0, ())
    ways = dict.fromkeys(way for leaf in tree.leaves() if (way := _way(leaf, evaluator)) is not None)
    return Told(str(node), banned, evaluator.count(tree, period), tuple(ways)[:MOST_WAYS])


def _way(leaf: Query, evaluator: Evaluator) -> Way | None:
    """What a leaf of the tree looks for, None for dates."""
    parts = evaluator.parts
    if isinstance(leaf, Term):
        text = leaf.text
        if leaf.fieldname == STEMS:
            return _listed("any form", _forms(text, parts))
        return Way("as written", ((text, evaluator.count(leaf, None)),))
    if isinstance(leaf, Phrase):
        how = "phrase in any form" if leaf.fieldname == STEMS else "phrase as written"
        return Way(how, ((" ".join(leaf.words), evaluator.count(leaf, None)),))
    if isinstance(leaf, Keyword):
        return Way("value", ((leaf.pattern, evaluator.count(leaf, None)),))
    if isinstance(leaf, Pattern):
        return _listed("stands for", _expanded(leaf, parts))
    return None


def _listed(how: str, counts: Counter[str]) -> Way:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Way(how, tuple(ranked[:MOST_WORDS]), max(0, len(ranked) - MOST_WORDS))


def _forms(stem: str, parts: Sequence[Part]) -> Counter[str]:
    """The forms of a stem and the documents of each, deleted ones included."""
    counts: Counter[str] = Counter()
    for part in parts:
        families = part.segment.families
        family = families.of_stem(encode(stem))
        for form in families.members(family) if family >= 0 else ():
            if form < len(families.forms):
                counts[decode(families.forms[form])] += part.segment.form_counts(form)[0]
    return counts


def _expanded(leaf: Pattern, parts: Sequence[Part]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for form, count in _frequencies(leaf, parts):
        counts[form] += count
    return counts


def _frequencies(leaf: Pattern, parts: Sequence[Part]) -> Iterator[tuple[str, int]]:
    for part in parts:
        lists = variants(leaf, part)
        yield from zip(map(decode, lists.terms()), lists.frequencies.tolist(), strict=True)
