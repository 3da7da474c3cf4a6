"""What are eight bytes as one number?"""

import numpy as np
from numpy.typing import NDArray

MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)  # the first bytes of eight


def eights(data: bytes | NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return, for every place, the eight bytes from there on as one number; shares its memory with ``data``.

    >>> eights(b"a\\0\\0\\0\\0\\0\\0\\0\\1").tolist() == [97, 1 << 56]
    True
    """
    return np.ndarray((len(data) - 7,), np.dtype("<u8"), data, 0, (1,))
