"""Choose the typefaces that travel with a page, so that it looks alike on every machine and fetches none."""

from __future__ import annotations

import base64
import re
from importlib import resources

_FAMILIES = {"Source Sans 3": "source-sans-3", "Source Serif 4": "source-serif-4"}
# what each file holds, as its publisher states it
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C4",
}
_EXTENDED = re.compile("[\u0100-\u02ba\u1e00-\u1e9f\u1ef2-\u1eff]")


def fonts(text: str) -> list[dict[str, str]]:
    """Return the files that a page with this text needs, as base64; letters beyond Latin-1 bring a second file."""
    parts = ["latin", "latin-ext"] if _EXTENDED.search(text) else ["latin"]
    return [
        {"family": family, "range": _RANGES[part], "data": _file(f"{stem}-{part}.woff2")}
        for family, stem in _FAMILIES.items()
        for part in parts
    ]


def font_files() -> list[str]:
    """Return the names of all files of typefaces."""
    return [f"{stem}-{part}.woff2" for stem in _FAMILIES.values() for part in _RANGES]


def font_file(name: str) -> bytes:
    """Return one of `font_files`."""
    return resources.files("kg.view").joinpath("assets", "vendor", name).read_bytes()


def font_faces() -> str:
    """Return CSS that takes the typefaces from beside the style sheet, as a site does."""
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:200 900;font-display:swap;'
        f'unicode-range:{span};src:url("{stem}-{part}.woff2") format("woff2")}}\n'
        for family, stem in _FAMILIES.items()
        for part, span in _RANGES.items()
    )


def _file(name: str) -> str:
    return base64.b64encode(font_file(name)).decode("ascii")
