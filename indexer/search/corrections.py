"""Which words of the archive may have been meant by one that it does not hold, or hardly?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.analysis.function_words import FUNCTION_WORDS
from indexer.codec.terms import decode, encode
from indexer.search.expansion import near_frequent
from indexer.search.part import Part

SHORTEST = 3  # letters; of less, everything is a letter or two off
TWO_EDITS = 5  # letters from which a word may have two wrong ones
DEARER = 50  # times as frequent is a word that is two letters off, to be as likely as one that is one off
MOST = 3


class Correction(NamedTuple):
    """Another word, how many letters off it is, and in how many documents."""

    word: str
    edits: int
    documents: int


def corrections(form: str, parts: Sequence[Part], least: int = 1) -> list[Correction]:
    """Return the likeliest other forms that at least ``least`` documents have, at most ``MOST``.

    The likelier, the more documents; a second wrong letter takes ``DEARER`` times as many. Where no word is
    just one letter off one that no document has, it may also be two words run together. Nobody looks for
    words that only hold a sentence together.
    """
    if len(form) < SHORTEST or any(map(str.isdigit, form)):
        return []
    off: dict[str, int] = {}
    for part in parts:
        # What all documents have so often, those of some part have so often.
        most, often = 2 if len(form) >= TWO_EDITS else 1, -(-least // len(parts))
        numbers, distances = near_frequent(form, most, often, part)
        terms = map(decode, part.segment.families.forms.many(numbers))
        off.update(zip(terms, distances.tolist(), strict=True))
    likely = [
        Correction(term, 1 if _is_swapped(form, term) else edits, frequency(term, parts))
        for term, edits in off.items()
        if term != form and term not in FUNCTION_WORDS
    ]
    likely = [one for one in likely if one.documents >= least]
    likely.sort(key=lambda one: (-one.documents / DEARER**one.edits, one.word))
    together = least == 1 and all(one.edits > 1 for one in likely)
    return [*(_apart(form, parts) if together else []), *likely][:MOST]


def _is_swapped(left: str, right: str) -> bool:
    """Whether two neighbouring letters changed places, the commonest slip of fast fingers."""
    if len(left) != len(right):
        return False
    different = [place for place, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    return (
        len(different) == 2
        and left[different[0] : different[1] + 1] == right[different[0] : different[1] + 1][::-1]
    )


def _apart(form: str, parts: Sequence[Part]) -> list[Correction]:
    """Two known words that ``form`` may be, the pair whose rarer one is most frequent."""
    pairs = [(form[:cut], form[cut:]) for cut in range(2, len(form) - 1)]
    known = [
        (min(frequency(left, parts), frequency(right, parts)), f"{left} {right}") for left, right in pairs
    ]
    count, words = max(known, default=(0, ""))
    return [Correction(words, 1, count)] if count else []


def frequency(form: str, parts: Sequence[Part]) -> int:
    """Return in how many documents a form is, deleted ones included."""
    total = 0
    for part in parts:
        number = part.segment.families.forms.find(encode(form))
        total += 0 if number < 0 else part.segment.form_counts(number)[0]
    return total
