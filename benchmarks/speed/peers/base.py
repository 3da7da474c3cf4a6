"""What does an engine have to do to be measured?"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.corpus import Article
from benchmarks.speed.queries import Query


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``total`` where it was asked for, ``shown`` characters of stored text or passages."""

    ids: tuple[str, ...] = ()
    total: int | None = None
    shown: int = 0


Ask = Callable[[], Answer]
"""A question that is ready to be asked; only asking it is timed."""

TOP = 10
PASSAGES = 2  # shown of each article
PASSAGE_WORDS = 24  # about a sentence, for engines that count in words or characters
PASSAGE_CHARACTERS = 150


class Engine(ABC):
    """One engine with its index under ``folder``. Questions return None where it has no such thing.

    ``most``: it is too slow to be measured on more articles.
    """

    name: str
    most: int | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def version(self) -> str:
        """Return name, version and settings in a few words."""

    @property
    def index(self) -> Path:
        """Where the index is, to be weighed."""
        return self.folder

    def prepare(self, articles: Path) -> None:
        """Do what is no part of indexing."""
        self.folder.mkdir(parents=True)

    @abstractmethod
    def build(self, articles: Path) -> None:
        """Index a file of articles, ``most`` at most."""

    @abstractmethod
    def open(self) -> None:
        """Open the index for questions."""

    @abstractmethod
    def bare(self, query: Query) -> Ask | None:
        """One field, ten articles with all that is stored, no total; the query is understood beforehand."""

    @abstractmethod
    def whole(self, query: Query) -> Ask | None:
        """What a reader gets: the query as text, the exact total, ten articles with passages."""

    @abstractmethod
    def total(self, query: Query) -> int | None:
        """Return how many articles match."""

    @abstractmethod
    def add(self, articles: Sequence[Article], number: int) -> Callable[[], None]:
        """Return the call that adds articles to the index, durably; ``number`` counts the calls."""
