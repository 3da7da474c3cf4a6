"""Which Zstandard does this Python bring? That of the standard library, or the same for older ones."""

import sys

if sys.version_info >= (3, 14):
    from compression import zstd as zstd
else:
    from backports import zstd as zstd
