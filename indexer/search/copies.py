"""Which hits are copies of each other?

Of the matching articles that hang together by copies the earliest is a head, of one day the fullest, and
every other that is a copy of it belongs to it; of the rest the earliest is the next head, and so on. So
whatever is folded is a copy of the article that is shown. ``candidates`` finds articles that may be copies,
their texts decide (``analysis.copying``).

This depends on the texts, days and places in seeds of the matching articles alone, never on the history of
the index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.search.candidates import Candidates, Pair, Text
from indexer.search.collector import UNDATED, Match, Matches, match_of, page
from indexer.search.kernels import Array

if TYPE_CHECKING:
    from indexer.analysis.copying import Wording
    from indexer.search.evaluator import Evaluator

Place = tuple[str, int, str]
MOST_KNOWN = 100_000  # pairs of documents
AT_ONCE = 250  # documents whose copies are looked for together


class Group(NamedTuple):
    """A hit, and the documents of its copies, earliest first."""

    match: Match
    copies: tuple[int, ...] = ()


class Folded(NamedTuple):
    """One page of hits; ``total`` is the number of hits on all pages, None where nobody has counted."""

    found: list[Matches]
    groups: tuple[Group, ...]
    total: int | None


Find = Callable[[int | None], list[Matches]]
"""Finds all that matches; given a number, only so many of the best need a score."""


def fold(evaluator: Evaluator, find: Find, sort: str, limit: int, number: int) -> Folded:
    """Return page ``number`` of ``limit`` hits (0: all), copies folded.

    By relevance a group stands where the best of its articles would, by date where the one shown does.
    """
    first, last = limit * (number - 1), limit * number
    most = 2 * last + 1 if limit else None  # most often enough where some are copies
    found = find(most)
    copies = Copies(evaluator, found)
    matching = sum(len(one.docs) for one in found)
    ranked = page(found, sort, min(most or matching, matching), 1, evaluator.snapshot.id)
    groups: list[Group] = []
    for looked_at in (min(last + 1, len(ranked)) if limit else matching, len(ranked)):
        groups = copies.groups(found, ranked[:looked_at], sort)
        if len(groups) > last > 0 or looked_at == matching:
            total = len(groups) if looked_at == matching else None
            return Folded(found, tuple(groups[first : last or None]), total)
    return _fold_all(evaluator, find, sort, first, last)


def _fold_all(evaluator: Evaluator, find: Find, sort: str, first: int, last: int) -> Folded:
    found = find(None)
    copies = Copies(evaluator, found)
    matching = sum(len(one.docs) for one in found)
    most = 8 * last
    while True:
        groups = copies.groups(found, page(found, sort, min(most, matching), 1, evaluator.snapshot.id), sort)
        if len(groups) > last or most >= matching:
            return Folded(found, tuple(groups[first:last]), len(groups) if most >= matching else None)
        most *= 4


def unfolded(evaluator: Evaluator, find: Find, sort: str, limit: int, number: int) -> Folded:
    """Return the same page with every copy as a hit of its own."""
    found = find(limit * number or None)
    matches = page(found, sort, limit, number, evaluator.snapshot.id)
    return Folded(found, tuple(map(Group, matches)), sum(len(one.docs) for one in found))


class Copies:
    """The copies among what one query found."""

    def __init__(self, evaluator: Evaluator, found: Sequence[Matches]) -> None:
        self._snapshot = evaluator.snapshot
        self._known = evaluator.copies
        self._candidates = Candidates(found)
        self._day: dict[int, int] = {}  # of documents that may have copies
        self._members: dict[Text, list[int]] = {}
        self._together: dict[Text, list[Text]] = {}  # what hangs together is one list, known to all in it
        self._same: dict[tuple[Text, Text], bool] = {}
        self._wording: dict[Text, Wording] = {}
        self._places: dict[int, Place] = {}
        self._head: dict[int, int] = {}  # of every document that was looked at
        self._copies: dict[int, tuple[int, ...]] = {}  # of heads

    def groups(self, found: Sequence[Matches], ranked: Sequence[Match], sort: str) -> list[Group]:
        """Return the groups that ``ranked``, the first of all ``found``, leads to, in their order."""
        for start in range(0, len(ranked), AT_ONCE):
            some = (match.doc for match in ranked[start : start + AT_ONCE])
            self._explore(np.array([doc for doc in some if doc not in self._head], np.int64))
        groups: list[Group] = []
        shown: set[int] = set()
        for match in ranked:
            head = self._head.get(match.doc, match.doc)
            if head not in shown and (sort == "relevance" or head == match.doc):
                shown.add(head)
                copies = self._copies.get(head, ())
                groups.append(Group(match_of(found, head) if copies else match, copies))
        return groups

    def of(self, doc: int) -> list[int]:
        """Return the documents in one group with ``doc``, without itself."""
        self._explore(np.array([doc], np.int64))
        head = self._head[doc]
        return [other for other in (head, *self._copies.get(head, ())) if other != doc]

    def _explore(self, docs: Array) -> None:
        """Find all that hangs together with ``docs`` by copies, and arrange it."""
        self._head.update(zip(docs.tolist(), docs.tolist(), strict=True))
        touched: set[Text] = set()
        while len(docs):
            pairs = self._candidates.pairs(docs)
            touched.update(self._note(pairs))
            texts = dict.fromkeys((pair.text, pair.other_text) for pair in pairs)
            reached = {other for one, other in texts if self._join(one, other)}
            touched |= reached
            if len(reached) > AT_ONCE:  # to look for the copies of each would be a square of work
                break
            docs = np.array([self._members[text][0] for text in sorted(reached)], np.int64)
        for together in {id(self._together[text]): self._together[text] for text in touched}.values():
            if len(together) > 1 or len(self._members[together[0]]) > 1:
                self._arrange(together)

    def _note(self, pairs: Sequence[Pair]) -> list[Text]:
        """Remember which documents are of which texts; return the texts that are new.

        Articles of one text have the same keys, so they are all found at once.
        """
        members: dict[Text, set[int]] = {}
        for pair in pairs:
            for doc, text in (pair[:2], pair[2:]):
                if text not in self._together:
                    members.setdefault(text, set()).add(doc)
        for text, same in members.items():
            self._members[text] = sorted(same, key=self._place)
            self._day.update((doc, text.day) for doc in same)
            self._together[text] = [text]
        return list(members)

    def _join(self, one: Text, other: Text) -> bool:
        """Put two texts together if they are copies and were not yet together."""
        mine, theirs = self._together[one], self._together[other]
        if mine is theirs or not self._are_copies(one, other):
            return False
        mine += theirs
        self._together.update((text, mine) for text in theirs)
        return True

    def _arrange(self, together: list[Text]) -> None:
        """Choose the heads of what hangs together, and what belongs to each."""
        docs = {text: sorted(self._members[text], key=self._order) for text in together}
        left = sorted(together, key=lambda text: self._order(docs[text][0]))
        while left:
            head, *others = left
            own = [head, *(text for text in others if self._are_copies(head, text))]
            group = sorted((doc for text in own for doc in docs[text]), key=self._order)
            self._head.update((doc, group[0]) for doc in group)
            self._copies[group[0]] = tuple(group[1:])
            left = [text for text in others if text not in own]

    def _order(self, doc: int) -> tuple[float, int, Place]:
        """Sort by day, undated last; the fullest first; then by place."""
        one, inside = self._snapshot.place(doc)
        day = self._day[doc]
        length = one.segment.documents.column("length")[inside]
        return inf if day == UNDATED else day, -length, self._place(doc)

    def _place(self, doc: int) -> Place:
        """Return where an article stands in seeds, and its id."""
        if doc not in self._places:
            one, inside = self._snapshot.place(doc)
            segment = one.segment
            path, id = segment.paths.of(inside) or "", segment.ids.of(inside) or ""
            self._places[doc] = path, segment.documents.column("line")[inside], id
        return self._places[doc]

    def _are_copies(self, one: Text, other: Text) -> bool:
        pair = min((one, other), (other, one))
        if pair not in self._same:
            self._same[pair] = one.is_near(other) and (one.digest == other.digest or self._judge(*pair))
        return self._same[pair]

    def _judge(self, one: Text, other: Text) -> bool:
        """Let the texts decide, once for all queries."""
        docs = self._members[one][0], self._members[other][0]
        if docs not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[docs] = self._read(one, other)
        return self._known[docs]

    def _read(self, one: Text, other: Text) -> bool:
        from indexer.analysis.copying import is_copy  # most pages have no two articles that are alike

        by_day = one.day != other.day and UNDATED not in (one.day, other.day)
        places = {text: self._place(self._members[text][0]) for text in (one, other)}
        first, second = sorted(places, key=lambda text: (text.day if by_day else 0, places[text]))
        one_file = places[one][0] == places[other][0]  # where they stand in the order of time
        return is_copy(self._words(first), self._words(second), ordered=by_day or one_file)

    def _words(self, text: Text) -> Wording:
        if text not in self._wording:
            from indexer.analysis.copying import wording

            one, inside = self._snapshot.place(self._members[text][0])
            headline, _, body = one.segment.parts(inside)
            self._wording[text] = wording(headline, body)
        return self._wording[text]
