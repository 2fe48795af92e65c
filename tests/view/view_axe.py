"""What axe finds wrong with a page in each of some states, light and dark."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def assert_nothing_serious(view: Any, steps: Iterable[str]) -> None:
    """Take steps in the page, one after the other; after each, axe may find nothing serious in either theme."""
    view.js(AXE.read_text(encoding="utf-8"))
    for step in steps:
        view.js(step)
        for theme in ("light", "dark"):
            view.js(f"KG.setTheme('{theme}')")
            found = view.js("axe.run({ resultTypes: ['violations'] })")
            wrong = [
                (v["id"], [n["html"][:160] for n in v["nodes"]][:3])
                for v in found["violations"]
                if v["impact"] in {"serious", "critical"}
            ]
            assert wrong == [], (step, theme)
