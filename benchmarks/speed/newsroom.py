"""What does made-up news look like? Articles with capitals, punctuation, paragraphs, dates and stories.

Lengths are log-normal; a word that has come in an article comes back in it; ten years of dates are in no
order. Every month has its stories, pairs of words that stand together much more often in that month than
in others, as "humanitarian pauses" did in November 2023.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from benchmarks.speed.corpus import Article
from benchmarks.speed.words import FUNCTION_WORDS, RECIPES, Integers, Lexicon

BATCH = 1_000  # articles
FIRST_DAY = date(2014, 1, 1).toordinal()
DAYS = 3_652
MONTHS = 120
EPOCH = date(1970, 1, 1).toordinal()
SOURCES = ("Wire", "Courier", "Herald", "Gazette", "Evening Post", "Examiner", "Observer", "Tribune")
MEDIAN, SIGMA = 350, 0.6  # words of an article
BURST = 0.2  # of all words are repeated from earlier in the article
STORIES = 32  # a month; the first is told far more often than the last
TOLD = 0.015  # of all words begin the name of a story,
NEW_STORY = 0.25  # of which so many are stories of the article's own month
STORY_RANKS = (len(FUNCTION_WORDS), 8_000)
STRANGE = 0.01  # of all words: one of these, or a number
TOKENS = ("U.S.", "G-7", "U.N.", "cease-fire", "so-called", "20-year-old", "Sept.", "Mr.", "$1.2", "3.5%")
SENTENCE = (7, 33)  # words
PARAGRAPH, COMMA, QUOTE = 0.4, 0.06, 0.004  # of sentences end one, of words are followed by one, begin one
HEADLINE = 8  # words

Words = NDArray[np.object_]
Mask = NDArray[np.bool_]


def generate(kind: str, seed: int, count: int) -> Iterator[Article]:
    """Yield articles; a longer corpus begins with the shorter one of the same seed."""
    lexicon = Lexicon(RECIPES[kind])
    stories = _stories(lexicon, np.random.default_rng([seed, 0]))
    for first in range(0, count, BATCH):
        rng = np.random.default_rng([seed, 1 + first // BATCH])
        yield from islice(_batch(lexicon, stories, rng, first), count - first)


def _stories(lexicon: Lexicon, rng: np.random.Generator) -> Integers:
    """Return two ranks for each story of each month."""
    wanted = MONTHS * STORIES * 2
    drawn = lexicon.draw(rng, 8 * wanted)
    fit = drawn[(drawn >= STORY_RANKS[0]) & (drawn < STORY_RANKS[1])]
    return fit[:wanted].reshape(MONTHS, STORIES, 2)


def _batch(lexicon: Lexicon, stories: Integers, rng: np.random.Generator, first: int) -> Iterator[Article]:
    lengths = np.clip(rng.lognormal(np.log(MEDIAN), SIGMA, BATCH), 30, 8_000).astype(np.int64)
    days = FIRST_DAY + rng.integers(0, DAYS, BATCH)
    starts = np.cumsum(lengths) - lengths
    ranks = _ranks(lexicon, rng, starts, lengths)
    told = _tell(stories, rng, ranks, np.repeat(_months(days), lengths))
    words = lexicon.write(rng, ranks, told)
    strange = np.flatnonzero(rng.random(len(words)) < STRANGE)
    words[strange] = rng.choice([*TOKENS, *map(str, range(2, 2_000, 13))], len(strange))
    sources = np.minimum(rng.geometric(0.35, BATCH) - 1, len(SOURCES) - 1)
    written = _punctuated(words, rng, starts)
    for i, (start, length) in enumerate(zip(starts.tolist(), lengths.tolist(), strict=True)):
        own = slice(start, start + length)
        yield Article(
            id=f"n{first + i:07}",
            date=date.fromordinal(int(days[i])).isoformat(),
            headline=_headline(words[own], ranks[own]),
            source=SOURCES[sources[i]],
            body="".join(written[own]).strip(),
        )


def _months(days: Integers) -> Integers:
    """Return the month of each day, counted from the first."""
    months = (days - EPOCH).astype("M8[D]").astype("M8[M]").astype(np.int64)
    first: Integers = np.array([FIRST_DAY - EPOCH]).astype("M8[D]").astype("M8[M]").astype(np.int64)
    return months - first


def _ranks(lexicon: Lexicon, rng: np.random.Generator, starts: Integers, lengths: Integers) -> Integers:
    """Return the rank of every word; some are repeated from earlier in their article."""
    ranks = lexicon.draw(rng, int(lengths.sum()))
    position = np.arange(len(ranks)) - np.repeat(starts, lengths)
    burst = np.flatnonzero(rng.random(len(ranks)) < BURST)
    ranks[burst] = ranks[burst - (rng.random(len(burst)) * (position[burst] + 1)).astype(np.int64)]
    return ranks


def _tell(stories: Integers, rng: np.random.Generator, ranks: Integers, months: Integers) -> Mask:
    """Put the names of stories among ``ranks``; return a mask of the words that are of such a name."""
    begin = np.flatnonzero(rng.random(len(ranks) - 1) < TOLD)
    begin = begin[np.diff(begin, prepend=-2) > 1]
    month = rng.integers(0, MONTHS, len(begin))
    new = rng.random(len(begin)) < NEW_STORY
    month[new] = months[begin[new]]
    story = (rng.random(len(begin)) ** 3 * STORIES).astype(np.int64)
    ranks[begin], ranks[begin + 1] = stories[month, story].T
    told = np.zeros(len(ranks), bool)
    told[begin] = told[begin + 1] = True
    return told


def _punctuated(words: Words, rng: np.random.Generator, starts: Integers) -> list[str]:
    """Return each word with what follows it; sentences begin with a capital."""
    n = len(words)
    ends = np.cumsum(rng.integers(*SENTENCE, n // SENTENCE[0]))
    ends = np.unique(np.concatenate((ends[ends < n], starts[1:] - 1, [n - 1])))
    after = np.full(n, " ", object)
    after[rng.random(n) < COMMA] = ", "
    after[ends] = np.where(rng.random(len(ends)) < PARAGRAPH, ".\n\n", ". ")
    written = words.copy()
    quoted = np.flatnonzero(rng.random(n - 4) < QUOTE)
    written[quoted] = "“" + written[quoted]
    written[quoted + 3] += "”"
    for start in [0, *(ends[:-1] + 1).tolist()]:
        written[start] = written[start][:1].upper() + written[start][1:]
    pieces: list[str] = (written + after).tolist()
    return pieces


def _headline(words: Words, ranks: Integers) -> str:
    """Return some of the rarer words of an article as a headline."""
    telling = dict.fromkeys(words[ranks > 2 * len(FUNCTION_WORDS)].tolist())
    return " ".join(word.capitalize() if word.islower() else word for word in islice(telling, HEADLINE))
