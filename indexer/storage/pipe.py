"""How do two processes hand each other whole messages?

Through a pipe of the operating system, each message after its length. A pipe that ends between two messages
was closed, or its writer is gone; which of the two is for the messages to tell.
"""

import os
import struct

_LENGTH = struct.Struct("<Q")
_MOST = 1 << 20  # bytes read at once


class Pipe:
    """Both ends of a pipe; each process closes the one that it does not use."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()  # neither is inherited by another program

    def send(self, message: bytes) -> None:
        """Write a message, waiting for a slow reader. Raises BrokenPipeError where it is gone."""
        for part in (_LENGTH.pack(len(message)), message):
            view = memoryview(part)
            while view:
                view = view[os.write(self._writing, view) :]

    def receive(self) -> bytes | None:
        """Return the next message, None where there will be no more."""
        length = self._read(_LENGTH.size)
        return None if length is None else self._read(*_LENGTH.unpack(length))

    def _read(self, size: int) -> bytes | None:
        parts = []
        while size:
            part = os.read(self._reading, min(size, _MOST))
            if not part:
                return None
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close_reading(self) -> None:
        self._reading = _closed(self._reading)

    def close_writing(self) -> None:
        self._writing = _closed(self._writing)

    def close(self) -> None:
        """Close what is open of it."""
        self.close_reading()
        self.close_writing()


def _closed(descriptor: int) -> int:
    if descriptor >= 0:
        os.close(descriptor)
    return -1
