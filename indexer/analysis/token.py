"""What is one word of a text, once analysed?"""

from typing import NamedTuple


class Token(NamedTuple):
    """A term and its place: ``text[start:end]`` (code points) analyses to this term again.

    Several tokens may share one ``position``. An empty ``stem`` or ``form`` means that the token adds
    nothing to that field (the hyphenated spelling ``cease-fire`` is a form only). At one position every
    stem and every form occurs at most once.
    """

    start: int
    end: int
    position: int
    stem: str  # term of the field `text`
    form: str  # term of the field `text_exact`
