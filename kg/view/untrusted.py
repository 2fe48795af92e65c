"""What texts and addresses of a graph may hold before they are shown: both may have been written to do harm."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Drop control characters, direction overrides and lone surrogates: unseen, and refused by XML."""
    return _CONTROL.sub("", text)


def plain(text: str) -> str:
    """Return a text of the same length, with a sign for each character that is not to be seen."""
    return text if clean(text) == text else "".join(char if clean(char) else "\ufffd" for char in text)


def web_address(url: str) -> str:
    """Keep an address only where it is http or https with a host: no `javascript:` ever reaches the page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""
