"""Renews what the repository shows of itself: output/, its pictures, and the examples in the documents.

    python docs/refresh.py            everything; the pictures need Chromium
    python docs/refresh.py --text     only the examples

A fenced block of the kind `console` holds commands, each after `$ `, and what they answer; the answers are
renewed by running the commands in the repository's folder. tests/test_docs.py fails if one is out of date.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/cli.md", "docs/design.md")
_CONSOLE = re.compile(r"(?ms)^```console\n(.*?)^```$")


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a console block as it stands and as words; a quoted line break belongs to it."""
    lines = iter(block.splitlines())
    for line in lines:
        if not line.startswith("$ "):
            continue
        written = line
        while True:
            try:
                words = shlex.split(written[2:])
                break
            except ValueError:
                written += "\n" + next(lines)
        yield written, words


def answer(words: list[str]) -> str:
    """Run `kg` with these words and return what it says."""
    program, *args = words
    if program != "kg":
        raise ValueError(f"only kg is run, not {program}")
    out = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "100"  # the width that help is set to
    try:
        with contextlib.redirect_stdout(out), contextlib.chdir(ROOT):
            code = main(args)
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    if code:
        raise ValueError(f"{shlex.join(words)} ended with {code}")
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().splitlines())


def renewed(document: str) -> str:
    """Return the document with every answer as it is today."""

    def block(match: re.Match[str]) -> str:
        parts = [f"{written}\n{answer(words)}" for written, words in commands(match[1])]
        return "```console\n" + "\n\n".join(parts) + "\n```"

    return _CONSOLE.sub(block, document)


def pictures(page: Path) -> None:
    """Photograph the page, 1400 by 900: as it opens, and dark with the details of its main actor."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, scheme in (("graph.png", "light"), ("graph-dark.png", "dark")):
            tab = browser.new_page(
                viewport={"width": 1400, "height": 900}, reduced_motion="reduce", color_scheme=scheme
            )
            tab.goto(page.resolve().as_uri())
            tab.wait_for_selector("body[data-ready=yes]", timeout=60_000)
            if scheme == "dark":
                tab.locator("#panel .ranks .name").first.click()
            tab.mouse.move(2, 2)
            tab.wait_for_timeout(800)
            tab.screenshot(path=page.with_name(name))
        browser.close()


def refresh() -> None:
    """Renew everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--text", action="store_true", help="only the examples in the documents")
    if not parser.parse_args().text:
        output = ROOT / "output"
        if main(["build", "--out", str(output)]):
            sys.exit(1)
        pictures(output / "graph.html")
    for name in DOCUMENTS:
        path = ROOT / name
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    refresh()
