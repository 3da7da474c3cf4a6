"""Which different spellings name the same thing?"""

from collections.abc import Sequence

DEFAULT_GROUPS: tuple[tuple[str, ...], ...] = (
    ("G7", "Group of Seven"),
    ("G8", "Group of Eight"),
    ("G20", "Group of Twenty", "Group of 20"),
    ("ceasefire", "cease fire"),
    ("airstrike", "air strike"),
    ("healthcare", "health care"),
    ("policymaker", "policy maker"),
    ("lawmaker", "law maker"),
    ("peacekeeping", "peace keeping"),
    ("peacekeeper", "peace keeper"),
)


class Synonyms:
    """Rows of terms and the rows that equal them; ``same_letters``: only those that differ in spaces."""

    def __init__(self, groups: Sequence[Sequence[tuple[str, ...]]], same_letters: bool = False) -> None:
        self._others: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
        for group in groups:
            for row in group:
                for other in group:
                    if (
                        row
                        and other
                        and row != other
                        and not (same_letters and "".join(row) != "".join(other))
                    ):
                        self._others.setdefault(row, {})[other] = None
        self.longest = max(map(len, self._others), default=0)

    def others(self, row: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The other spellings of a row of terms, in the order of their groups."""
        return tuple(self._others.get(row, ()))
