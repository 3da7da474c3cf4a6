"""Which terms answer a word that a reader typed?

The counterpart of ``Word.terms``: for every way to write a word, the terms under which the texts that spell
it so are found. An *alternative* is a row of terms that stand at adjacent positions; alternatives are joined
by OR. Terms are stems (field ``text``) or, where ``exact``, forms (field ``text_exact``).
"""

from collections.abc import Sequence
from itertools import islice, product
from typing import NamedTuple

from indexer.analysis.synonyms import Synonyms
from indexer.analysis.tokenizer import CHUNK
from indexer.analysis.words import MOST_PARTS, Part, Word, WordReader

Alternative = tuple[str, ...]

MOST_ALTERNATIVES = 64  # of a phrase; the plainest are kept
_MOST_OF_A_WORD = 16
_SHORT_PHRASE = 4  # words up to which every way to join neighbours is tried
_LONG_WORD = 6
_MOST_REMEMBERED = 4096  # words


class QuerySpan(NamedTuple):
    """Typed words ``first`` to ``last`` (inclusive) and what answers them.

    One word: any of ``alternatives``. Several words: all of ``words``, or any of ``alternatives`` instead of
    them (``group of seven``: the three words, or ``g7``). A word of signs only has no alternative.
    """

    first: int
    last: int
    alternatives: tuple[Alternative, ...]
    words: "tuple[QuerySpan, ...]" = ()


class _Edge(NamedTuple):
    """A way over the words of a phrase up to ``end``; ``price`` 0 is as typed."""

    end: int
    terms: Alternative
    price: int


_Way = tuple[Alternative, "_Way"] | None


def typed_in_capitals(text: str) -> bool:
    """Whether a query is in capitals throughout, so that ``US`` in it may mean ``us``.

    >>> typed_in_capitals("WHO LEADS CABINET"), typed_in_capitals("WHO"), typed_in_capitals("US Senate")
    (True, False, False)
    """
    return text.isupper() and any(len(word) >= _LONG_WORD and word.isalpha() for word in text.split())


class Spellings:
    """The query side of one archive's analysis."""

    def __init__(self, reader: WordReader, groups: Sequence[Sequence[str]]) -> None:
        self._reader = reader
        self._known: dict[tuple[str, bool, bool], tuple[Alternative, ...]] = {}
        self._readings: dict[str, list[Word]] = {}
        readings = [[self._plainest(spelling) for spelling in group] for group in groups]
        self._synonyms = Synonyms([[stems for stems, _ in group] for group in readings])
        self._variants = Synonyms([[forms for _, forms in group] for group in readings], same_letters=True)

    def word(self, raw: str, *, exact: bool = False, capitals_typed: bool = False) -> tuple[Alternative, ...]:
        """The alternatives for one typed word, the plainest first; none for a word of signs only."""
        key = raw, exact, capitals_typed
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._read(raw, exact, capitals_typed)
        return known

    def _read(self, raw: str, exact: bool, capitals_typed: bool) -> tuple[Alternative, ...]:
        words = self._words(raw)
        if not words:
            return ()
        choices = [_choices(word, exact, capitals_typed) for word in words]
        rows = [_row(choice) for choice in islice(product(*choices), _MOST_OF_A_WORD)]
        if len(words) > 1:  # Israel–Hamas, and/or
            rows += self._joined([part.form for word in words for part in word.parts], exact)
        table = self._table(exact)
        return tuple(dict.fromkeys([*rows, *(other for row in rows for other in table.others(row))]))

    def words(
        self, raws: Sequence[str], *, exact: bool = False, capitals_typed: bool | None = None
    ) -> list[QuerySpan]:
        """Typed words, cut into spans: the longest that a synonym covers from the left, else single words.

        ``capitals_typed`` None: found out from the words.
        """
        capitals = typed_in_capitals(" ".join(raws)) if capitals_typed is None else capitals_typed
        singles = [
            QuerySpan(i, i, self.word(raw, exact=exact, capitals_typed=capitals))
            for i, raw in enumerate(raws)
        ]
        spans: list[QuerySpan] = []
        first = 0
        while first < len(singles):
            span = self._longest(singles, first, exact)
            spans.append(span)
            first = span.last + 1
        return spans

    def phrase(
        self, raws: Sequence[str], *, exact: bool = True, capitals_typed: bool | None = None
    ) -> list[Alternative]:
        """The rows of terms that a phrase may stand for, the plainest first; at most 64.

        Neighbours are also looked for as one hyphenated word, a typed hyphenated word also as its parts. In a
        phrase of up to four words every such choice is combined with every other; in a longer one, one at a
        time.
        """
        capitals = typed_in_capitals(" ".join(raws)) if capitals_typed is None else capitals_typed
        atoms, edges = self._edges(raws, exact, capitals)
        dearest = atoms if atoms <= _SHORT_PHRASE else 1
        return _cheapest(edges, dearest)

    def _edges(self, raws: Sequence[str], exact: bool, capitals: bool) -> tuple[int, list[list[_Edge]]]:
        """The phrase as a graph whose nodes lie between its words and between the parts of typed ones."""
        atoms: list[str] = []
        typed: dict[int, str] = {}
        for raw in raws:
            pieces = self._pieces(raw)
            if len(pieces) > 1:
                typed[len(atoms)] = raw
            atoms.extend(pieces)
        singles = [self.word(atom, exact=exact, capitals_typed=capitals) for atom in atoms]
        edges: list[list[_Edge]] = [[] for _ in singles]
        for start, raw in typed.items():
            whole = self.word(raw, exact=exact, capitals_typed=capitals)
            edges[start].append(_Edge(start + len(self._pieces(raw)), whole[0], 0))
        table = self._table(exact)
        reach = max(MOST_PARTS, table.longest)
        for start, choices in enumerate(singles):
            split = start in typed
            for place, row in enumerate(choices or ((),)):
                edges[start].append(_Edge(start + 1, row, int(split or place > 0)))
            for end in range(start + 2, min(start + reach, len(singles)) + 1):
                row = _row([choice[0] for choice in singles[start:end] if choice])
                edges[start].extend(_Edge(end, other, 1) for other in table.others(row))
                if end - start <= MOST_PARTS:
                    edges[start].extend(_Edge(end, row, 1) for row in self._joined(atoms[start:end], exact))
        return len(atoms), edges

    def _pieces(self, raw: str) -> list[str]:
        """The parts of a typed hyphenated word; any other word whole."""
        words = self._words(raw)
        if len(words) != 1 or len(words[0].parts) == 1:
            return [raw]
        match = CHUNK.search(raw)
        chunk = match.group() if match else ""
        return [chunk[part.start : part.end] for part in words[0].parts]

    def _joined(self, atoms: Sequence[str], exact: bool) -> list[Alternative]:
        """Neighbours as the one word that a text with hyphens between them is indexed under."""
        words = self._words("-".join(atoms))
        if len(words) != 1 or words[0].joined is None or len(words[0].parts) != len(atoms):
            return []
        word, joined = words[0], words[0].joined
        return [((word.hyphenated or joined.form) if exact else joined.stem,)]

    def _longest(self, singles: list[QuerySpan], first: int, exact: bool) -> QuerySpan:
        """The span of most words from ``first`` that other spellings can replace, or the word itself."""
        table = self._table(exact)
        for last in range(min(len(singles), first + table.longest) - 1, first, -1):
            words = singles[first : last + 1]
            if not all(word.alternatives for word in words):
                continue
            others = table.others(_row([word.alternatives[0] for word in words]))
            if others:
                return QuerySpan(first, last, others, tuple(words))
        return singles[first]

    def _table(self, exact: bool) -> Synonyms:
        return self._variants if exact else self._synonyms

    def _plainest(self, spelling: str) -> tuple[Alternative, Alternative]:
        """A spelling as the rows of stems and of forms that it is looked up by."""
        words = self._words(spelling)
        stems, forms = ([_choices(word, exact, False)[0] for word in words] for exact in (False, True))
        return _row(stems), _row(forms)

    def _words(self, raw: str) -> list[Word]:
        known = self._readings.get(raw)
        if known is None:
            if len(self._readings) >= _MOST_REMEMBERED:
                self._readings.clear()
            known = [word for match in CHUNK.finditer(raw) for word in self._reader.read(match.group())]
            self._readings[raw] = known
        return known


def _choices(word: Word, exact: bool, capitals: bool) -> list[Alternative]:
    """What one word asks for: joined first, then its parts in a row."""
    if word.joined is not None:
        solid = word.joined.form if exact else word.joined.stem
        return [(solid,), tuple(_asked(part, exact, capitals)[0] for part in word.parts)]
    part = word.parts[0]
    choices: list[Alternative] = [(term,) for term in _asked(part, exact, capitals)]
    return [*choices, part.letters] if part.letters else choices


def _asked(part: Part, exact: bool, capitals: bool) -> tuple[str, ...]:
    """The terms of one part; the plain word where everything is in capitals."""
    if capitals and part.asked_form == part.form.upper():
        return (part.form if exact else part.terms[0].stem,)
    return (part.asked_form,) if exact else part.asked_stems


def _row(rows: Sequence[Alternative]) -> Alternative:
    """Rows in a row."""
    return tuple(term for row in rows for term in row)


def _cheapest(edges: list[list[_Edge]], dearest: int) -> list[Alternative]:
    """The rows along the ways through a phrase, cheapest first, up to a price and to ``MOST_ALTERNATIVES``.

    Worked out from the end: for each node and price, the first few ways on from there, sharing their tails.
    """
    ways: list[list[list[_Way]]] = [[[] for _ in range(dearest + 1)] for _ in range(len(edges) + 1)]
    ways[-1][0] = [None]
    for start in range(len(edges) - 1, -1, -1):
        for price in range(dearest + 1):
            onward = (
                (edge.terms, way)
                for edge in edges[start]
                if edge.price <= price
                for way in ways[edge.end][price - edge.price]
            )
            ways[start][price] = list(islice(onward, MOST_ALTERNATIVES))
    rows = dict.fromkeys(_unrolled(way) for price in range(dearest + 1) for way in ways[0][price])
    return list(rows)[:MOST_ALTERNATIVES]


def _unrolled(way: _Way) -> Alternative:
    """The terms along a way."""
    terms: list[str] = []
    while way is not None:
        terms.extend(way[0])
        way = way[1]
    return tuple(terms)
