"""Of which words is a made-up corpus made, and how often does each of them come?

Ranks follow Zipf and Mandelbrot, so the number of distinct words grows with the corpus as Heaps found. The
commonest are real English words. The others are spelt from syllables, short where frequent, and end in a
consonant, so that every stemmer takes the same endings off them.
"""

from dataclasses import dataclass
from functools import cached_property

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
LONGEST = ((800, 1), (60_000, 2), (4_000_000, 3))  # ranks below the first number have so many syllables
CONSTANT, NOUN, VERB, NAME = range(4)
KIND_SHARES = (0.15, 0.4, 0.25, 0.2)
ENDINGS = {NOUN: ("s", "'s"), VERB: ("s", "ed", "ing")}
ENDING_SHARE = 0.2  # of the tokens of a noun or verb, for each ending


@dataclass(frozen=True, slots=True)
class Recipe:
    """``lexemes`` words before endings; ``rare`` of all tokens are drawn evenly from among them."""

    lexemes: int = 300_000
    exponent: float = 1.18
    shift: float = 8.0
    rare: float = 0.0


RECIPES = {"news": Recipe(), "words": Recipe(lexemes=1_500_000, rare=0.12)}


class Lexicon:
    """The words of a recipe by rank, 0 the commonest. Spelling and kinds do not depend on the seed."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        weights = (np.arange(recipe.lexemes) + 1 + recipe.shift) ** -recipe.exponent
        self._up_to = np.cumsum(weights / weights.sum())

    @cached_property
    def kinds(self) -> Integers:
        """What each rank is: CONSTANT, NOUN, VERB or NAME."""
        drawn = np.random.default_rng(0).choice(4, self.recipe.lexemes, p=KIND_SHARES)
        drawn[: len(FUNCTION_WORDS)] = CONSTANT
        return drawn

    @cached_property
    def spelt(self) -> NDArray[np.object_]:
        """The spelling of each rank; names with their capital."""
        plain = FUNCTION_WORDS + [spell(rank) for rank in range(self.recipe.lexemes - len(FUNCTION_WORDS))]
        named = zip(plain, self.kinds == NAME, strict=True)
        return np.array([word.capitalize() if is_name else word for word, is_name in named], object)

    def draw(self, rng: np.random.Generator, count: int) -> Integers:
        """Return ``count`` ranks."""
        ranks = np.searchsorted(self._up_to, rng.random(count) * self._up_to[-1])
        rare = rng.random(count) < self.recipe.rare
        ranks[rare] = rng.integers(0, self.recipe.lexemes, int(rare.sum()))
        return ranks

    def write(self, rng: np.random.Generator, ranks: Integers, plain: NDArray[np.bool_]) -> NDArray[np.object_]:
        """Return the words of ``ranks``, with endings except where ``plain``."""
        words = self.spelt[ranks]
        kinds = self.kinds[ranks]
        chance = rng.random(len(ranks))
        for kind, endings in ENDINGS.items():
            for number, ending in enumerate(endings):
                low, high = number * ENDING_SHARE, (number + 1) * ENDING_SHARE
                words[(kinds == kind) & (chance >= low) & (chance < high) & ~plain] += ending
        return words


def spell(number: int) -> str:
    """Return the spelling of word ``number``: each number another.

    >>> spell(0), spell(1), spell(800)
    ('bab', 'cab', 'babab')
    """
    syllables, first = 1, 0
    for end, syllables in LONGEST:
        if number < end:
            break
        first = end
    rest = number - first
    rest, end = divmod(rest, len(ENDS)) if syllables > 1 else (rest, 0)
    letters = []
    for _ in range(syllables):
        rest, onset = divmod(rest, len(ONSETS))
        rest, vowel = divmod(rest, len(VOWELS))
        letters.append(ONSETS[onset] + VOWELS[vowel])
    return "".join(letters) + ENDS[end if syllables > 1 else rest % len(ENDS)]
