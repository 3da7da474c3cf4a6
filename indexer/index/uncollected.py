"""How is work on very many objects spared the search for reference cycles among them?

An update holds some objects for every seed. The interpreter would look through all of them again and again,
for a third of the time that an update of a few articles takes. None is part of a cycle: each is freed as soon
as nobody holds it, so memory stays the same.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the collector of reference cycles; nested or paused already, it is left as it was."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
