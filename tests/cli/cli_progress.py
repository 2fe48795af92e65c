"""What a build on a slow machine says of its progress, and no other does."""

from __future__ import annotations

import re

_LINE = re.compile(r"kg: (?:Loading|Building|Finding|Making|Filling|Writing)\b[^\n]*\n")


def without_progress(said: str) -> str:
    """Leave out the lines that tell how far a build is."""
    return _LINE.sub("", said)
