"""How do the words and signs of a query belong together?

A loop with an explicit stack, so that no nesting can exhaust the interpreter's stack. ``w/5`` and its
kind bind first, then NOT, then AND, then OR; words side by side are joined by AND. What is unbalanced is
closed, an operator without an operand is left out, and a note says so. Refused are only what cannot be
meant and what passes a limit.
"""

from __future__ import annotations

from indexer.errors import QueryError
from indexer.limits import LIMITS, Limits
from indexer.query import operands
from indexer.query.lexer import Lexeme, Suffix, lexemes
from indexer.query.rewriting import joined
from indexer.query.syntax import FIELDS, And, AtLeast, Everything, Field, Node, Not, Or, Word

NODES_DEEP = 2  # levels of nodes for each level of brackets


class Parsed:
    """What was typed: the ``tree``, and ``notes``, one line for each repair."""

    __slots__ = ("notes", "tree")

    def __init__(self, tree: Node, notes: tuple[str, ...] = ()) -> None:
        self.tree = tree
        self.notes = notes

    @property
    def plain(self) -> tuple[str, ...]:
        """The words of a query of plain words side by side, in order; empty for any other query."""
        parts = self.tree.parts if isinstance(self.tree, And) else (self.tree,)
        words = tuple(part.text for part in parts if isinstance(part, Word) and part == Word(part.text))
        return words if len(words) == len(parts) else ()


class _Group:
    """One open bracket: alternatives that OR parts, each a list of what AND joins.

    The operand that came last waits outside of them, for a ``w/5`` may follow it.
    """

    def __init__(self, lexeme: Lexeme | None = None, count: int = 0) -> None:
        self.lexeme = lexeme
        self.count = count  # of atleast3(
        self.alternatives: list[list[Node]] = [[]]
        self.depth = 0  # of the deepest node so far
        self.last: Node | None = None
        self.last_negated = False
        self.operator: Lexeme | None = None  # an AND, OR or w/5 that waits for its right side
        self.waiting: list[Lexeme] = []  # NOT, = and headline: that wait for their operand

    def waits(self, kind: str) -> bool:
        return any(lexeme.kind == kind for lexeme in self.waiting)

    def settle(self) -> None:
        """Take the last operand in, under the NOT in front of it."""
        if self.last is None:
            return
        node = self.last
        if self.last_negated:
            node = node.part if isinstance(node, Not) else Not(node)
        self.alternatives[-1].append(node)
        self.last = None


def parse(query: str, limits: Limits = LIMITS) -> Parsed:
    """Return what ``query`` says; an empty one means every article.

    Raises QueryError, with the column where there is one, for what cannot be meant and for what passes a
    limit; DateError for a date that is none.

    >>> str(parse('gaza -"cease fire" OR (truce').tree)
    'gaza NOT "cease fire" OR truce'
    """
    if len(query) > limits.query_characters:
        raise QueryError(
            f"the query has {len(query):,} characters, the limit is {limits.query_characters:,}. Shorten it."
        )
    return _Parser(limits).parse(query)


class _Parser:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.stack = [_Group()]
        self.notes: list[str] = []
        self.clauses = 0

    def parse(self, query: str) -> Parsed:
        for lexeme in lexemes(query):
            getattr(self, "on_" + lexeme.kind)(lexeme)
        while len(self.stack) > 1:
            self.note("a bracket was not closed: read as if it ended with the query")
            self.close(None)
        tree = self.finish(self.stack[0])
        if tree is None and query.strip():
            raise QueryError(f"{query.strip()} leaves nothing to search for. Type a word, or * for all.")
        return Parsed(tree if tree is not None else Everything(), tuple(self.notes))

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def on_word(self, lexeme: Lexeme) -> None:
        exact = self.stack[-1].waits("exact")
        self.add(operands.word(lexeme, exact, self.limits, self.note), lexeme.column, lexeme.boost)

    def on_phrase(self, lexeme: Lexeme) -> None:
        phrase = operands.phrase(lexeme, self.limits, self.note)
        if phrase is not None:
            self.add(phrase, lexeme.column, lexeme.boost)

    def on_date(self, lexeme: Lexeme) -> None:
        self.add(operands.days(lexeme, self.note), lexeme.column, lexeme.boost)

    def on_unknown(self, lexeme: Lexeme) -> None:
        name = lexeme.text
        if name.lower() in FIELDS:
            self.note(f"{name}: was searched for as text: write what is looked for right behind the colon")
        else:
            known = ", ".join(FIELDS)
            self.note(f"{name}: is not a field and was searched for as text; fields are {known}")

    def on_field(self, lexeme: Lexeme) -> None:
        self.stack[-1].waiting.append(lexeme)

    on_exact = on_not = on_field

    def on_and(self, lexeme: Lexeme) -> None:
        """Note the operator of the operands on both its sides; without the left one it is left out."""
        group = self.stack[-1]
        if group.operator is not None or group.last is None or group.waiting:
            self.note(f"{lexeme.text} without words on both sides was left out")
        else:
            group.operator = lexeme

    on_or = on_near = on_and

    def on_open(self, lexeme: Lexeme, count: int = 0) -> None:
        if len(self.stack) > self.limits.query_depth:
            raise QueryError(f"brackets are nested deeper than {self.limits.query_depth}.", lexeme.column)
        self.stack.append(_Group(lexeme, count))

    def on_atleast(self, lexeme: Lexeme) -> None:
        count, most = operands.figure(lexeme.text), self.limits.mentions
        if not 1 <= count <= most:
            raise QueryError(f"atleast{lexeme.text}: mentions are counted from 1 to {most:,}.", lexeme.column)
        self.on_open(lexeme, count)

    def on_close(self, lexeme: Lexeme) -> None:
        if len(self.stack) == 1:
            self.note("a closing bracket without an opening one was left out")
            return
        if lexeme.about is not None:
            self.note("~ belongs behind a word or quotes and was left out behind a bracket")
        self.close(lexeme.boost)

    def close(self, boost: Suffix | None) -> None:
        group = self.stack.pop()
        node = self.finish(group)
        column = group.lexeme.column if group.lexeme else 0
        if node is None:
            self.note("empty brackets were left out")
            return
        if group.count:
            operands.require_place(f"atleast{group.count}", node, column)
            node = AtLeast(node, group.count)
        self.add(node, column, boost, group.depth + 1)

    def add(self, node: Node, column: int, boost: Suffix | None, depth: int = 1) -> None:
        """Join ``node`` to the open group, under what waits in front of it and by the operator before it."""
        group = self.stack[-1]
        self.clauses += 1
        if self.clauses > self.limits.query_clauses:
            most = f"more than {self.limits.query_clauses:,} words"
            raise QueryError(f"{most}. Shorten the query.", column)
        negated, node = self.under_waiting(group, node)
        node = operands.boosted(node, boost, self.limits)
        if group.operator is not None and group.operator.kind == "near":
            node = Not(node) if negated else node
            assert group.last is not None
            group.last = operands.beside(group.last, group.operator, node, self.limits)
            depth = max(depth, group.depth) + 1
        else:
            group.settle()
            if group.operator is not None and group.operator.kind == "or":
                group.alternatives.append([])
            group.last, group.last_negated = node, negated
        group.operator = None
        self.deepen(group, depth, column)

    def under_waiting(self, group: _Group, node: Node) -> tuple[bool, Node]:
        """Whether ``node`` is excluded, and ``node`` in the field it is looked for in."""
        if group.waits("exact") and not isinstance(node, Word):
            self.note("= belongs in front of a word and was left out")
        for lexeme in reversed(group.waiting):
            if lexeme.kind == "field":
                node = Field(lexeme.text, node)
        negated = sum(lexeme.kind == "not" for lexeme in group.waiting) % 2 == 1
        group.waiting = []
        return negated, node

    def deepen(self, group: _Group, depth: int, column: int) -> None:
        group.depth = max(group.depth, depth)
        most = self.limits.query_depth
        if group.depth > NODES_DEEP * most:
            raise QueryError(f"the query is nested deeper than {most}.", column)

    def finish(self, group: _Group) -> Node | None:
        """Return the tree of a group whose bracket has closed, None where nothing was in it."""
        if group.operator is not None:
            self.note(f"{group.operator.text} without words on both sides was left out")
        for lexeme in group.waiting:
            sign = f"{lexeme.text}:" if lexeme.kind == "field" else lexeme.text
            self.note(f"{sign} without a word behind it was left out")
        group.settle()
        sides = [joined(And, side) for side in group.alternatives if side]
        return joined(Or, sides) if sides else None
