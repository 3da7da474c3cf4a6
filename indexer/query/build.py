"""Which Whoosh query tree is what the reader typed?

``words`` turns words into trees, ``placing`` what stands between them; here the tree as typed is walked,
and what an article has to show for each part of it is remembered.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from whoosh import query as wq

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.spellings import typed_in_capitals
from indexer.errors import QueryError
from indexer.limits import LIMITS, Limits
from indexer.query import placing
from indexer.query.nodes import Keyword, Placed, Side, has_place
from indexer.query.parser import Parsed
from indexer.query.syntax import (
    KEYWORDS,
    NO_DATE,
    And,
    AtLeast,
    Boosted,
    Days,
    Everything,
    Field,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Within,
    Word,
)
from indexer.query.words import STEMS, WordTrees, join


class Meaning:
    """A query as understood, to be run over an index and over a text."""

    def __init__(
        self,
        text: str,
        tree: wq.Query,
        clauses: tuple[wq.Query, ...],
        exact: wq.Query | None,
        notes: tuple[str, ...],
        typed: Node,
        any_word: bool,
    ) -> None:
        self.text = text
        self.tree = tree
        self.clauses = clauses  # one for each thing typed that an article must or may hold
        self.exact = exact  # several plain words: the same words as one phrase, as written
        self.notes = notes
        self.typed = typed
        self.any_word = any_word


def build(
    text: str, parsed: Parsed, analyzer: Analyzer, any_word: bool = False, limits: Limits = LIMITS
) -> Meaning:
    """Return the meaning of ``text``, parsed; ``any_word`` joins by OR what stands side by side.

    Raises QueryError where nothing in it can be searched for, or too much.
    """
    builder = _Builder(WordTrees(analyzer, typed_in_capitals(text), any_word), list(parsed.notes))
    tree = builder.tree(_loosened(parsed.tree) if any_word else parsed.tree)
    if tree is None:
        raise QueryError(f"{text.strip()} has no letters or digits: there is nothing to search for.")
    if sum(isinstance(part, Placed) for part in _with_place(tree)) > limits.query_clauses:
        raise QueryError(
            f"more than {limits.query_clauses:,} pairs of words near each other. Shorten the query."
        )
    words = tuple(word for word in parsed.plain if builder.words.exact_rows(word))
    exact = None if any_word or len(words) < 2 else builder.words.phrase(Phrase(words))
    return Meaning(text, tree, tuple(builder.clauses), exact, tuple(builder.notes), parsed.tree, any_word)


def tree_of(node: Node, text: str, analyzer: Analyzer) -> wq.Query | None:
    """Return the tree of a part of the query ``text``; None where it has nothing to look for."""
    return _Builder(WordTrees(analyzer, typed_in_capitals(text)), []).tree(node)


def _loosened(tree: Node) -> Node:
    """Return the tree with the words at its top joined by OR; what excludes or limits goes on doing so."""
    if not isinstance(tree, And):
        return tree
    firm = tuple(part for part in tree.parts if _is_firm(part))
    wanted = tuple(part for part in tree.parts if not _is_firm(part))
    either = Or(wanted) if len(wanted) > 1 else And(wanted)
    return And((either, *firm)) if wanted else tree


def _is_firm(part: Node) -> bool:
    return isinstance(part, Not | Days) or (isinstance(part, Field) and part.name in KEYWORDS)


class _Builder:
    def __init__(self, words: WordTrees, notes: list[str]) -> None:
        self.words = words
        self.notes = notes
        self.clauses: list[wq.Query] = []
        self.excluding = False

    def tree(self, node: Node) -> wq.Query | None:
        """Return the Whoosh tree of ``node``; None where it has nothing to look for."""
        if isinstance(node, Word | Phrase):
            return join(wq.And, self.branches((node,), any_word=False))
        found: wq.Query | None = getattr(self, "of_" + type(node).__name__)(node)
        return found

    def of_And(self, node: And) -> wq.Query | None:
        wanted = self.branches([part for part in node.parts if not isinstance(part, Not)], any_word=False)
        tree = join(wq.And, wanted)
        banned = [part for part in node.parts if isinstance(part, Not)]
        return self.without(tree, banned) if banned else tree

    def of_Or(self, node: Or) -> wq.Query | None:
        return join(wq.Or, self.branches(node.parts, any_word=True))

    def of_Not(self, node: Not) -> wq.Query | None:
        return self.without(None, [node])

    def without(self, tree: wq.Query | None, banned: Sequence[Not]) -> wq.Query | None:
        """Return ``tree`` (None: everything) without what is banned.

        AndNot, since And([a, Not(b)]) would add a constant to every score.
        """
        before, self.excluding = self.excluding, True
        trees = [found for part in banned if (found := self.tree(part.part)) is not None]
        self.excluding = before
        if not trees:
            return tree
        return reduce(wq.AndNot, trees, everything() if tree is None else tree)

    def of_Everything(self, node: Everything) -> wq.Query:
        return everything()

    def of_Days(self, node: Days) -> wq.Query:
        if node.text.lower() == NO_DATE:
            return wq.AndNot(everything(), wq.Every("day", boost=0.0))
        return _days(node)

    def of_Boosted(self, node: Boosted) -> wq.Query | None:
        tree = self.tree(node.part)
        return None if tree is None else placing.boosted(tree, node.factor)

    def of_Near(self, node: Near) -> wq.Query | None:
        known = len(self.clauses)
        left, right = self.tree(node.left), self.tree(node.right)
        if left is None or right is None:
            return right if left is None else left
        tree = placing.near(left, right, node.distance, node.ordered)
        return self.shown_by_sides(join(wq.Or, [tree, *self.one_word(node)]), known)

    def one_word(self, node: Near) -> list[wq.Query]:
        """Return the spellings in which two plain words near each other are one: ``ceasefire``."""
        words = [
            part.text
            for part in (node.left, node.right)
            if isinstance(part, Word) and part == Word(part.text)
        ]
        if len(words) < 2:
            return []
        rows = self.words.phrase_rows(words, exact=False)
        return [wq.Term(STEMS, row[0]) for row in rows if len(row) == 1]

    def of_Within(self, node: Within) -> wq.Query | None:
        known = len(self.clauses)
        parts = [found for part in node.parts if (found := self.tree(part)) is not None]
        if len(parts) < 2:
            return parts[0] if parts else None
        return self.shown_by_sides(placing.within(parts, node.unit), known)

    def of_AtLeast(self, node: AtLeast) -> wq.Query | None:
        known = len(self.clauses)
        tree = self.tree(node.part)
        return None if tree is None else self.shown_by_sides(placing.at_least(tree, node.count), known)

    def of_Field(self, node: Field) -> wq.Query | None:
        if node.name in KEYWORDS:
            return self.keyword(node.name, node.part)
        known = len(self.clauses)
        tree = self.tree(node.part)
        return None if tree is None else self.shown_by_sides(placing.in_section(tree, node.name), known)

    def keyword(self, name: str, node: Node) -> wq.Query | None:
        """Return the tree of values joined as words are; what else stands behind the colon is itself."""
        if isinstance(node, Everything):
            return Keyword(name, "*")
        if isinstance(node, Word | Phrase):
            text = node.text if isinstance(node, Word) else " ".join(node.words)
            return _keyword(name, text)
        if isinstance(node, Boosted):
            return self.keyword(name, node.part)
        if isinstance(node, Not):
            banned = self.keyword(name, node.part)
            return None if banned is None else wq.AndNot(everything(), banned)
        if isinstance(node, And | Or):
            kind = wq.And if isinstance(node, And) else wq.Or
            parts = [self.keyword(name, part) for part in node.parts]
            return join(kind, [part for part in parts if part is not None])
        return self.tree(node)

    def branches(self, parts: Sequence[Node], any_word: bool) -> list[wq.Query]:
        """Return a tree for each part, runs of plain words read together."""
        found: list[wq.Query] = []
        run: list[str] = []
        for part in [*parts, None]:
            if isinstance(part, Word) and part == Word(part.text):
                run.append(part.text)
                continue
            found.extend(self.run(run, any_word))
            run = []
            tree = self.leaf(part) if isinstance(part, Word | Phrase) else self.tree(part) if part else None
            if tree is not None:
                found.append(tree)
        return found

    def run(self, run: Sequence[str], any_word: bool) -> Iterator[wq.Query]:
        """Yield the trees of plain words side by side, those without letters or digits left out."""
        for span, tree in self.words.spans(run, any_word) if run else ():
            if tree is None:
                self.leave_out(run[span.first])
            else:
                self.show(tree)
                yield tree

    def leaf(self, part: Word | Phrase) -> wq.Query | None:
        tree = self.words.phrase(part) if isinstance(part, Phrase) else self.words.special(part)
        if tree is None:
            self.leave_out(str(part))
        return self.shown_by_sides(tree, len(self.clauses))

    def show(self, tree: wq.Query) -> None:
        """Remember what an article shows when it is found by ``tree``; what is excluded shows nothing."""
        if not self.excluding:
            self.clauses.append(tree)

    def shown_by_sides(self, tree: wq.Query | None, known: int) -> wq.Query | None:
        """Let an article show the words of ``tree`` where they stand as it wants, instead of anywhere."""
        del self.clauses[known:]
        for part in [] if tree is None else _with_place(tree):
            if isinstance(part, Placed):
                for number in range(len(part.parts)):
                    self.show(Side([part], number))
            else:
                self.show(part)
        return tree

    def leave_out(self, text: str) -> None:
        note = f"{text} has no letters or digits and was left out"
        if note not in self.notes:
            self.notes.append(note)


def everything() -> wq.Query:
    """Return every article, which is no merit of any."""
    return wq.Every(boost=0.0)


def _days(node: Days) -> wq.Query:
    from indexer.query.dates import FIRST_DAY, LAST_DAY, parse_period, today

    first, last = parse_period(node.text, today())
    low = FIRST_DAY if node.name == "until" else first
    high = LAST_DAY if node.name == "since" else last
    return wq.NumericRange("day", low, high, boost=0.0)


def _keyword(name: str, text: str) -> wq.Query:
    if name == "id":
        return Keyword(name, f"{text}*")
    if name == "path":
        text = text.removeprefix("seeds/")
        return Keyword(name, text if "*" in text or "?" in text else f"{text}*")
    return Keyword(name, text)


def _with_place(tree: wq.Query) -> Iterator[wq.Query]:
    """Yield the questions of place in ``tree``, and the words beside them."""
    if has_place(tree) and not (isinstance(tree, wq.Or) and _asks_for_place(tree)):
        yield tree
    elif isinstance(tree, wq.And | wq.Or):
        for part in tree.subqueries:
            yield from _with_place(part)
    elif isinstance(tree, wq.AndNot):
        yield from _with_place(tree.a)


def _asks_for_place(tree: wq.Query) -> bool:
    if isinstance(tree, wq.Or):
        return any(map(_asks_for_place, tree.subqueries))
    return isinstance(tree, Placed)
