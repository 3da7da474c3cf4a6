"""Where are the words?

A text is cut twice. *Chunks* are cut by a rule so plain that a table of characters can do it too (ASCII
letters and digits, every character beyond ASCII except the commonest separators, and ``. ' & , -`` between
those); what is known about a chunk depends on the chunk alone, so it is found once and remembered. *Words*
are cut inside a chunk, on its folded shape (``folding``), where quotes, dashes and scripts are told apart.
"""

import re
from collections.abc import Iterator
from functools import cache

# Beyond ASCII, yet never part of a chunk: no-break space – — “ ” …
SEPARATORS = "\xa0\u2013\u2014\u201c\u201d\u2026"
_CHUNK_CHARACTER = rf"[^\x00-/:-@\[-`{{-\x7f{SEPARATORS}]"
JOINERS = ".'&,-"  # between two of those
CHUNK = re.compile(rf"{_CHUNK_CHARACTER}+(?:(?:\.['-]|[{JOINERS}]){_CHUNK_CHARACTER}+)*")

_SIGN = r"[!-/:-@\[-`{-~]"
# Words of a to z with a space behind each: each is one chunk, and signs around it are of none.
_PLAIN = re.compile(rf"[ \n!-/:-@\[-`{{-~]*+((?:{_SIGN}*+[a-zA-Z]++{_SIGN}*+ )*+)")

# On shapes. The look-behinds keep scanning linear: of a long row of numbers only the first tries to be one.
_ABBREVIATION = (  # U.S Ph.D U.S.'s
    r"(?:[aA](?:\.(?:[aA]|Aa))+|Aa\.[aA](?:\.(?:[aA]|Aa))*)(?![aA0])(?:\.?'[aA0]+)*"
)
_INITIALS = r"[aA0]{1,3}(?:&[aA0]{1,3})+(?![aA0])(?:'[aA0]+)*"  # AT&T
_GROUPED = r"(?<!0,)0{1,3}(?:,0{2,3})*,000(?![0,]0?)(?:\.0+)?(?![0])[aA]*"  # 1,000 and 1,00,000.50
_DECIMAL = r"(?<!0\.)0+\.0+(?!\.?0)[aA]*"  # 3.5 and 2.5bn
_RUN = r"[aA0]+(?:'[aA0]+)*"
_SIMPLE = f"(?:{_ABBREVIATION}|{_INITIALS}|{_GROUPED}|{_DECIMAL}|{_RUN})"
_WORD = re.compile(rf"{_SIMPLE}(?:\.?-{_SIMPLE})*|c+")


def chunks(text: str) -> Iterator[tuple[int, str]]:
    """Each chunk of a text with its offset."""
    for match in CHUNK.finditer(text):
        yield match.start(), match.group()


def plain_words(text: str, start: int, most: int) -> tuple[int, int]:
    """How many plain words, ``most`` at most, come next, and what is behind them; none has to be looked at.

    >>> plain_words('He said: "No, not 3 of us."', 0, 9), plain_words("one two three", 0, 1)
    ((4, 18), (1, 4))
    """
    match = _PLAIN.match(text, start)
    assert match is not None  # nothing is matched, too
    first, end = match.span(1)
    count = text.count(" ", first, end)
    if count <= most:
        return count, end
    return most, end - len(text[first:end].split(" ", most)[most])


def word_spans(shape: str) -> Iterator[list[tuple[int, int]]]:
    """Each word of a folded chunk, as the (start, end) of its parts: one, or several that hyphens join.

    A run of a script without spaces is one word of one part, of shape ``c``.
    """
    for match in _WORD.finditer(shape):
        start, end = match.span()
        if "-" in match.group():
            yield [part.span() for part in _parts().finditer(shape, start, end)]
        else:
            yield [(start, end)]


@cache
def _parts() -> re.Pattern[str]:
    """What hyphens join; hardly any query has one, and every search would wait for it to be compiled."""
    return re.compile(_SIMPLE)
