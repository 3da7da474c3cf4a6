"""Which Whoosh query tree is what the reader typed?

Plain words become stems of the field ``text``, quoted and ``=`` words forms of ``text_exact``; every other
spelling of a word is one more branch of an Or. Words side by side are analysed together, so that synonyms of
several words are seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple

from whoosh import query as wq

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.function_words import FUNCTION_WORDS
from indexer.analysis.spellings import Alternative, QuerySpan, typed_in_capitals
from indexer.errors import QueryError
from indexer.query.parser import Parsed
from indexer.query.syntax import And, Everything, Node, Not, Or, Phrase, Word

STEMS, FORMS = "text", "text_exact"
FUNCTION_WORD_WEIGHT = 0.1  # measured: docs/effectiveness.md
FUNCTION_ROWS = frozenset(((word,),) for word in FUNCTION_WORDS)


class Meaning(NamedTuple):
    """A query as understood, to be run over an index and over a text."""

    text: str
    tree: wq.Query
    clauses: tuple[wq.Query, ...]  # one for each thing typed that an article must or may hold
    exact: wq.Query | None  # several plain words: the same words as one phrase, as written
    notes: tuple[str, ...]


def build(text: str, parsed: Parsed, analyzer: Analyzer, any_word: bool = False) -> Meaning:
    """Return the meaning of ``text``, parsed; ``any_word`` joins by OR what stands side by side.

    Raises QueryError where nothing in it can be searched for.
    """
    builder = _Builder(analyzer, typed_in_capitals(text), list(parsed.notes))
    tree = builder.tree(_loosened(parsed.tree) if any_word else parsed.tree)
    if tree is None:
        raise QueryError(f"{text.strip()} has no letters or digits: there is nothing to search for.")
    words = [word for word in parsed.plain if builder.exact_word(word)]
    exact = None if any_word or len(words) < 2 else builder.phrase(words)
    return Meaning(text, tree, tuple(builder.clauses), exact, tuple(builder.notes))


def _loosened(tree: Node) -> Node:
    """Return the tree with the words at its top joined by OR; what is excluded stays excluded."""
    if not isinstance(tree, And):
        return tree
    wanted = tuple(part for part in tree.parts if not isinstance(part, Not))
    banned = tuple(part for part in tree.parts if isinstance(part, Not))
    either = Or(wanted) if len(wanted) > 1 else And(wanted)
    return And((either, *banned)) if wanted else tree


@dataclass(slots=True)
class _Builder:
    analyzer: Analyzer
    capitals: bool  # typed in capitals throughout, so that US may be "us"
    notes: list[str]
    clauses: list[wq.Query] = field(default_factory=list)
    negations: int = 0

    def tree(self, node: Node) -> wq.Query | None:
        """Return the Whoosh tree of ``node``; None where it has nothing to look for."""
        if isinstance(node, And):
            return self.all_of(node.parts)
        if isinstance(node, Or):
            return _join(wq.Or, self.branches(node.parts, any_word=True))
        if isinstance(node, Not):
            return self.all_of((node,))
        if isinstance(node, Everything):
            return wq.Every()
        return _join(wq.And, self.branches((node,), any_word=False))

    def all_of(self, parts: Sequence[Node]) -> wq.Query | None:
        wanted = self.branches([part for part in parts if not isinstance(part, Not)], any_word=False)
        self.negations += 1
        banned = [self.tree(part.part) for part in parts if isinstance(part, Not)]
        self.negations -= 1
        without = [tree for tree in banned if tree is not None]
        if not without:
            return _join(wq.And, wanted)
        # AndNot, since And([a, Not(b)]) would add a constant to every score.
        return reduce(wq.AndNot, without, _join(wq.And, wanted) or wq.Every())

    def branches(self, parts: Sequence[Node], any_word: bool) -> list[wq.Query]:
        """Return a tree for each part, runs of plain words read together."""
        found: list[wq.Query] = []
        run: list[str] = []
        for part in [*parts, None]:
            if isinstance(part, Word) and not part.exact and not part.wild:
                run.append(part.text)
                continue
            found.extend(self.words(run, any_word))
            run = []
            tree = self.leaf(part) if isinstance(part, Word | Phrase) else self.tree(part) if part else None
            if tree is not None:
                found.append(tree)
        return found

    def words(self, run: Sequence[str], any_word: bool) -> list[wq.Query]:
        """Return the trees of plain words side by side, those without letters or digits left out."""
        found = []
        for span in self.analyzer.query_words(run, capitals_typed=self.capitals) if run else ():
            tree = self.span(span, run, any_word)
            if tree is None:
                self.leave_out(run[span.first])
            else:
                found.append(tree)
        return found

    def span(self, span: QuerySpan, run: Sequence[str], any_word: bool) -> wq.Query | None:
        """Return the tree of one word, or of several words that have a synonym together."""
        if not span.words:
            return self.clause(_join(wq.Or, self.rows(span, run[span.first], any_word)))
        words = [_join(wq.Or, self.rows(word, run[word.first], any_word)) for word in span.words]
        together = _join(wq.Or if any_word else wq.And, [word for word in words if word is not None])
        rows = [_row(STEMS, row) for row in span.alternatives]
        return self.clause(_join(wq.Or, [*([together] if together is not None else []), *rows]))

    def rows(self, word: QuerySpan, raw: str, any_word: bool) -> list[wq.Query]:
        """Return a tree for each spelling of a typed word.

        Words that only hold a sentence together count little. Where any word will do, so will the parts of a
        hyphenated one.
        """
        weight = FUNCTION_WORD_WEIGHT if self.exact_word(raw) in FUNCTION_ROWS else 1.0
        if not any_word:
            return [_row(STEMS, row, weight) for row in word.alternatives]
        parts = {token.stem for token in self.analyzer.tokens(raw)}
        apart = [row for row in word.alternatives if len(row) > 1 and parts.issuperset(row)]
        rows = [row for row in word.alternatives if row not in apart]
        rows.extend((stem,) for row in apart for stem in row)
        return [_row(STEMS, row, weight) for row in rows]

    def leaf(self, part: Word | Phrase) -> wq.Query | None:
        if isinstance(part, Phrase):
            tree = self.phrase(part.words)
        elif part.wild:
            tree = self.wildcard(part.text)
        else:
            tree = _join(wq.Or, [_row(FORMS, row) for row in self.exact_word(part.text)])
        if tree is None:
            self.leave_out(str(part))
        return self.clause(tree)

    def exact_word(self, text: str) -> tuple[Alternative, ...]:
        return self.analyzer.query_word(text, exact=True, capitals_typed=self.capitals)

    def phrase(self, words: Sequence[str]) -> wq.Query | None:
        """Return the words next to each other, in these forms and in every spelling of them."""
        rows = self.analyzer.phrase_alternatives(words, exact=True, capitals_typed=self.capitals)
        return _join(wq.Or, [_row(FORMS, row) for row in rows if row])

    def wildcard(self, text: str) -> wq.Query | None:
        """Return a pattern over real words; what stands between its signs is folded like any word."""
        pieces: list[str] = []
        letters = ""
        for sign in [*text, ""]:
            if sign and sign not in "*?":
                letters += sign
                continue
            tokens = self.analyzer.tokens(letters)
            pieces.extend((tokens[0].form if tokens else "", sign))
            letters = ""
        pattern = "".join(pieces)
        if not pattern.strip("*?"):
            return None
        if "*" not in pattern[:-1] and "?" not in pattern and pattern.endswith("*"):
            return wq.Prefix(FORMS, pattern[:-1])
        return wq.Wildcard(FORMS, pattern)

    def clause(self, tree: wq.Query | None) -> wq.Query | None:
        """Remember what an article shows when it is found by ``tree``; what is excluded shows nothing."""
        if tree is not None and self.negations == 0:
            self.clauses.append(tree)
        return tree

    def leave_out(self, text: str) -> None:
        note = f"{text} has no letters or digits and was left out"
        if note not in self.notes:
            self.notes.append(note)


def _row(fieldname: str, terms: Alternative, weight: float = 1.0) -> wq.Query:
    if len(terms) == 1:
        return wq.Term(fieldname, terms[0], boost=weight)
    return wq.Phrase(fieldname, list(terms), boost=weight)


def _join(kind: type[wq.And] | type[wq.Or], trees: Iterable[wq.Query]) -> wq.Query | None:
    parts = list(trees)
    return kind(parts) if len(parts) > 1 else parts[0] if parts else None
