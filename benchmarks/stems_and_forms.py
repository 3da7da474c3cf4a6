"""Which layout serves stems and exact forms best from one index: postings per stem, or postings per form?

    python benchmarks/stems_and_forms.py [articles] [seed]

Both layouts are built as NumPy arrays from one seeded synthetic corpus and must give equal answers before
they are timed.

    PerStem   docs, code (tf, length) and positions per stem; one form number per position, only in families
              of several forms; number 255 stands for "kept aside"
    PerForm   docs, code and positions per form; the forms of a family are adjacent, so that a stem is one
              slice of the arrays, whose lists are merged at query time

Printed: bytes per token of each array, and the median over the queries of a class of the best of five runs.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np

FIRST = 0x8000  # bit of a position: the first one of its posting
GIANT = 700  # forms in the one giant family, so that escapes are exercised
N_FORMS = 9


@dataclass
class Corpus:
    """Tokens in (document, position) order. A form id is ``family[stem] + number``."""

    n_docs: int
    doc: np.ndarray
    position: np.ndarray
    stem: np.ndarray
    form: np.ndarray
    family: np.ndarray  # first form id of each stem, and the end
    length: np.ndarray  # quantised to a byte, per document


def generate(n_docs: int, seed: int, n_stems: int = 120_000) -> Corpus:
    """Zipf stems with bursts (a word comes back in its article), families of 1-9 forms, one giant family.

    The three figures that decide the sizes are set from English news and speeches run through the Snowball
    stemmer: 0.28-0.56 postings a token, 1.05-1.12 times as many per form, 54-75 % of tokens in families of
    several forms.
    """
    rng = np.random.default_rng(seed)
    lengths = np.clip(rng.lognormal(5.8, 0.6, n_docs), 20, 8_000).astype(np.int64)
    doc = np.repeat(np.arange(n_docs), lengths)
    starts = np.cumsum(lengths) - lengths
    position = np.arange(len(doc)) - starts[doc]
    weights = 1.0 / (np.arange(n_stems) + 2.7) ** 1.05
    rank = np.searchsorted(np.cumsum(weights / weights.sum()), rng.random(len(doc)))
    burst = rng.random(len(doc)) < 0.25
    earlier = (rng.random(burst.sum()) * (position[burst] + 1)).astype(np.int64)
    rank[burst] = rank[starts[doc[burst]] + earlier]
    size = np.where(rng.random(n_stems) < 0.84, 1, 1 + rng.geometric(0.45, n_stems))
    size[60:6_000] = rng.binomial(N_FORMS - 1, 0.4, 5_940) + 1
    size[20:60:2] = 2
    size = np.minimum(size, N_FORMS)
    size[500] = GIANT
    lexical = rng.permutation(n_stems)  # rank -> stem id, as frequent words stand anywhere in the alphabet
    stem = lexical[rank]
    sizes = np.empty_like(size)
    sizes[lexical] = size
    family = np.concatenate(([0], np.cumsum(sizes)))
    number = np.minimum(rng.geometric(0.75, len(doc)) - 1, sizes[stem] - 1)
    giant = stem == lexical[500]
    number[giant] = rng.integers(0, GIANT, giant.sum())
    number = (number + stem) % sizes[stem]
    length = np.minimum(np.log2(lengths) * 16, 255).astype(np.uint8)
    return Corpus(n_docs, doc, position, stem, family[stem] + number, family, length)


def columns(term: np.ndarray, n_terms: int, corpus: Corpus) -> dict[str, np.ndarray]:
    """Inverted columns of ``term`` (one id per token), and the order of the tokens in them."""
    key = (term << 40) | np.arange(len(term))  # tokens are in (doc, position) order already
    key.sort()
    order = key & ((1 << 40) - 1)
    term, doc = key >> 40, corpus.doc[order]
    first = np.flatnonzero(np.concatenate(([True], (term[1:] != term[:-1]) | (doc[1:] != doc[:-1]))))
    tf = np.diff(np.append(first, len(term)))
    position = corpus.position[order].astype(np.uint16)
    position[first] |= FIRST
    docs = doc[first].astype(np.uint32)
    ends = np.searchsorted(term[first], np.arange(n_terms + 1))
    return {
        "off": ends.astype(np.uint32),
        "token": np.append(first, len(term))[ends].astype(np.uint32),
        "docs": docs,
        "code": (np.minimum(tf, 255) << 8 | corpus.length[docs]).astype(np.uint16),
        "positions": position,
        "order": order,
    }


def find(docs: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Index in ascending ``docs`` of each of ``wanted``, all of which are there."""
    return np.searchsorted(docs, wanted.astype(docs.dtype))


def tokens_of(starts: np.ndarray, postings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Token indexes of the chosen postings, and for each the place of its posting in ``postings``."""
    begin = starts[postings]
    count = starts[postings + 1] - begin
    which = np.repeat(np.arange(len(postings)), count)
    return np.arange(count.sum()) + np.repeat(begin - (np.cumsum(count) - count), count), which


class Layout:
    """What both layouts share: reading one list of columns."""

    def __init__(self, cols: dict[str, np.ndarray], corpus: Corpus) -> None:
        self.__dict__.update(cols)
        self.family, self.n_docs, self.length = corpus.family, corpus.n_docs, corpus.length

    def list(self, term: int) -> tuple[np.ndarray, np.ndarray]:
        a, b = int(self.off[term]), int(self.off[term + 1])
        return self.docs[a:b], self.code[a:b]

    def places(self, term: int) -> tuple[np.ndarray, np.ndarray]:
        """Positions of a term and where each posting's begin (one more at the end)."""
        a, b = int(self.token[term]), int(self.token[term + 1])
        raw = self.positions[a:b]
        return raw & (FIRST - 1), np.append(np.flatnonzero(raw >= FIRST), b - a)

    def union(self, low: int, high: int) -> np.ndarray:
        """Documents with any of the forms ``low`` to ``high`` (a prefix)."""
        mask = np.zeros(self.n_docs, bool)
        self.mark(mask, low, high)
        return np.flatnonzero(mask)


class PerStem(Layout):
    """Candidate (a)."""

    def __init__(self, corpus: Corpus) -> None:
        cols = columns(corpus.stem, len(corpus.family) - 1, corpus)
        order = cols.pop("order")
        stem = corpus.stem[order]
        number = corpus.form[order] - corpus.family[stem]
        several = (np.diff(corpus.family) > 1)[stem]
        kept = number[several]
        self.aside_at = np.flatnonzero(kept >= 255)
        self.aside = kept[self.aside_at].astype(np.uint32)
        cols["numbers"] = np.minimum(kept, 255).astype(np.uint8)
        counts = np.bincount(stem[several], minlength=len(corpus.family) - 1)
        cols["number_off"] = np.concatenate(([0], np.cumsum(counts))).astype(np.uint32)
        super().__init__(cols, corpus)

    def stem(self, stem: int) -> tuple[np.ndarray, np.ndarray]:
        return self.list(stem)

    def _is_form(self, stem: int, number: int) -> np.ndarray:
        """Mask over the stem's tokens: those of the form ``number``."""
        a, b = int(self.number_off[stem]), int(self.number_off[stem + 1])
        mask = self.numbers[a:b] == np.uint8(min(number, 255))
        if number >= 255:
            lo, hi = np.searchsorted(self.aside_at, [a, b])
            mask[self.aside_at[lo:hi] - a] = self.aside[lo:hi] == number
        return mask

    def _split(self, form: int) -> tuple[int, int]:
        stem = int(np.searchsorted(self.family, form, side="right")) - 1
        return stem, form - int(self.family[stem])

    def form(self, form: int) -> tuple[np.ndarray, np.ndarray]:
        stem, number = self._split(form)
        docs, code = self.list(stem)
        if self.family[stem + 1] - self.family[stem] == 1:
            return docs, code
        _, starts = self.places(stem)
        tf = np.add.reduceat(self._is_form(stem, number), starts[:-1], dtype=np.uint32)
        hit = np.flatnonzero(tf)
        return docs[hit], (np.minimum(tf[hit], 255) << 8).astype(np.uint16) | (code[hit] & 255)

    def stem_keys(self, stem: int, among: np.ndarray) -> np.ndarray:
        """Ascending ``place in among << 20 | position`` of the stem's tokens in the documents ``among``."""
        positions, starts = self.places(stem)
        tokens, which = tokens_of(starts, find(self.list(stem)[0], among))
        return which << 20 | positions[tokens]

    def form_keys(self, form: int, among: np.ndarray) -> np.ndarray:
        stem, number = self._split(form)
        positions, starts = self.places(stem)
        tokens, which = tokens_of(starts, find(self.list(stem)[0], among))
        if self.family[stem + 1] - self.family[stem] > 1:
            kept = self._is_form(stem, number)[tokens]
            tokens, which = tokens[kept], which[kept]
        return which << 20 | positions[tokens]

    def exact_candidates(self, form: int) -> np.ndarray:
        """Documents that may hold the form: the stem's will do, as the positions are filtered afterwards."""
        return self.list(self._split(form)[0])[0]

    def mark(self, mask: np.ndarray, low: int, high: int) -> None:
        first = int(np.searchsorted(self.family, low))
        last = int(np.searchsorted(self.family, high, side="right")) - 1
        before = range(low, min(int(self.family[first]), high))
        for form in [*before, *range(max(int(self.family[last]), low), high)]:
            mask[self.form(form)[0]] = True
        mask[self.docs[int(self.off[first]) : int(self.off[last])]] = True


class PerForm(Layout):
    """Candidate (b)."""

    def __init__(self, corpus: Corpus) -> None:
        cols = columns(corpus.form, int(corpus.family[-1]), corpus)
        del cols["order"]
        super().__init__(cols, corpus)

    def form(self, form: int) -> tuple[np.ndarray, np.ndarray]:
        return self.list(form)

    def stem(self, stem: int) -> tuple[np.ndarray, np.ndarray]:
        first, last = int(self.family[stem]), int(self.family[stem + 1])
        a, b = int(self.off[first]), int(self.off[last])
        docs, code = self.docs[a:b], self.code[a:b]
        if last - first == 1:
            return docs, code
        if len(docs) * 16 > self.n_docs:  # dense: add up in one array over all documents
            tf = np.bincount(docs, weights=code >> 8, minlength=self.n_docs)
            hit = np.flatnonzero(tf)
            return hit.astype(np.uint32), np.minimum(tf[hit], 255).astype(np.uint16) << 8 | self.length[hit]
        key = docs.astype(np.int64) << 16 | code
        key.sort()
        new = np.flatnonzero(np.concatenate(([True], key[1:] >> 16 != key[:-1] >> 16)))
        tf = np.add.reduceat(key >> 8 & 255, new)
        merged = key[new]
        return (merged >> 16).astype(np.uint32), (np.minimum(tf, 255) << 8 | merged & 255).astype(np.uint16)

    def form_keys(self, form: int, among: np.ndarray) -> np.ndarray:
        positions, starts = self.places(form)
        docs = self.list(form)[0]
        at = np.searchsorted(docs, among.astype(docs.dtype))
        at[at == len(docs)] = 0
        inside = np.flatnonzero(docs[at] == among)
        tokens, which = tokens_of(starts, at[inside])
        return inside[which] << 20 | positions[tokens]

    def stem_keys(self, stem: int, among: np.ndarray) -> np.ndarray:
        forms = range(int(self.family[stem]), int(self.family[stem + 1]))
        lists = [self.form_keys(form, among) for form in forms if self.off[form] < self.off[form + 1]]
        if len(lists) == 1:
            return lists[0]
        keys = np.concatenate(lists)
        keys.sort()
        return keys

    def exact_candidates(self, form: int) -> np.ndarray:
        return self.list(form)[0]

    def mark(self, mask: np.ndarray, low: int, high: int) -> None:
        mask[self.docs[int(self.off[low]) : int(self.off[high])]] = True


def best(docs: np.ndarray, scores: np.ndarray, k: int = 10) -> np.ndarray:
    """The ``k`` best documents, ties to the lower number."""
    if len(docs) > k:
        top = np.flatnonzero(scores >= np.partition(scores, len(scores) - k)[len(scores) - k])
        docs, scores = docs[top], scores[top]
    return docs[np.lexsort((docs, -scores))[:k]]


def both(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Documents in both ascending lists, with their index in each."""
    swap = len(a) > len(b)
    short, long = (b, a) if swap else (a, b)
    at = np.searchsorted(long, short)
    at[at == len(long)] = 0
    i = np.flatnonzero(long[at] == short)
    return short[i], *((at[i], i) if swap else (i, at[i]))


def follow(first: np.ndarray, second: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Documents in which a key of ``second`` is one position after a key of ``first``."""
    short, long = (first + 1, second) if len(first) < len(second) else (second, first + 1)
    if not len(short):
        return among[:0]
    at = np.searchsorted(long, short)
    at[at == len(long)] = 0
    return among[np.unique(short[long[at] == short] >> 20)]


def bm25_table(average: float = 400.0) -> np.ndarray:
    """BM25 without its idf, for every code."""
    code = np.arange(65536)
    tf, length = code >> 8, np.exp2((code & 255) / 16)
    return tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / average))


TABLE = bm25_table()


def query_term(x: PerStem | PerForm, stem: int) -> np.ndarray:
    docs, code = x.stem(stem)
    return best(docs, TABLE[code])


def query_and(x: PerStem | PerForm, one: int, two: int) -> np.ndarray:
    (a, code_a), (b, code_b) = x.stem(one), x.stem(two)
    docs, i, j = both(a, b)
    return best(docs, TABLE[code_a[i]] + TABLE[code_b[j]])


def query_phrase(x: PerStem | PerForm, one: int, two: int) -> np.ndarray:
    among = both(x.stem(one)[0], x.stem(two)[0])[0]
    return follow(x.stem_keys(one, among), x.stem_keys(two, among), among)


def query_exact_word(x: PerStem | PerForm, form: int) -> np.ndarray:
    docs, code = x.form(form)
    return best(docs, TABLE[code])


def query_exact_phrase(x: PerStem | PerForm, one: int, two: int) -> np.ndarray:
    among = both(x.exact_candidates(one), x.exact_candidates(two))[0]
    return follow(x.form_keys(one, among), x.form_keys(two, among), among)


def choose(corpus: Corpus, stems: PerStem, n: int = 25) -> list[tuple[str, Callable, list[tuple[int, ...]]]]:
    """Query classes: name, function, arguments. All words have several forms, as there the layouts differ."""
    rng = np.random.default_rng(7)
    df, sizes = np.diff(stems.off.astype(np.int64)), np.diff(corpus.family)
    share = df / corpus.n_docs
    bands = {
        name: np.flatnonzero((sizes > 1) & (sizes < 99) & (share >= low) & (share < high) & (df > 3))
        for name, low, high in (("rare", 0.0002, 0.001), ("mid", 0.01, 0.05), ("common", 0.1, 0.9))
    }
    pick = {name: rng.choice(band, n).tolist() for name, band in bands.items()}
    other = {name: rng.choice(band, n).tolist() for name, band in bands.items()}
    top = np.bincount(corpus.form, minlength=int(corpus.family[-1]))
    form = {}
    for stem in {s for words in [*pick.values(), *other.values()] for s in words}:
        first, last = corpus.family[stem : stem + 2]
        form[stem] = int(first + top[first:last].argmax())
    pairs = {f"{x} {y}": (x, y) for x, y in (("mid", "mid"), ("common", "mid"), ("common", "common"))}
    classes: list[tuple[str, Callable, list[tuple[int, ...]]]] = []
    classes += [(f"term, any form, {k}", query_term, [(s,) for s in pick[k]]) for k in bands]
    couples = {
        k: [(a, b) for a, b in zip(pick[x], other[y], strict=True) if a != b] for k, (x, y) in pairs.items()
    }
    classes += [(f"AND, any form, {k}", query_and, v) for k, v in couples.items()]
    classes += [(f"phrase of stems, {k}", query_phrase, v) for k, v in couples.items()]
    classes += [(f"exact word, {k}", query_exact_word, [(form[s],) for s in pick[k]]) for k in bands]
    giant = int(sizes.argmax())
    members = range(int(corpus.family[giant]), int(corpus.family[giant + 1]), 50)
    classes += [("exact word, giant family", query_exact_word, [(f,) for f in members])]
    for name, words in couples.items():
        classes += [(f"exact phrase, {name}", query_exact_phrase, [(form[a], form[b]) for a, b in words])]
    classes += [("prefix inside a family", Layout.union, [(form[s], form[s] + 1) for s in pick["mid"]])]
    ends = [(form[s], int(corpus.family[min(s + 40, len(df))])) for s in pick["mid"]]
    classes += [("prefix over 40 families", Layout.union, ends)]
    return classes


def fastest(function: Callable, layout: PerStem | PerForm, arguments: tuple[int, ...]) -> float:
    """Milliseconds, best of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        function(layout, *arguments)
        times.append(time.perf_counter() - start)
    return min(times) * 1e3


def report_size(layout: PerStem | PerForm, n_tokens: int) -> None:
    sizes = {k: v.nbytes for k, v in vars(layout).items() if isinstance(v, np.ndarray)}
    del sizes["family"], sizes["length"]
    total = sum(sizes.values())
    parts = ", ".join(f"{k} {size / n_tokens:.3f}" for k, size in sizes.items() if size > n_tokens / 1000)
    print(f"{type(layout).__name__}: {total / 1e6:.1f} MB, {total / n_tokens:.3f} B/token ({parts})")


def main(n_docs: int = 100_000, seed: int = 1) -> None:
    corpus = generate(n_docs, seed)
    n = len(corpus.doc)
    stems, forms = PerStem(corpus), PerForm(corpus)
    several = (np.diff(corpus.family) > 1)[corpus.stem].mean()
    print(
        f"NumPy {np.__version__}; {n_docs:,} articles, {n:,} tokens, {len(stems.docs) / n:.3f} postings "
        f"a token, {len(forms.docs) / len(stems.docs):.3f} times as many per form, "
        f"{several:.0%} of tokens in families of several forms"
    )
    report_size(stems, n)
    report_size(forms, n)
    print(f"{'query class':34} {'per stem':>9} {'per form':>9} {'form/stem':>9}   (median ms)")
    for name, function, queries in choose(corpus, stems):
        for arguments in queries:
            assert np.array_equal(function(stems, *arguments), function(forms, *arguments)), (name, arguments)
        a, b = (median(fastest(function, x, q) for q in queries) for x in (stems, forms))
        print(f"{name:34} {a:9.3f} {b:9.3f} {b / a:9.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
