"""Which Whoosh field types make up the schema?"""

from collections.abc import Iterator
from typing import Any

from whoosh import columns, fields

NO_DAY = 0xFFFFFFFF  # what the day column holds for an undated article, in Whoosh's sortable form
DAY_COLUMN = columns.NumericColumn("I", default=NO_DAY)

# Beyond id, path, source and day, which their own fields store.
STORED = ("own_id", "line", "body_line", "headline", "summary", "body", "headline_words", "summary_words")


class Terms(fields.TEXT):
    """A text field that takes ready postings; stock Whoosh would analyse the text once for every field."""

    def index(self, value: Any, **options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:  # type: ignore[override]
        """Yield (term, frequency, weight, encoded positions) of postings, see ``words.py``."""
        encode = self.format.encode  # type: ignore[union-attr]
        for term, (positions, weight) in value.items():
            yield term.encode("utf-8"), len(positions), weight, encode(positions)


def make_schema() -> fields.Schema:
    """Return a fresh schema; ``schema.py`` says what the fields are for."""
    stored = {name: fields.STORED() for name in STORED}
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        path=fields.ID(stored=True),
        source=fields.ID(stored=True),
        text=Terms(phrase=True),
        text_exact=Terms(phrase=True),
        day=fields.NUMERIC(int, 32, signed=True, stored=True, sortable=DAY_COLUMN),  # type: ignore[arg-type]
        **stored,
    )
