"""Which tree of questions is what the reader typed?

``words`` turns words into trees, ``placing`` what stands between them; here the tree as typed is walked,
and what an article has to show for each part of it is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.spellings import typed_in_capitals
from indexer.errors import QueryError
from indexer.limits import LIMITS, Limits
from indexer.query import nodes, placing
from indexer.query.keywords import Keyword
from indexer.query.nodes import Query
from indexer.query.parser import Parsed
from indexer.query.placed import Placed, Side, has_place
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
        tree: Query,
        clauses: tuple[Query, ...],
        exact: Query | None,
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


def tree_of(node: Node, text: str, analyzer: Analyzer) -> Query | None:
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
        self.clauses: list[Query] = []
        self.excluding = False

    def tree(self, node: Node) -> Query | None:
        """Return the tree of ``node``; None where it has nothing to look for."""
        if isinstance(node, Word | Phrase):
            return join(nodes.And, self.branches((node,), any_word=False))
        found: Query | None = getattr(self, "of_" + type(node).__name__)(node)
        return found

    def of_And(self, node: And) -> Query | None:
        wanted = self.branches([part for part in node.parts if not isinstance(part, Not)], any_word=False)
        tree = join(nodes.And, wanted)
        banned = [part for part in node.parts if isinstance(part, Not)]
        return self.without(tree, banned) if banned else tree

    def of_Or(self, node: Or) -> Query | None:
        return join(nodes.Or, self.branches(node.parts, any_word=True))

    def of_Not(self, node: Not) -> Query | None:
        return self.without(None, [node])

    def without(self, tree: Query | None, banned: Sequence[Not]) -> Query | None:
        """Return ``tree`` (None: everything) without what is banned.

        AndNot, since And([a, Not(b)]) would add a constant to every score.
        """
        before, self.excluding = self.excluding, True
        trees = [found for part in banned if (found := self.tree(part.part)) is not None]
        self.excluding = before
        if not trees:
            return tree
        return reduce(nodes.AndNot, trees, everything() if tree is None else tree)

    def of_Everything(self, node: Everything) -> Query:
        return everything()

    def of_Days(self, node: Days) -> Query:
        if node.text.lower() == NO_DATE:
            return nodes.AndNot(everything(), nodes.Every("day", boost=0.0))
        return _days(node)

    def of_Boosted(self, node: Boosted) -> Query | None:
        tree = self.tree(node.part)
        return None if tree is None else placing.boosted(tree, node.factor)

    def of_Near(self, node: Near) -> Query | None:
        known = len(self.clauses)
        left, right = self.tree(node.left), self.tree(node.right)
        if left is None or right is None:
            return right if left is None else left
        tree = placing.near(left, right, node.distance, node.ordered)
        return self.shown_by_sides(join(nodes.Or, [tree, *self.one_word(node)]), known)

    def one_word(self, node: Near) -> list[Query]:
        """Return the spellings in which two plain words near each other are one: ``ceasefire``."""
        words = [
            part.text
            for part in (node.left, node.right)
            if isinstance(part, Word) and part == Word(part.text)
        ]
        if len(words) < 2:
            return []
        rows = self.words.phrase_rows(words, exact=False)
        return [nodes.Term(STEMS, row[0]) for row in rows if len(row) == 1]

    def of_Within(self, node: Within) -> Query | None:
        known = len(self.clauses)
        parts = [found for part in node.parts if (found := self.tree(part)) is not None]
        if len(parts) < 2:
            return parts[0] if parts else None
        return self.shown_by_sides(placing.within(parts, node.unit), known)

    def of_AtLeast(self, node: AtLeast) -> Query | None:
        known = len(self.clauses)
        tree = self.tree(node.part)
        return None if tree is None else self.shown_by_sides(placing.at_least(tree, node.count), known)

    def of_Field(self, node: Field) -> Query | None:
        if node.name in KEYWORDS:
            return self.keyword(node.name, node.part)
        known = len(self.clauses)
        tree = self.tree(node.part)
        return None if tree is None else self.shown_by_sides(placing.in_section(tree, node.name), known)

    def keyword(self, name: str, node: Node) -> Query | None:
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
            return None if banned is None else nodes.AndNot(everything(), banned)
        if isinstance(node, And | Or):
            kind = nodes.And if isinstance(node, And) else nodes.Or
            parts = [self.keyword(name, part) for part in node.parts]
            return join(kind, [part for part in parts if part is not None])
        return self.tree(node)

    def branches(self, parts: Sequence[Node], any_word: bool) -> list[Query]:
        """Return a tree for each part, runs of plain words read together."""
        found: list[Query] = []
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

    def run(self, run: Sequence[str], any_word: bool) -> Iterator[Query]:
        """Yield the trees of plain words side by side, those without letters or digits left out."""
        for span, tree in self.words.spans(run, any_word) if run else ():
            if tree is None:
                self.leave_out(run[span.first])
            else:
                self.show(tree)
                yield tree

    def leaf(self, part: Word | Phrase) -> Query | None:
        tree = self.words.phrase(part) if isinstance(part, Phrase) else self.words.special(part)
        if tree is None:
            self.leave_out(str(part))
        return self.shown_by_sides(tree, len(self.clauses))

    def show(self, tree: Query) -> None:
        """Remember what an article shows when it is found by ``tree``; what is excluded shows nothing."""
        if not self.excluding:
            self.clauses.append(tree)

    def shown_by_sides(self, tree: Query | None, known: int) -> Query | None:
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


def everything() -> Query:
    """Return every article, which is no merit of any."""
    return nodes.Every(boost=0.0)


def _days(node: Days) -> Query:
    from indexer.query.dates import FIRST_DAY, LAST_DAY, parse_period, today

    first, last = parse_period(node.text, today())
    low = FIRST_DAY if node.name == "until" else first
    high = LAST_DAY if node.name == "since" else last
    return nodes.NumericRange("day", low, high, boost=0.0)


def _keyword(name: str, text: str) -> Query:
    if name == "id":
        return Keyword(name, f"{text}*")
    if name == "path":
        text = text.removeprefix("seeds/")
        return Keyword(name, text if "*" in text or "?" in text else f"{text}*")
    return Keyword(name, text)


def _with_place(tree: Query) -> Iterator[Query]:
    """Yield the questions of place in ``tree``, and the words beside them."""
    if has_place(tree) and not (isinstance(tree, nodes.Or) and _asks_for_place(tree)):
        yield tree
    elif isinstance(tree, nodes.And | nodes.Or):
        for part in tree.subqueries:
            yield from _with_place(part)
    elif isinstance(tree, nodes.AndNot):
        yield from _with_place(tree.a)


def _asks_for_place(tree: Query) -> bool:
    if isinstance(tree, nodes.Or):
        return any(map(_asks_for_place, tree.subqueries))
    return isinstance(tree, Placed)
