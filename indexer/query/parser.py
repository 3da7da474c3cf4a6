"""How do the words and signs of a query belong together?

A loop with an explicit stack (NOT binds first, then AND, then OR; words side by side are joined by AND), so
that no nesting can exhaust the interpreter's stack. User text never raises: what is unbalanced is closed, an
operator without an operand is left out, and a note says so. Only the limits refuse.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.errors import QueryError
from indexer.limits import LIMITS, Limits
from indexer.query.lexer import Lexeme, lexemes
from indexer.query.syntax import And, Everything, Node, Not, Or, Phrase, Word

MAX_DEPTH = 64


class Parsed(NamedTuple):
    """What was typed: the ``tree``, and ``notes``, one line for each repair."""

    tree: Node
    notes: tuple[str, ...] = ()

    @property
    def plain(self) -> tuple[str, ...]:
        """The words of a query of plain words side by side, in order; empty for any other query."""
        parts = self.tree.parts if isinstance(self.tree, And) else (self.tree,)
        words = tuple(
            part.text for part in parts if isinstance(part, Word) and not part.exact and not part.wild
        )
        return words if len(words) == len(parts) else ()


@dataclass(slots=True)
class _Group:
    """One open bracket: alternatives that OR parts, each a list of what AND joins."""

    column: int = -1
    negated: bool = False  # an odd number of NOTs wait for their operand
    exact: bool = False  # a = waits for its word
    prefix: str = ""  # the last NOT, - or = that waits, to be named when nothing follows
    operator: Lexeme | None = None  # an AND or OR that waits for its right side
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])


def parse(query: str, limits: Limits = LIMITS) -> Parsed:
    """Return what ``query`` says; an empty one means every article.

    Raises QueryError where it is longer or deeper than the limits allow, or holds signs only.

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
            self.close()
        tree = self.finish(self.stack[0])
        if tree is None and query.strip():
            raise QueryError(f"{query.strip()} leaves nothing to search for. Type a word, or * for all.")
        return Parsed(tree if tree is not None else Everything(), tuple(self.notes))

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def on_word(self, lexeme: Lexeme) -> None:
        exact = self.stack[-1].exact
        if lexeme.wild and not exact and not any(sign.isalnum() for sign in lexeme.text):
            self.add(Everything(), lexeme)
        else:
            self.add(Word(lexeme.text, exact, lexeme.wild), lexeme)

    def on_phrase(self, lexeme: Lexeme) -> None:
        if not lexeme.closed:
            self.note("a quote was not closed: read as if it ended with the query")
        words = tuple(lexeme.text.split())
        if words:
            self.add(Phrase(words), lexeme)
        else:
            self.note("empty quotes were left out")

    def on_exact(self, lexeme: Lexeme) -> None:
        self.stack[-1].exact, self.stack[-1].prefix = True, lexeme.text

    def on_not(self, lexeme: Lexeme) -> None:
        self.stack[-1].negated, self.stack[-1].prefix = not self.stack[-1].negated, lexeme.text

    def on_and(self, lexeme: Lexeme) -> None:
        self.operator(lexeme)

    def on_or(self, lexeme: Lexeme) -> None:
        self.operator(lexeme)

    def operator(self, lexeme: Lexeme) -> None:
        group = self.stack[-1]
        if group.operator is not None or not group.alternatives[-1]:
            self.note(f"{lexeme.text} without words on both sides was left out")
        else:
            group.operator = lexeme

    def on_open(self, lexeme: Lexeme) -> None:
        if len(self.stack) > MAX_DEPTH:
            raise QueryError(f"brackets are nested deeper than {MAX_DEPTH}.", lexeme.column)
        self.stack.append(_Group(lexeme.column))

    def on_close(self, lexeme: Lexeme) -> None:
        if len(self.stack) == 1:
            self.note("a closing bracket without an opening one was left out")
        else:
            self.close()

    def close(self) -> None:
        group = self.stack.pop()
        node = self.finish(group)
        if node is None:
            self.note("empty brackets were left out")
        else:
            self.add(node, Lexeme("open", "(", group.column))

    def add(self, node: Node, lexeme: Lexeme) -> None:
        """Join ``node`` to the open group, under the NOT in front of it and by the operator before it."""
        group = self.stack[-1]
        self.clauses += 1
        if self.clauses > self.limits.query_clauses:
            most = f"more than {self.limits.query_clauses:,} words"
            raise QueryError(f"{most}. Shorten the query.", lexeme.column)
        if group.operator is not None and group.operator.kind == "or":
            group.alternatives.append([])
        group.operator = None
        if group.negated:
            node = node.part if isinstance(node, Not) else Not(node)
        group.negated, group.exact, group.prefix = False, False, ""
        group.alternatives[-1].append(node)

    def finish(self, group: _Group) -> Node | None:
        """Return the tree of a group whose bracket has closed, None where nothing was in it."""
        if group.operator is not None:
            self.note(f"{group.operator.text} without words on both sides was left out")
        if group.prefix:
            self.note(f"{group.prefix} without a word behind it was left out")
        sides = [_joined(And, side) for side in group.alternatives if side]
        return _joined(Or, sides) if sides else None


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """Return ``parts`` under one node, nested ones of the same kind taken in."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
