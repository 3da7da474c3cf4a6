"""Which terms do texts and queries have, under our own analysis and under other stemmers?

The other stemmers replace the one of the product and leave the rest of the analysis as it is: capitals
(``US`` beside ``us``), numbers, hyphens and synonyms are treated alike.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import Stemmer

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.function_words import FUNCTION_WORDS
from indexer.analysis.spellings import Alternative, QuerySpan, typed_in_capitals
from indexer.analysis.stemming import WordStemmer
from indexer.analysis.token import Token
from indexer.analysis.tokenizer import CHUNK
from indexer.analysis.words import WordReader

STEMMERS = ("product", "english", "porter", "s", "none")


class Asked(NamedTuple):
    """One word of a query: rows of stems and rows of forms, each of which answers it."""

    stems: tuple[Alternative, ...]
    forms: tuple[Alternative, ...]
    light: bool = False  # it only holds the sentence together


class Analysis:
    """Our analyzer, with its own stemmer or another of STEMMERS."""

    def __init__(self, stemmer: str = "product") -> None:
        self._analyzer = Analyzer()
        if stemmer != "product":
            self._analyzer._reader = WordReader(OtherStemmer(stemmer))

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, as they are indexed."""
        return self._analyzer.tokens(text)

    def asked(self, query: str, parts: bool = False) -> list[Asked]:
        """The words of a query without operators, as `search --any` reads them.

        With `parts` the parts of a typed hyphenated word that is indexed under them are words of their own
        instead of a row.
        """
        words = words_of(query)
        capitals = typed_in_capitals(" ".join(words))
        asked: list[Asked] = []
        for span in self._analyzer.query_words(words, capitals_typed=capitals):
            for word in span.words or (span,):
                asked += self._asked(word, words[word.first], capitals, parts)
            if span.words:
                asked.append(Asked(span.alternatives, ()))
        return [word for word in asked if word.stems]

    def _asked(self, span: QuerySpan, raw: str, capitals: bool, parts: bool) -> list[Asked]:
        forms = self._analyzer.query_word(raw, exact=True, capitals_typed=capitals)
        tokens = {token.stem: token.form for token in self.tokens(raw) if token.stem}
        apart = [row for row in span.alternatives if parts and len(row) > 1 and tokens.keys() >= set(row)]
        light = len(forms) == 1 and len(forms[0]) == 1 and forms[0][0] in FUNCTION_WORDS
        whole = Asked(tuple(row for row in span.alternatives if row not in apart), forms, light)
        return [whole, *(Asked(((stem,),), ((tokens[stem],),)) for row in apart for stem in row)]


class OtherStemmer(WordStemmer):
    """One of STEMMERS in the place of the product's."""

    def __init__(self, name: str) -> None:
        super().__init__("english")
        self._other = stem_function(name)

    def stems(self, form: str, raw: str) -> tuple[str, ...]:
        return (self._other(form) or form,)

    def plain_stems(self, forms: Sequence[str]) -> list[str]:
        return [self.stems(form, form)[0] for form in forms]


def words_of(query: str) -> list[str]:
    """The words of a query, without the signs that a query language could take for its own."""
    return CHUNK.findall(query)


def stem_function(name: str) -> Callable[[str], str]:
    """One of STEMMERS as a function of a lower-case word without signs."""
    if name == "product":
        stemmer = WordStemmer("english")
        return lambda word: stemmer.stems(word, word)[0]
    own: dict[str, Callable[[str], str]] = {"s": strip_s, "none": str}
    return own.get(name) or Stemmer.Stemmer(name, 0).stemWord


def strip_s(word: str) -> str:
    """The S stemmer (Harman 1991): plurals only.

    >>> [strip_s(word) for word in ("policies", "buses", "strikes", "chaos", "crisis", "gas", "cries")]
    ['policy', 'buse', 'strike', 'chao', 'crisi', 'gas', 'cry']
    """
    if len(word) <= 3:
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word
