"""Articles with ready tokens for tests of the codec, and what an index of them must say, worked out naively."""

import random
from collections import defaultdict
from dataclasses import dataclass, field

from indexer.analysis.token import Token
from indexer.codec.builder import SegmentBuilder
from indexer.codec.segment import Segment
from indexer.codec.sentence_table import Sentence
from indexer.codec.vocabulary import Vocabulary
from indexer.storage.directory import FileDirectory

GAP = 100
WEIGHTS = (6, 3, 2)  # units of headline, summary, body
FAMILIES = {
    "elect": ["elect", "elected", "election", "elections"],
    "vote": ["vote", "votes", "voting"],
    "gaza": ["gaza"],
    "us": ["us"],
    "US": ["us"],  # one form, two stems
    "minist": ["minister", "ministers", "ministry"],
    "naïv": ["naïve", "naïvely"],
    "東京": ["東京"],
    "solo": [""],  # a stem without a form
}
LONERS = ["cease-fire", "élite-run", "we're"]  # forms without a stem


@dataclass
class Sample:
    """An article and its tokens."""

    id: str
    parts: tuple[list[Token], list[Token], list[Token]]
    day: int | None = None
    headline: str = "H"
    summary: str = ""
    body: str = "B"
    path: str = "a.txt"
    source: str | None = None
    line: int = 1
    body_line: int = 2
    own_id: bool = False
    sentences: list[Sentence] = field(default_factory=list)


def token(position: int, stem: str, form: str) -> Token:
    return Token(0, 0, position, stem, form)


def part(words: list[list[tuple[str, str]]], start: int) -> list[Token]:
    """Tokens of a part: for each position the (stem, form) pairs that stand there."""
    return [token(start + i, stem, form) for i, pairs in enumerate(words) for stem, form in pairs]


def parts_of(headline: list, summary: list, body: list) -> tuple[list[Token], list[Token], list[Token]]:
    at = len(headline) + GAP
    return part(headline, 0), part(summary, at), part(body, at + len(summary) + GAP)


def random_word(rng: random.Random) -> list[tuple[str, str]]:
    """What stands at one position: now and then two stems, or a form that has none."""
    stem = rng.choice(list(FAMILIES))
    pairs = [(stem, rng.choice(FAMILIES[stem]))]
    if rng.random() < 0.1:
        pairs.append(("", rng.choice(LONERS)))
    if rng.random() < 0.1 and stem == "us":
        pairs.append(("US", ""))
    return pairs


def random_sample(rng: random.Random, id: str, longest: int = 30) -> Sample:
    def words(most: int) -> list:
        return [random_word(rng) for _ in range(rng.randrange(most + 1))]

    alphabet = "abc \n\x01é東😀\ud800"
    sentences = []
    position = offset = 0
    for _ in range(rng.randrange(4)):
        sentences.append(Sentence(position, offset, rng.random() < 0.5))
        position += rng.choice([0, 3, 40_000])
        offset += rng.choice([1, 50, 70_000])
    return Sample(
        id,
        parts_of(words(4), words(3), words(longest)),
        day=rng.choice([None, *range(738_000, 738_006)]),
        headline="".join(rng.choices(alphabet, k=rng.randrange(8))),
        summary="".join(rng.choices(alphabet, k=rng.randrange(8))),
        body="".join(rng.choices(alphabet, k=rng.randrange(300))),
        path=rng.choice(["a.txt", "b/c.jsonl", "b/ü\n.txt"]),
        source=rng.choice([None, "", "AP", "Reuters"]),
        line=rng.randrange(1, 70_000),
        body_line=rng.randrange(1, 9),
        own_id=rng.random() < 0.5,
        sentences=sentences,
    )


def random_samples(seed: int, n: int, longest: int = 30) -> list[Sample]:
    rng = random.Random(seed)
    return [random_sample(rng, f"{seed:x}-{i:04x}", longest) for i in range(n)]


def build(folder, samples: list[Sample], name: str = "s.seg") -> Segment:
    directory = FileDirectory(folder)
    builder = SegmentBuilder(directory, Vocabulary())
    for sample in samples:
        builder.add(sample, sample.parts, sample.sentences)
    builder.finish(name)
    return Segment.open(directory, name)


def in_order(samples: list[Sample]) -> list[Sample]:
    """The order of documents in a segment: by day, undated last, otherwise as they came."""
    return sorted(samples, key=lambda sample: (sample.day is None, sample.day or 0))


Postings = dict[str, dict[int, tuple[int, list[int]]]]  # term -> document -> (weight, positions)


def expected(ordered: list[Sample]) -> tuple[Postings, Postings]:
    """Postings of stems and of forms; documents are numbered as in ``ordered``."""
    stems: Postings = defaultdict(dict)
    forms: Postings = defaultdict(dict)
    for doc, sample in enumerate(ordered):
        for weight, tokens in zip(WEIGHTS, sample.parts, strict=True):
            for each in tokens:
                for term, postings in ((each.stem, stems), (each.form, forms)):
                    old, positions = postings[term].get(doc, (0, []))
                    if term and positions[-1:] != [each.position]:
                        postings[term][doc] = (old + weight, [*positions, each.position])
    stems.pop("", None)
    forms.pop("", None)
    return dict(stems), dict(forms)
