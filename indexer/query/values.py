"""When do two nodes of a tree say the same?"""

from __future__ import annotations

from typing import ClassVar


class Value:
    """What is never changed once made. Two are equal when they are of one type and say the same.

    A plain class with slots: to define a dataclass takes longer than many an answer, and named tuples of
    different types would be equal.
    """

    __slots__: tuple[str, ...] = ()
    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._names = tuple(name for kind in cls.__mro__ for name in vars(kind).get("__slots__", ()))

    def _says(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self._names])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and type(self) is type(other) and self._says() == other._says()

    def __hash__(self) -> int:
        return hash((type(self), self._says()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._says()))})"
