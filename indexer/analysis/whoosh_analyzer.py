"""How does Whoosh read the two text fields?

``WordAnalyzer`` is a Whoosh analyzer over our own: one for the stems of the field ``text``, one for the forms
of ``text_exact``. A text that is indexed in both fields is analysed once by passing it as ``Analysed``.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh.analysis.acore import Token as WhooshToken
from whoosh.analysis.analyzers import Analyzer as WhooshAnalyzer

from indexer.analysis.analyzer import Analyzer
from indexer.analysis.token import Token


class Analysed(str):
    """A string for Whoosh that carries its tokens, and a weight for each where they differ."""

    __slots__ = ("tokens", "weights")
    tokens: Sequence[Token]
    weights: Sequence[float] | None

    def __new__(
        cls, text: str, tokens: Sequence[Token], weights: Sequence[float] | None = None
    ) -> "Analysed":
        made = super().__new__(cls, text)
        made.tokens = tokens
        made.weights = weights
        return made


class WordAnalyzer(WhooshAnalyzer):
    """Yields stems, or forms where ``exact``, of a string, an ``Analysed`` or a list of our tokens."""

    def __init__(self, analyzer: Analyzer, exact: bool = False) -> None:
        self.analyzer = analyzer
        self.exact = exact

    def __call__(
        self,
        value: Any,
        positions: bool = False,
        chars: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[WhooshToken]:
        """Whoosh's protocol: one token object, yielded again and again; mode "query" yields what is asked."""
        token = WhooshToken(positions, chars, removestops, mode, **kwargs)
        if mode == "query" and isinstance(value, str):
            yield from self._asked(token, value, start_pos)
            return
        tokens, weights = self._tokens(value)
        for place, (start, end, position, stem, form) in enumerate(tokens):
            text = form if self.exact else stem
            if not text:
                continue
            token.text = text
            token.boost = weights[place] if weights else 1.0
            token.stopped = False
            token.pos = start_pos + position
            token.startchar = start_char + start
            token.endchar = start_char + end
            yield token

    def _tokens(self, value: Any) -> tuple[Sequence[Token], Sequence[float] | None]:
        """Tokens and weights of whatever was given."""
        if isinstance(value, Analysed):
            return value.tokens, value.weights
        if isinstance(value, str):
            return self.analyzer.tokens(value), None
        return value, None

    def _asked(self, token: WhooshToken, value: str, position: int) -> Iterator[WhooshToken]:
        """The plainest alternative of each typed word; Whoosh's own parsers know no other."""
        for raw in value.split():
            for text in (self.analyzer.query_word(raw, exact=self.exact) or ((),))[0]:
                token.text = text
                token.boost = 1.0
                token.stopped = False
                token.pos = position
                position += 1
                yield token
