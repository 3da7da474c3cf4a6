"""The fast evaluator gives exactly what looking at every token gives: same articles, same scores."""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from oracle import Collection, Doc, score
from whoosh import query as wq

from indexer.analysis.token import Token
from indexer.codec.builder import SegmentBuilder
from indexer.codec.segment import Segment
from indexer.codec.vocabulary import Vocabulary
from indexer.search.matching import Context, live, matches
from indexer.search.part import Part, Window
from indexer.search.statistics import Statistics
from indexer.storage import FileDirectory

# (stem, form): families of several forms, a form of two families, a form without a stem, a stem without a form, accents
WORDS = [
    ("paus", "pause"), ("paus", "pauses"), ("paus", "paused"), ("gaza", "gaza"), ("us", "us"), ("US", "US"),
    ("ceas", "cease"), ("fire", "fire"), ("ceasefir", "ceasefire"), ("", "cease-fire"), ("may", "may"), ("lie", "lies"),
    ("li", "lies"), ("woman", "woman"), ("women", "women"), ("sao", "são"), ("extra", ""),
]  # fmt: skip


@dataclass
class Seed:
    """The least that a segment has to know of an article."""

    id: str
    day: int | None
    own_id: bool = False
    path: str = "x.txt"
    line: int = 1
    body_line: int = 2
    headline: str = ""
    summary: str = ""
    source: str | None = None
    body: str = ""


def make_doc(chance: random.Random) -> Doc:
    parts, position = [], 0
    for most in (4, 6, 40):
        tokens = []
        for _ in range(chance.randrange(most)):
            together = chance.sample(WORDS, chance.choice([1, 1, 1, 2]))
            seen_stems, seen_forms = {""}, {""}
            for stem, form in together:
                if stem not in seen_stems or form not in seen_forms:
                    stem, form = stem * (stem not in seen_stems), form * (form not in seen_forms)
                    tokens.append(Token(0, 0, position, stem, form))
                    seen_stems.add(stem)
                    seen_forms.add(form)
            position += 1
        parts.append(tokens)
        position += 100
    return Doc(tuple(parts), chance.choice([None, *range(100, 120)]))


def make_part(folder: Path, name: str, docs: list[Doc], base: int) -> tuple[Part, list[Doc]]:
    """A part of these documents, and the documents in the order of the part."""
    directory = FileDirectory(folder)
    builder = SegmentBuilder(directory, Vocabulary())
    for number, doc in enumerate(docs):
        builder.add(Seed(str(number), doc.day), doc.parts)
    builder.finish(name)
    segment = Segment.open(directory, name)
    return Part(segment, base), [docs[int(segment.ids.of(n))] for n in range(len(docs))]


def random_query(chance: random.Random, depth: int = 2) -> wq.Query:
    stem, form = chance.choice(WORDS)
    kind = chance.randrange(12 if depth else 7)
    if kind < 2 or (kind < 5 and not (stem and form)):
        return wq.Term("text", stem or "nowhere") if kind else wq.Term("text_exact", form or "nowhere")
    if kind == 2:
        return wq.Phrase("text", [chance.choice(WORDS)[0] or "no" for _ in range(chance.randint(1, 3))], slop=chance.choice([1, 1, 3]))
    if kind == 3:
        return wq.Phrase("text_exact", [chance.choice(WORDS)[1] or "no" for _ in range(chance.randint(1, 3))], slop=chance.choice([1, 1, 3]))
    if kind == 4:
        cut = chance.randrange(len(form) + 1)
        return chance.choice([wq.Prefix("text_exact", form[: cut or 1]), wq.Wildcard("text_exact", form[:cut] + "*" + form[cut + 1 :]), wq.Wildcard("text_exact", form[:cut] + "?" + form[cut + 1 :])])
    if kind == 5:
        return wq.FuzzyTerm("text_exact", form or "gaza", maxdist=chance.choice([1, 2]), prefixlength=chance.choice([0, 1]))
    if kind == 6:
        return chance.choice([wq.Every(), wq.NumericRange("day", chance.randint(95, 110), chance.randint(108, 125))])
    parts = [random_query(chance, depth - 1) for _ in range(chance.randint(2, 3))]
    if kind < 9:
        return wq.And(parts)
    return wq.Or(parts) if kind < 11 else wq.AndNot(parts[0], parts[1])


@pytest.mark.parametrize("seed", range(12))
def test_fast_answers_are_those_of_looking_at_every_token(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    parts, docs, alive = [], [], []
    for number in range(chance.choice([1, 1, 3])):
        part, ordered = make_part(tmp_path, f"s{number}", [make_doc(chance) for _ in range(chance.randint(1, 30))], len(docs))
        if chance.random() < 0.5:
            part.deleted = np.array(sorted(chance.sample(range(len(ordered)), len(ordered) // 4)), np.uint32)
            part.n_live = len(ordered) - len(part.deleted)
        alive += [n not in set(part.deleted.tolist()) for n in range(len(ordered))]
        parts.append(part)
        docs += ordered
    collection = Collection([doc for doc, lives in zip(docs, alive, strict=True) if lives])
    statistics = Statistics(parts)
    for _ in range(60):
        query = random_query(chance)
        expected = {
            number: found
            for number, doc in enumerate(docs)
            if alive[number] and (found := score(query, doc, collection)) is not None
        }
        got, unscored = {}, []
        for part in parts:
            found = live(matches(query, Context(part, statistics, part.whole, True)), part)
            got.update(zip((found.docs + part.base).tolist(), found.scores.tolist(), strict=True))
            bare = live(matches(query, Context(part, statistics, part.whole, False)), part)
            unscored += (bare.docs + part.base).tolist()
            assert bare.scores is None
        assert got == pytest.approx(expected, rel=1e-9), query
        assert unscored == sorted(expected), query
        part = chance.choice(parts)
        low = chance.randint(0, part.n_docs)
        window = Window(low, chance.randint(low, part.n_docs))
        inside = live(matches(query, Context(part, statistics, window, True)), part)
        assert dict(zip((inside.docs + part.base).tolist(), inside.scores.tolist(), strict=True)) == pytest.approx(
            {n: s for n, s in expected.items() if window.low <= n - part.base < window.high}, rel=1e-9
        ), (query, window)
