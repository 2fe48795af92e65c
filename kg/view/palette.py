"""The colours and typefaces of the page and of the site, from `data/palette.yaml`: as a table and as CSS."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]


@cache
def palette() -> dict[str, Any]:
    """Return the whole table, read once."""
    text = resources.files("kg.view").joinpath("data/palette.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


def sheet() -> str:
    """Return the palette as CSS, and the rules that page and site share.

    It is light, dark where the system is and the reader has not chosen, dark where chosen.
    """
    table = palette()
    light, dark = (
        "".join(f"--{name}:{pair[side]};" for name, pair in table["tokens"].items()) for side in (0, 1)
    )
    dark += "color-scheme:dark;"
    faces = f"--serif:{table['serif']};--sans:{table['sans']};"
    return (
        f":root{{{light}{faces}color-scheme:light;}}\n"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
        f':root[data-theme="dark"]{{{dark}}}\n'
        + resources.files("kg.view").joinpath("assets/css/shared.css").read_text(encoding="utf-8")
    )
