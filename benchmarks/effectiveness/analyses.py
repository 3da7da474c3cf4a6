"""Which terms do texts and queries have, under our own analysis and under other stemmers?

The other stemmers replace the stem of every token and leave the rest of the analysis as it is. Terms with
capitals (``US`` beside ``us``) and terms with digits are never stemmed, whatever the stemmer.
"""

from collections.abc import Callable
from functools import partial

import Stemmer

from indexer.analysis import Analyzer, Token

Stem = Callable[[str], str]
STEMMERS = ("english", "porter", "lovins", "s", "none")


class Analysis:
    """Our analyzer, with its own stemmer or another of STEMMERS."""

    def __init__(self, stemmer: str | None = None) -> None:
        self._analyzer = Analyzer()
        self._stem = None if stemmer is None else partial(_remembered, stem_function(stemmer), {})

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, as they are indexed."""
        tokens = self._analyzer.tokens(text)
        if self._stem is None:
            return tokens
        stem = self._stem
        return [token._replace(stem=stem(token.form)) if _is_stemmed(token) else token for token in tokens]

    def asked(self, query: str) -> list[Token]:
        """What a reader asks for: of a word in capitals only its capitals, unless the whole query is."""
        tokens = [token for token in self.tokens(query) if token.stem]
        capitals = {token.position for token in tokens if token.stem != token.stem.lower()}
        shouted = query == query.upper() and any(len(word) > 5 for word in query.split())
        return [
            token
            for token in tokens
            if (token.stem != token.stem.lower()) == (token.position in capitals and not shouted)
        ]


def stem_function(name: str) -> Stem:
    """One of STEMMERS as a function of a lower-case word; PyStemmer's where it has it."""
    own: dict[str, Stem] = {"s": strip_s, "none": str}
    return own.get(name) or Stemmer.Stemmer(name, 0).stemWord


def strip_s(word: str) -> str:
    """The S stemmer (Harman 1991): plurals only.

    >>> [strip_s(word) for word in ("policies", "buses", "strikes", "chaos", "crisis", "gas", "aye", "cries")]
    ['policy', 'buse', 'strike', 'chao', 'crisi', 'gas', 'aye', 'cry']
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


def _is_stemmed(token: Token) -> bool:
    return bool(token.stem) and token.form.isalpha() and token.form == token.form.lower()


def _remembered(stem: Stem, known: dict[str, str], word: str) -> str:
    found = known.get(word)
    if found is None:
        found = known[word] = stem(word) or word
    return found
