"""How is memory that was freed kept for what needs it next?

An update allocates large arrays all the time and frees them at once. The C library hands such memory back to
the system and fetches it anew, page by page, at a tenth of all processor time.
"""

import numpy as np

_KEPT = (1 << 25) - (1 << 16)  # bytes; glibc takes no more than 32 MiB into account


def keep_freed_memory() -> None:
    """Let the C library keep up to 64 MB of freed memory from now on.

    glibc learns from what is freed: memory of the size of the largest block, and twice that at the end of the
    heap, is then kept (``mallopt(3)``, M_MMAP_THRESHOLD). This block is never touched, so it takes no memory.
    Other libraries do as they like.
    """
    np.empty(_KEPT, np.uint8)
