"""Which node do one word, phrase or date stand for, and which two words with a sign between them?

What cannot be meant is refused here with the column of the sign; ``note`` takes what was repaired.
"""

from collections.abc import Callable, Iterable

from indexer.errors import DateError, QueryError
from indexer.limits import Limits
from indexer.query.lexer import Lexeme, Suffix
from indexer.query.syntax import (
    KEYWORDS,
    NO_DATE,
    And,
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

Note = Callable[[str], None]
_LONGEST_FIGURE = 9  # digits


def word(lexeme: Lexeme, exact: bool, limits: Limits, note: Note) -> Node:
    """Return the word, or everything for a ``*`` alone. Raises QueryError for too many edits."""
    wild = bool(lexeme.wild)
    edits = 0
    if lexeme.about is not None:
        if wild:
            note("~ was left out: * and ? stand for any letters already")
        else:
            edits = _edits(lexeme.about, limits)
            exact = exact or not edits
    if wild and not exact and not any(sign.isalnum() for sign in lexeme.text):
        return Everything()
    return Word(lexeme.text, exact, wild, edits)


def _edits(about: Suffix, limits: Limits) -> int:
    edits = figure(about.text) if about.text else 1
    if edits > limits.edits:
        raise QueryError(f"~{about.text}: at most {limits.edits} letters may differ.", about.column)
    return edits


def phrase(lexeme: Lexeme, limits: Limits, note: Note) -> Phrase | None:
    """Return the words in quotes; None for none. Raises QueryError where they may be too far apart."""
    if not lexeme.closed:
        note("a quote was not closed: read as if it ended with the query")
    words = tuple(lexeme.text.split())
    if not words:
        note("empty quotes were left out")
        return None
    slop = None
    if lexeme.about is not None:
        if not lexeme.about.text:
            note("~ without a number of words was left out")
        else:
            slop = figure(lexeme.about.text) or None
            _refuse_far("~", slop or 0, limits, lexeme.about.column)
    return Phrase(words, slop, lexeme.wild)


def days(lexeme: Lexeme, note: Note) -> Days:
    """Return the dates. Raises DateError, with their column, for what is none."""
    if not lexeme.closed:
        note("a quote was not closed: read as if it ended with the query")
    text = " ".join(lexeme.text.split())
    if not text:
        example = f"{lexeme.name}:2023-11"
        raise DateError(f"{lexeme.name}: needs a date right behind it, such as {example}.", lexeme.column)
    if lexeme.name != "date" or text.lower() != NO_DATE:
        from indexer.query.dates import named_period, today  # not loaded for queries without a date

        try:
            named_period(f"{lexeme.name}:", text, today())
        except DateError as error:
            error.column = lexeme.column
            raise
    return Days(lexeme.name, text)


def boosted(node: Node, boost: Suffix | None, limits: Limits) -> Node:
    """Return ``node`` as often as ``^`` says. Raises QueryError for a factor out of bounds."""
    if boost is None:
        return node
    factor = float(boost.text)
    if not 0 < factor <= limits.boost:
        most = f"{limits.boost:,}"
        raise QueryError(f"^{boost.text}: a word counts more than 0 and at most {most} times.", boost.column)
    return Boosted(node, factor)


def beside(left: Node, sign: Lexeme, right: Node, limits: Limits) -> Node:
    """Return ``left`` and ``right`` joined by ``w/5``, ``pre/5``, ``w/s`` or ``w/p``.

    Raises QueryError where one of them has no place in a text, or they may be too far apart.
    """
    require_place(sign.text, left, sign.column)
    require_place(sign.text, right, sign.column)
    name, _, value = sign.text.lower().partition("/")
    if value in ("s", "p"):
        sides = (
            side.parts if isinstance(side, Within) and side.unit == value else (side,)
            for side in (left, right)
        )
        return Within(tuple(part for side in sides for part in side), value)
    distance = figure(value)
    if not distance:
        raise QueryError(f"{sign.text}: at least 1 word, since neighbours are 1 apart.", sign.column)
    _refuse_far(f"{name}/", distance, limits, sign.column)
    return Near(left, right, distance, ordered=name == "pre")


def require_place(sign: str, operand: Node, column: int) -> None:
    """Raise QueryError where something in ``operand`` stands nowhere in a text."""
    stranger = _out_of_place([operand])
    if stranger is not None:
        raise QueryError(f"{sign} needs words or phrases; {stranger} has no place in the text.", column)


def _out_of_place(parts: Iterable[Node]) -> Node | None:
    """The first of what excludes, or is about the whole article."""
    for part in parts:
        if isinstance(part, Not | Everything | Days) or (isinstance(part, Field) and part.name in KEYWORDS):
            return part
        inside = (
            part.parts
            if isinstance(part, And | Or)
            else [part.part]
            if isinstance(part, Field | Boosted)
            else []
        )
        found = _out_of_place(inside)
        if found is not None:
            return found
    return None


def _refuse_far(sign: str, distance: int, limits: Limits, column: int) -> None:
    if distance > limits.words_apart:
        raise QueryError(f"{sign}{distance}: words may be at most {limits.words_apart} apart.", column)


def figure(digits: str) -> int:
    """Return a number as typed; one of very many digits is cut, and still beyond every limit."""
    return int(digits.lstrip("0")[:_LONGEST_FIGURE] or "0")
