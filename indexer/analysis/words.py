"""Which terms is one raw word?

A chunk becomes ``Word``s. Each takes one position and knows both sides of its meaning: the terms under which
a text is indexed (``Word.terms``) and those that a reader who types it asks for (``Part.asked_stems`` ...).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.analysis.ambiguous import AMBIGUOUS
from indexer.analysis.folding import Folded, fold_chunk
from indexer.analysis.stemming import WordStemmer
from indexer.analysis.tokenizer import word_spans
from indexer.limits import LIMITS

MOST_PARTS = 6  # of a hyphenated word that keeps one position
MOST_CHARACTERS = 64
# O'Neill, d'Estaing: the rest is a name
_PREFIXES = frozenset(["o", "d", "l", "qu", "m", "n", "s", "dell", "all", "nell", "sull", "dall", "un"])
_POSSESSIVE = ("'s", "’s")
_CLITICS = frozenset(["ll", "re", "ve", "d", "m"])
# we're is not "were"
_MISREAD = frozenset(["were", "well", "ill", "hell", "shell", "wed", "shed", "id", "youre", "itd"])
_PLAIN_DOTTED = frozenset(["am", "pm"])  # a.m. is never the acronym


class Term(NamedTuple):
    """One term of a word and the span, in the chunk, that it stands for; "" means none in that field."""

    start: int
    end: int
    stem: str
    form: str


class Part(NamedTuple):
    """A word without hyphens, or one part of a word with hyphens."""

    start: int
    end: int
    form: str
    terms: tuple[Term, ...]
    asked_stems: tuple[str, ...]  # any of these answers a reader who typed the part
    asked_form: str
    letters: tuple[str, ...] = ()  # AT&T: what stands between the signs


class Word(NamedTuple):
    """What stands at one position."""

    parts: tuple[Part, ...]
    joined: Term | None = None  # cease-fire -> ceasefire
    hyphenated: str = ""  # cease-fire, where its parts are words of their own

    def terms(self) -> list[Term]:
        """Everything to index at this position, whole word first; no stem and no form twice."""
        whole = [] if self.joined is None else [self.joined]
        if self.hyphenated and self.joined:
            whole.append(Term(self.joined.start, self.joined.end, "", self.hyphenated))
        single = self.joined is not None and not self.hyphenated
        parts = () if single else (term for part in self.parts for term in part.terms)
        return _without_repeats([*whole, *parts])


class WordReader:
    """Reads chunks of one language into words."""

    def __init__(self, stemmer: WordStemmer) -> None:
        self._stemmer = stemmer

    def read(self, chunk: str) -> Iterator[Word]:
        """The words of a chunk, in order; none where it holds only signs."""
        folded = fold_chunk(chunk)
        for spans in word_spans(folded.shape):
            start, end = spans[0][0], spans[-1][1]
            if folded.shape[start] == "c":
                yield from self._read_unspaced(folded, start, end)
            elif len(spans) == 1:
                yield Word((self._read_part(chunk, folded, start, end),))
            else:
                yield from self._read_hyphenated(chunk, folded, spans)

    def read_plain(self, cores: Sequence[str]) -> tuple[list[str], list[str]]:
        """Stems and forms of chunks whose ``plain_core`` these are, read without ceremony."""
        forms = "\n".join(cores).lower().split("\n") if cores else []
        return self._stemmer.plain_stems(forms), forms

    def _read_unspaced(self, folded: Folded, start: int, end: int) -> Iterator[Word]:
        """Overlapping pairs of letters, a position each; a lone letter alone."""
        for first in range(start, max(start + 1, end - 1)):
            last = min(first + 2, end)
            pair = folded.text[first:last]
            term = Term(folded.starts[first], folded.ends[last - 1], pair, pair)
            yield Word((Part(term.start, term.end, pair, (term,), (pair,), pair),))

    def _read_hyphenated(self, chunk: str, folded: Folded, spans: list[tuple[int, int]]) -> Iterator[Word]:
        """One word at one position, or one for each part where joining them would mean nothing."""
        parts = tuple(self._read_part(chunk, folded, start, end) for start, end in spans)
        size = spans[-1][1] - spans[0][0]
        if len(parts) > MOST_PARTS or size > MOST_CHARACTERS or all(part.form.isdigit() for part in parts):
            yield from (Word((part,)) for part in parts)
            return
        solid = cut("".join(part.form for part in parts))
        joined = Term(parts[0].start, parts[-1].end, self._stem(solid, solid)[0], solid)
        initials = [len(part.form) == 1 and part.form.isalpha() for part in parts]
        if any(initials) and len(parts) == 2:
            yield Word(parts, joined)  # G-7, e-mail
        else:
            yield Word(parts, joined, cut("-".join(part.form for part in parts)))

    def _read_part(self, chunk: str, folded: Folded, start: int, end: int) -> Part:
        """A word without hyphens: possessive off, inner signs out, capitals and inner names noted."""
        text, shape = folded.text[start:end], folded.shape[start:end]
        whole = folded.ends[end - 1]
        text, rest = _split_clitic(text, shape)
        shape = shape[: len(text)]
        end = start + len(text)
        form = cut(_without_signs(text, shape))
        span = folded.starts[start], folded.ends[end - 1]
        raw = chunk[span[0] : span[1]]
        if rest and rest != "s":
            return self._read_contraction(span, whole, form, rest, raw)
        stems = self._stem(form, raw)
        terms = [Term(*span, stems[0], form), *(Term(*span, stem, "") for stem in stems[1:])]
        if _is_acronym(shape, form):
            capitals = form.upper()
            terms.append(Term(*span, capitals, capitals))
            return Part(*span, form, tuple(terms), (capitals,), capitals)
        name = _inner_name(text)
        if name:
            inner = cut(text[name:].replace("'", ""))
            terms.append(Term(folded.starts[start + name], span[1], self._stem(inner, inner)[0], inner))
        letters = tuple(text.split("&")) if "&" in text else ()
        return Part(*span, form, tuple(terms), stems, form, letters)

    def _read_contraction(self, span: tuple[int, int], whole: int, base: str, rest: str, raw: str) -> Part:
        """``we've`` is ``we`` and ``weve``; ``we're`` is ``we`` and, as written, ``we're``, never
        ``were``. ``span`` is that of ``we``, ``whole`` the end of all of it.
        """
        stems = self._stem(base, raw)
        first = Term(*span, stems[0], base)
        solid = base + rest
        if solid in _MISREAD:
            written = f"{base}'{rest}"
            return Part(span[0], whole, base, (first, Term(span[0], whole, "", written)), stems, written)
        stem = self._stem(solid, solid)[0]
        return Part(span[0], whole, solid, (Term(span[0], whole, stem, solid), first), (stem,), solid)

    def _stem(self, form: str, raw: str) -> tuple[str, ...]:
        """Stems, cut to size; a word with a digit is its own stem, but for a plural as in ``f16s``."""
        if any(map(str.isdigit, form)):
            plural = form[-1] == "s" and form[0].isalpha() and form[-2:-1].isdigit()
            return (form[:-1] if plural else form,)
        return tuple(map(cut, self._stemmer.stems(form, raw)))


def plain_core(chunk: str) -> str:
    """The one term of a chunk without its possessive, where it is plain, else nothing.

    Most chunks are: letters from a to z that are no acronym, or digits.
    """
    core = chunk[:-2] if chunk.endswith(_POSSESSIVE) else chunk
    if not core.isascii() or len(core) >= MOST_CHARACTERS:
        return ""
    if core.isalpha():
        return "" if core.isupper() and core.lower() in AMBIGUOUS else core
    return core if core is chunk and core.isdigit() else ""


def plain_cores(chunks: Sequence[str]) -> list[str]:
    """The same of many chunks; most need no look at their end."""
    return [
        chunk
        if chunk.isalpha() and chunk.isascii() and not chunk.isupper() and len(chunk) < MOST_CHARACTERS
        else plain_core(chunk)
        for chunk in chunks
    ]


def cut(term: str) -> str:
    """The longest beginning of a term that fits the limit of the index, in whole characters."""
    if len(term) * 4 <= LIMITS.term_bytes:
        return term
    return term.encode()[: LIMITS.term_bytes].decode(errors="ignore")


def _is_acronym(shape: str, form: str) -> bool:
    """Whether a word was written in capitals, or with points, and its small letters mean something else."""
    if form not in AMBIGUOUS or "0" in shape:
        return False
    return "a" not in shape or ("." in shape and form not in _PLAIN_DOTTED)


def _split_clitic(text: str, shape: str) -> tuple[str, str]:
    """``("minister", "s")`` from ``minister's``; ``1980's`` stays whole, ``don't`` as well."""
    cleft = text.rfind("'")
    if cleft < 1:
        return text, ""
    base, rest = text[:cleft].removesuffix("."), text[cleft + 1 :]
    if rest == "s" and shape[cleft - 1] != "0":
        return base, rest
    if rest in _CLITICS and base.isalpha():
        return base, rest
    return text, ""


def _without_signs(text: str, shape: str) -> str:
    """Inner signs removed; the point of a decimal fraction stays."""
    if shape.isalpha():
        return text
    text = text.replace("'", "").replace("&", "").replace(",", "")
    return text if shape[0] == "0" else text.replace(".", "")


def _inner_name(text: str) -> int:
    """Where the name begins in ``o'neill`` and ``d'estaing``; 0 where there is none."""
    prefix, _, rest = text.partition("'")
    return len(prefix) + 1 if prefix in _PREFIXES and len(rest) >= 3 else 0


def _without_repeats(terms: list[Term]) -> list[Term]:
    """Blank the stems and forms that this position has already, and drop terms that then say nothing."""
    stems: set[str] = {""}
    forms: set[str] = {""}
    kept = []
    for start, end, stem, form in terms:
        stem = "" if stem in stems else stem
        form = "" if form in forms else form
        stems.add(stem)
        forms.add(form)
        if stem or form:
            kept.append(Term(start, end, stem, form))
    return kept
