"""Of which words is a made-up corpus made, and how often does each of them come?

Ranks follow Zipf and Mandelbrot up to the words that everyone knows and fall twice as steeply from there on
(Ferrer i Cancho and Solé, 2001), so the number of distinct words grows with the corpus as it does in news.
The commonest are real English words. The others are spelt from syllables, short where frequent, and end in
a consonant, so that most stemmers take the same endings off them.
"""

# ruff: noqa: SIM905 - lists of words read best as words
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from math import gcd

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

FUNCTION_WORDS = (
    "the of to in and a that for on is said with was as it by at from be has his have an he but are not this"
    " which were their they will its had would been or more who one after there about could also than other"
    " into when new if"
).split()
ONSETS = "b c d f g h k l m n p r st t tr v w br pl sh".split()
VOWELS = "a e i o u".split()
ENDS = "b d g k m n p r t nd rk st".split()
BANDS = (600, 60_000, 10_000_000)  # words below the first number have one syllable, below the second two, ...
CONSTANT, NOUN, VERB, NAME = range(4)
KIND_SHARES = (0.15, 0.4, 0.25, 0.2)
ENDINGS = {NOUN: ("s", "'s"), VERB: ("s", "ed", "ing")}
ENDING_SHARE = 0.2  # of the tokens of a noun or verb, for each ending


@dataclass(frozen=True, slots=True)
class Recipe:
    """``lexemes`` words before endings; ``rare`` of all tokens are drawn evenly from among them."""

    lexemes: int = 600_000
    exponent: float = 1.05
    shift: float = 2.7
    known: int = 3_500  # ranks from here on follow ``tail``
    tail: float = 2.1
    rare: float = 0.0


RECIPES = {"news": Recipe(), "words": Recipe(lexemes=1_600_000, rare=0.15)}


class Lexicon:
    """The words of a recipe by rank, 0 the commonest. Spelling and kinds do not depend on the seed."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        ranks = np.arange(recipe.lexemes) + 1.0
        weights = (ranks + recipe.shift) ** -recipe.exponent
        weights[recipe.known :] = (
            weights[recipe.known] * (ranks[recipe.known :] / recipe.known) ** -recipe.tail
        )
        self._up_to = np.cumsum(weights / weights.sum())
        self._spelt = np.empty(recipe.lexemes, object)
        self._is_spelt = np.zeros(recipe.lexemes, bool)

    @cached_property
    def kinds(self) -> Integers:
        """What each rank is: CONSTANT, NOUN, VERB or NAME."""
        drawn = np.random.default_rng(0).choice(4, self.recipe.lexemes, p=KIND_SHARES)
        drawn[: len(FUNCTION_WORDS)] = CONSTANT
        return drawn

    def spelt(self, ranks: Integers) -> NDArray[np.object_]:
        """Return the spelling of each rank; names with their capital."""
        new = np.unique(ranks[~self._is_spelt[ranks]])
        for rank in new.tolist():
            word = FUNCTION_WORDS[rank] if rank < len(FUNCTION_WORDS) else spell(rank - len(FUNCTION_WORDS))
            self._spelt[rank] = word.capitalize() if self.kinds[rank] == NAME else word
        self._is_spelt[new] = True
        return self._spelt[ranks]

    def draw(self, rng: np.random.Generator, count: int) -> Integers:
        """Return ``count`` ranks."""
        ranks: Integers = np.searchsorted(self._up_to, rng.random(count) * self._up_to[-1])
        rare = rng.random(count) < self.recipe.rare
        ranks[rare] = rng.integers(0, self.recipe.lexemes, int(rare.sum()))
        return ranks

    def write(
        self, rng: np.random.Generator, ranks: Integers, plain: NDArray[np.bool_]
    ) -> NDArray[np.object_]:
        """Return the words of ``ranks``, with endings except where ``plain``."""
        words = self.spelt(ranks)
        kinds = self.kinds[ranks]
        chance = rng.random(len(ranks))
        for kind, endings in ENDINGS.items():
            for number, ending in enumerate(endings):
                low, high = number * ENDING_SHARE, (number + 1) * ENDING_SHARE
                words[(kinds == kind) & (chance >= low) & (chance < high) & ~plain] += ending
        return words


def spell(number: int) -> str:
    """Return the spelling of word ``number``: each number another.

    >>> spell(0), spell(1), spell(600), spell(601)
    ('bab', 'stest', 'babab', 'wasted')
    """
    syllables = 1 + sum(number >= end for end in BANDS)
    within = number - (BANDS[syllables - 2] if syllables > 1 else 0)
    scattered = within * _stride(syllables) % _spellings(syllables)
    rest, end = divmod(scattered, len(ENDS))
    letters = ""
    for _ in range(syllables):
        rest, vowel = divmod(rest, len(VOWELS))
        rest, onset = divmod(rest, len(ONSETS))
        letters += ONSETS[onset] + VOWELS[vowel]
    return letters + ENDS[end]


def _spellings(syllables: int) -> int:
    return (len(ONSETS) * len(VOWELS)) ** syllables * len(ENDS)


@cache
def _stride(syllables: int) -> int:
    """A step that visits all spellings before it returns, about a golden section of them apart."""
    size = _spellings(syllables)
    return next(step for step in count(size * 618 // 1000) if gcd(step, size) == 1)
