"""The fast evaluator gives exactly what looking at every token gives: same articles, same scores."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from oracle import Collection, Doc, score
from whoosh.reading import SegmentReader
from whoosh.searching import Searcher

from indexer.analysis.token import Token
from indexer.codec.builder import SegmentBuilder
from indexer.codec.segment import Segment
from indexer.codec.sentence_table import Sentence
from indexer.codec.vocabulary import Vocabulary
from indexer.codec.whoosh_codec import IndexSegment
from indexer.index.whoosh_index import make_schema
from indexer.query.keywords import Keyword
from indexer.query.nodes import (
    And,
    AndNot,
    Every,
    FuzzyTerm,
    NumericRange,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from indexer.query.placed import AtLeast, Near, Section, Together, Within
from indexer.query.whoosh_trees import from_whoosh, to_whoosh
from indexer.search import places, variants
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
    doc = Doc(tuple(parts), chance.choice([None, *range(100, 120)]))
    doc.sentences = tuple(sentences(chance, doc))
    doc.source = chance.choice([None, "Reuters", "Agência Lusa", "AP"])
    doc.path = chance.choice(["a.txt", "2023/a.txt", "2023/b.jsonl"])
    return doc


def sentences(chance: random.Random, doc: Doc) -> Iterator[tuple[int, bool]]:
    """Sentences and paragraphs that begin anywhere; every part opens a paragraph, some sentences have no words."""
    for part in doc.parts:
        positions = sorted({token.position for token in part})
        for place, position in enumerate(positions):
            if place == 0 or chance.random() < 0.3:
                yield position, place == 0 or chance.random() < 0.4
                if chance.random() < 0.1:
                    yield position, chance.random() < 0.5


def make_part(folder: Path, name: str, docs: list[Doc], base: int) -> tuple[Part, list[Doc]]:
    """A part of these documents, and the documents in the order of the part."""
    directory = FileDirectory(folder)
    builder = SegmentBuilder(directory, Vocabulary())
    for number, doc in enumerate(docs):
        doc.id = f"{number:03}"
        rows = [Sentence(position, place, opens) for place, (position, opens) in enumerate(doc.sentences)]
        builder.add(Seed(doc.id, doc.day, path=doc.path, source=doc.source), doc.parts, rows)
    builder.finish(name)
    segment = Segment.open(directory, name)
    return Part(segment, base), [docs[int(segment.ids.of(n))] for n in range(len(docs))]


def random_leaf(chance: random.Random) -> Query:
    """One word or phrase, as typed or with letters left open."""
    stem, form = chance.choice(WORDS)
    boost = chance.choice([1.0, 1.0, 2.5])
    kind = chance.randrange(8)
    if kind < 3 or (kind > 5 and not form):
        return chance.choice([Term("text", stem or "nowhere", boost), Term("text_exact", form or "nowhere", boost)])
    if kind < 6:
        side = chance.randrange(2)
        words = [chance.choice(WORDS)[side] or "no" for _ in range(chance.randint(1, 3))]
        return Phrase(("text", "text_exact")[side], words, slop=chance.choice([1, 1, 3]), boost=boost)
    if kind == 6:
        return FuzzyTerm("text_exact", form, maxdist=chance.choice([1, 2]), prefixlength=chance.choice([0, 1]))
    cut = chance.randrange(len(form) + 1)
    patterns = [Wildcard("text_exact", form[:cut] + sign + form[cut + 1 :], boost) for sign in "*?"]
    return chance.choice([Prefix("text_exact", form[: cut or 1], boost), *patterns])


def random_placed(chance: random.Random, depth: int) -> Query:
    """Something that stands at places: a word, any of several, or words in relation to each other."""

    def sub() -> Query:
        return random_placed(chance, depth - 1)

    if not depth or chance.random() < 0.3:
        return random_leaf(chance)
    words = [Term("text", chance.choice(WORDS)[0] or "no") for _ in range(chance.randint(1, 3))]
    return chance.choice(
        [
            lambda: Or([sub() for _ in range(chance.randint(2, 3))]),
            lambda: Near([sub(), sub()], chance.choice([1, 2, 5, 20]), *chance.choice([(False, False), (False, True), (True, False), (True, False, 2)])),
            lambda: Near([sub(), sub()], chance.choice([1, 2, 5, 20]), *chance.choice([(False, False), (False, True), (True, False), (True, False, 2)])),
            lambda: Together(words, chance.choice([1, 3, 10])),
            lambda: Within([sub() for _ in range(chance.randint(2, 3))], chance.choice("sp")),
            lambda: AtLeast([sub()], chance.randint(1, 4)),
            lambda: Section([sub()], chance.choice(["headline", "summary", "lead", "body"])),
        ]
    )()


def random_keyword(chance: random.Random) -> Query:
    name = chance.choice(["source", "path", "id"])
    patterns = {"source": ["reuters", "AGENCIA LUSA", "a*", "*"], "path": ["2023/*", "a.txt", "*b.j?onl", "no"], "id": ["0*", "003", "*"]}
    return Keyword(name, chance.choice(patterns[name]))


def random_query(chance: random.Random, depth: int = 2) -> Query:
    kind = chance.randrange(12 if depth else 7)
    if kind < 3:
        return random_leaf(chance)
    if kind < 5:
        return random_placed(chance, 2)
    if kind == 5:
        return random_keyword(chance)
    if kind == 6:
        return chance.choice([Every(), Every("day", boost=0.0), NumericRange("day", chance.randint(95, 110), chance.randint(108, 125))])
    parts = [random_query(chance, depth - 1) for _ in range(chance.randint(2, 3))]
    if kind < 9:
        return And(parts)
    return Or(parts) if kind < 11 else AndNot(parts[0], parts[1])


@pytest.mark.parametrize("seed", range(12))
def test_fast_answers_are_those_of_looking_at_every_token(tmp_path: Path, seed: int, monkeypatch) -> None:
    chance = random.Random(seed)
    if seed % 2:  # lists and documents are read in many pieces
        monkeypatch.setattr(variants, "TOGETHER", 30)
        monkeypatch.setattr(places, "TOGETHER", 7)
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
        assert got == pytest.approx(expected, rel=1e-9, abs=1e-12), query
        assert unscored == sorted(expected), query
        part = chance.choice(parts)
        low = chance.randint(0, part.n_docs)
        window = Window(low, chance.randint(low, part.n_docs))
        inside = live(matches(query, Context(part, statistics, window, True)), part)
        assert dict(zip((inside.docs + part.base).tolist(), inside.scores.tolist(), strict=True)) == pytest.approx(
            {n: s for n, s in expected.items() if window.low <= n - part.base < window.high}, rel=1e-9, abs=1e-12
        ), (query, window)


@pytest.mark.parametrize("seed", range(6))
def test_whoosh_finds_the_same_by_its_own_matchers(tmp_path: Path, seed: int) -> None:
    """What Whoosh has no node for has a matcher there; inside Whoosh's nodes, and these inside ours."""
    chance = random.Random(seed)
    part, ordered = make_part(tmp_path, "s", [make_doc(chance) for _ in range(25)], 0)
    deleted = sorted(chance.sample(range(25), 5))
    reader = SegmentReader(None, make_schema(), IndexSegment(part.segment, "s", deleted))
    searcher = Searcher(reader)
    collection = Collection([doc for n, doc in enumerate(ordered) if n not in deleted])
    for _ in range(40):
        parts = [chance.choice([random_placed(chance, 2), random_keyword(chance)]) for _ in range(chance.randint(1, 3))]
        query = chance.choice([And, Or])(parts)
        if chance.random() < 0.3:
            query = AndNot(query, random_leaf(chance))
        expected = [n for n, doc in enumerate(ordered) if n not in deleted and score(query, doc, collection) is not None]
        assert from_whoosh(to_whoosh(query)) == query
        assert list(to_whoosh(query).matcher(searcher, searcher.boolean_context()).all_ids()) == expected, query
        scored = to_whoosh(query).matcher(searcher, searcher.context()).all_ids()
        assert set(scored) <= set(expected), query  # Whoosh's scored unions take a score of 0 for no match
