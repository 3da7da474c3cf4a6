"""Which few numbers tell that two texts are much the same?

A shingle is SIZE words that stand side by side. Of the shingles of a body, each hashed to a number, the
smallest few are kept: two texts that share most of their shingles most likely share one of those, whatever
was cut or changed in between (bottom-k sketches: A. Broder, "On the resemblance and containment of
documents", 1997). A digest of all words tells at once that two texts are the same.

The numbers are functions of the words alone, the same in every process and on every machine.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.eights import MASKS, eights

Array = NDArray[Any]

SIZE = 5  # words of a shingle: of four, many reports of dividends would seem alike; of six, edits cost more
KEPT = 6
NONE = 0xFFFFFFFF  # instead of a key, where a body has too few shingles
SHORT = 100  # tokens; so short a body says little without its headline

_BLOCK = 1 << 14  # words that are mixed at once: they stay in the processor's cache
_SAMPLE = 16  # hashes looked at to find the smallest, on average
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_FINAL = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF = np.uint64(32)


class Sketches(NamedTuple):
    """Of several articles: ``keys`` u32 [articles, KEPT], ascending; ``digests`` u32 [articles]."""

    keys: Array
    digests: Array


def hashes(terms: Sequence[str]) -> Array:
    """Return 64 bits of each term, which must not hold a line feed: of its UTF-8, eight bytes after eight."""
    marked = "\n".join([*terms, ""]).encode("utf-8", "surrogatepass")
    numbers = eights(marked + bytes(8))
    ends = np.flatnonzero(np.frombuffer(marked, np.uint8) == ord("\n"))
    left = np.diff(ends, prepend=-1) - 1  # bytes that are to come
    at = ends - left
    result = left.astype(np.uint64)
    longer = np.arange(len(left))
    while len(longer):
        result[longer] = _scattered(result[longer] + (numbers[at] & MASKS.take(np.minimum(left, 8))))
        more = left > 8
        longer, at, left = longer[more], at[more] + 8, left[more] - 8
    return result


def sketch(words: Array, counts: Array) -> Sketches:
    """Sketch articles whose words are given as ``hashes``.

    ``counts`` [articles, 3] says how many of the words are in headline, summary and body of each.
    """
    ends = np.cumsum(counts.ravel(), dtype=np.int64).reshape(-1, 3)
    starts = ends - counts
    sizes = np.maximum(counts[:, 2].astype(np.int64) - (SIZE - 1), 0)
    mixed = _mixed(words)
    digests = _sums(mixed, starts[:, 2], sizes)
    short = np.flatnonzero(counts[:, 2] < SHORT)
    if len(short):
        digests[short] += _headlines(words, starts[short, 0], counts[short, 0])
    return Sketches(_smallest(mixed, starts[:, 2], sizes), (_scattered(digests) >> _HALF).astype(np.uint32))


def _headlines(words: Array, starts: Array, counts: Array) -> Array:
    """What headlines add to digests."""
    spans = zip(starts.tolist(), (starts + counts).tolist(), strict=True)
    headlines = np.concatenate([words[start:end] for start, end in spans])
    return _sums(_scattered(headlines), np.cumsum(counts) - counts, counts)


def _mixed(words: Array) -> Array:
    """The hash of the shingle of five that starts at each word, as far as there is one."""
    mixed = np.empty(max(0, len(words) - SIZE + 1), np.uint64)
    for start in range(0, len(mixed), _BLOCK):
        end = min(start + _BLOCK, len(mixed))
        mixed[start:end] = _mixed_block(words[start : end + SIZE - 1])
    return mixed


def _mixed_block(words: Array) -> Array:
    """The same for a few words, a pair and a pair and one at a time."""
    count = len(words) - SIZE + 1
    pairs = words[: count + 2] * _FACTOR
    pairs += words[1 : count + 3]
    mixed = pairs[:count] * _FACTOR
    mixed ^= mixed >> _HALF
    mixed += pairs[2 : count + 2]
    mixed *= _FACTOR
    mixed += words[SIZE - 1 :]
    return _scattered(mixed)


def _scattered(numbers: Array) -> Array:
    result: Array = numbers ^ numbers >> _HALF
    result *= _FINAL
    result ^= result >> _HALF
    result *= _FACTOR
    return result


def _sums(numbers: Array, starts: Array, counts: Array) -> Array:
    """Sums of slices, which ascend and do not overlap, modulo 2**64."""
    sums = np.zeros(len(starts), np.uint64)
    some = np.flatnonzero(counts)
    if len(some):
        bounds = np.column_stack((starts[some], starts[some] + counts[some])).ravel()
        inner = bounds[: np.searchsorted(bounds, len(numbers))]  # the last slice may end with the numbers
        sums[some] = np.add.reduceat(numbers, inner)[::2]  # the others are what is between slices
    return sums


def _smallest(mixed: Array, starts: Array, sizes: Array) -> Array:
    """The smallest different hashes of each slice; only those below a likely limit are sorted."""
    keys = np.full((len(sizes), KEPT), NONE, np.uint32)
    hashed = (mixed >> _HALF).astype(np.uint32)
    limits = np.minimum((_SAMPLE << 32) // np.maximum(sizes, 1), NONE).astype(np.uint32)
    _fill(keys, hashed, starts, sizes, limits)
    lacking = (keys[:, -1] == NONE) & (limits < NONE)
    if lacking.any():
        _fill(keys, hashed, starts, sizes, np.where(lacking, NONE, 0).astype(np.uint32))
    return keys


def _fill(keys: Array, hashed: Array, starts: Array, sizes: Array, limits: Array) -> None:
    """Write into ``keys`` the smallest of each slice of ``hashed`` that are below its limit."""
    gaps = starts - np.append(0, (starts + sizes)[:-1])
    runs = np.ravel(np.column_stack((gaps, sizes)))
    below = np.repeat(np.ravel(np.column_stack((np.zeros_like(limits), limits))), runs)[: len(hashed)]
    few = np.flatnonzero(hashed[: len(below)] < below)
    owner = np.searchsorted(starts, few, side="right") - 1
    found = owner.astype(np.uint64) << _HALF | hashed[few]
    found.sort()
    found = found[np.diff(found, prepend=np.uint64(NONE)) != 0]
    owner = (found >> _HALF).astype(np.int64)
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    kept = place < KEPT
    keys[owner[kept], place[kept]] = found[kept].astype(np.uint32)
