"""Is one text a copy of another, printed with edits or cut, or does it bring news of its own?

What is compared are words, headline and body of a text shorter than SHORT words, else its body. A word is new
where it stands in no shingle (RUN words side by side) that the other text has. The later of two texts is a
copy of the earlier one when

* at most NEW of its words are new, and never PASSAGE of them in a row: a byline and edits are, a paragraph
  that was added is not;
* it has no number that the earlier one lacks: a corrected figure is new however few words it takes;
* it has at least KEPT of the words that the earlier one has: an editor cuts, but one sentence is no copy.

Where it is not known which was first, the fuller one is taken as the earlier, but then the other must be a
copy of what stands before the first passage that only the fuller one has: an end may have been cut, while
what stands on top or in the midst may have been added just as well. Texts of fewer than
LEAST words are never copies; too much is alike by chance. docs/decisions/0007-wire-copies.md has the figures
that all this was chosen by.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

RUN = 4
NEW = 0.25
PASSAGE = 20
KEPT = 1 / 3
SHORT = 60
LEAST = 20
MOST = 40_000  # characters of a body that are compared, those at its beginning

_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_FIGURE = re.compile(r"(?<=\d),(?=\d{3})|(?<=\d)\.0+(?!\d)")  # what 1,000 and 2.0 have more than 1000 and 2
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty"""
_NUMBERS = {word: str(number) for number, word in enumerate(_SMALL.split())}


class Wording(NamedTuple):
    """The words of a text, numbers written alike."""

    headline: tuple[str, ...]
    body: tuple[str, ...]


def wording(headline: str, body: str) -> Wording:
    """Return the words of a text.

    >>> wording("Seven Agree", "Some 1,000 people; two dozen, 3.0%").body
    ('some', '1000', 'people', '2', 'dozen', '3')
    """
    return Wording(_words(headline), _words(body[:MOST]))


def _words(text: str) -> tuple[str, ...]:
    words = _WORD.findall(_FIGURE.sub("", text.lower()))
    return tuple(map(_NUMBERS.get, words, words))


def is_copy(one: Wording, other: Wording, *, ordered: bool) -> bool:
    """Whether ``other`` is a copy of ``one``, which is the earlier one where ``ordered``."""
    whole = min(len(one.body), len(other.body)) < SHORT
    first, second = (each.headline + each.body if whole else each.body for each in (one, other))
    if not ordered and len(first) < len(second):
        first, second = second, first
    if min(len(first), len(second)) < LEAST or len(second) < KEPT * len(first):
        return False
    if _brings_news(second, first):
        return False
    cut = None if ordered else next(_passages(_new(first, second)), None)
    return cut is None or not _brings_news(second, first[:cut])


def _brings_news(second: Sequence[str], first: Sequence[str]) -> bool:
    new = _new(second, first)
    if len(new) > NEW * len(second) or any(True for _ in _passages(new)):
        return True
    numbers = {second[at] for at in new if second[at][0].isdigit()}
    return not numbers.issubset(first)


def _new(words: Sequence[str], others: Sequence[str]) -> list[int]:
    """Where in ``words`` stands what is in no shingle of ``others``."""
    known = set(_shingles(others))
    old = 0  # where the last shingle that is known ends
    new: list[int] = []
    for at, shingle in enumerate(_shingles(words)):
        if shingle in known:
            old = at + RUN
        elif at >= old:
            new.append(at)
    new.extend(range(max(old, len(words) - RUN + 1, 0), len(words)))
    return new


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def _passages(places: Sequence[int]) -> Iterator[int]:
    """Yield where each run of at least PASSAGE places starts."""
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            if at - start >= PASSAGE:
                yield places[start]
            start = at
