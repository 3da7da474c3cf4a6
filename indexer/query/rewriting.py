"""How does a query read with other words, without its dates, or thing by thing?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indexer.query.syntax import (
    SECTIONS,
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
    is_any_word,
)


def things(node: Node) -> Iterator[Node]:
    """Yield what an article must or may hold: what is asked of a place, and every word."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from things(part)
    elif isinstance(node, Boosted):
        yield from things(node.part)
    elif not isinstance(node, Not | Everything):
        yield node
        if isinstance(node, Phrase) and len(node.words) > 1:
            for place, word in enumerate(node.words):
                if not (place in node.wild and is_any_word(word)):
                    yield Word(word, exact=True, wild=place in node.wild)
        for part in _operands(node):
            yield from things(part)


def excluded(node: Node) -> Iterator[Node]:
    """Yield what an article must not hold."""
    if isinstance(node, Not):
        yield node.part
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from excluded(part)
    elif isinstance(node, Boosted | Field):
        yield from excluded(node.part)


def _operands(node: Node) -> tuple[Node, ...]:
    """What stands beside the sign of a node that asks for a place."""
    if isinstance(node, Near):
        return node.left, node.right
    if isinstance(node, Within):
        return node.parts
    if isinstance(node, AtLeast) or (isinstance(node, Field) and node.name in SECTIONS):
        return (node.part,)
    return ()


def plain_words(node: Node) -> Iterator[str]:
    """Yield the words asked for that are spelt out, in order."""
    for thing in things(node):
        if isinstance(thing, Word) and not thing.wild and not thing.edits:
            yield thing.text


def with_words(node: Node, change: Mapping[str, str]) -> Node:
    """Return ``node`` with spelt-out words that are asked for changed; one may become several."""
    if isinstance(node, Word):
        if node.wild or node.edits:
            return node
        parts = [Word(part, node.exact) for part in change.get(node.text, node.text).split()]
        return parts[0] if len(parts) == 1 else And(tuple(parts))
    if isinstance(node, Phrase):
        words = enumerate(node.words)
        changed = (word if place in node.wild else change.get(word, word) for place, word in words)
        return Phrase(tuple(changed), node.slop, node.wild)
    if isinstance(node, And | Or):
        return joined(type(node), [with_words(part, change) for part in node.parts])
    if isinstance(node, Near):
        left, right = with_words(node.left, change), with_words(node.right, change)
        return Near(left, right, node.distance, node.ordered)
    if isinstance(node, Within):
        return Within(tuple(with_words(part, change) for part in node.parts), node.unit)
    if isinstance(node, AtLeast):
        return AtLeast(with_words(node.part, change), node.count)
    if isinstance(node, Boosted):
        return Boosted(with_words(node.part, change), node.factor)
    if isinstance(node, Field) and node.name in SECTIONS:
        return Field(node.name, with_words(node.part, change))
    return node


def without_dates(node: Node) -> Node:
    """Return ``node`` without the dates that all of it has to keep to."""
    parts = node.parts if isinstance(node, And) else (node,)
    others = [part for part in parts if not isinstance(part, Days)]
    return joined(And, others) if others else Everything()


def joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """Return ``parts`` under one node, nested ones of the same kind taken in."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
