"""Pack text so that it stands in a page in a quarter of its room; the browser's own DecompressionStream unpacks it."""

from __future__ import annotations

import base64
import zlib


def pack(text: str) -> str:
    """Return text as base64 of its zlib form: no sign in it can end an element.

    >>> unpack(pack("</script>"))
    '</script>'
    """
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def unpack(text: str) -> str:
    """Return what `pack` was given."""
    return zlib.decompress(base64.b64decode(text)).decode("utf-8")
