"""The paragraphs of a page as its containers hold them, to see whether an extraction has taken all of a text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import islice
from typing import Any

_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FURNITURE = frozenset(
    {"nav", "aside", "footer", "header", "form", "figure", "figcaption", "button", "dialog", "table"}
)
_LEAST = 60
"""A paragraph of fewer characters may be a label."""
_MOST = 2_000
"""A page of more paragraphs is a book or a list, and is left to the extraction."""
_LINKED = 0.4
"""A paragraph with a greater share of its letters in links is a menu or teaser."""
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")


class Paragraphs:
    """A page without what is hidden (`shown`, HTML), and where its paragraphs stand."""

    def __init__(self, html: str) -> None:
        self.shown = html
        self._found: list[tuple[str, Any]] = []
        root = _parsed(html)
        if root is None:
            return
        if _without_hidden(root):
            from lxml.html import tostring

            self.shown = str(tostring(root, encoding="unicode"))
        found = list(islice(_paragraphs(root), _MOST + 1))
        self._found = found if len(found) <= _MOST else []

    def completed(self, lines: list[str]) -> tuple[list[str], int]:
        """Return the lines of an extraction, or, where it took some of several like containers, the paragraphs of all.

        The number tells how many paragraphs of the page are left out.
        """
        taken = {_key(line) for line in lines}
        whole = "".join(taken)
        held: dict[Any, list[str]] = defaultdict(list)
        had: Counter[Any] = Counter()
        for text, container in self._found:
            held[container].append(text)
            had[container] += _key(text) in taken or _key(text) in whole
        missing = sum(len(texts) - had[container] for container, texts in held.items())
        if missing < 2:
            return lines, 0
        ours = [container for container in held if had[container]]
        like = {_kind(container) for container in ours}
        beside = [c for c in held if c in ours or (_kind(c) in like and not had[c])]
        if len(beside) == len(ours):
            return lines, missing
        added = {_key(text) for c in beside if c not in ours for text in held[c]}
        out: list[str] = []
        rest = iter(lines)
        placed: set[str] = set()
        for text, container in self._found:  # what was extracted keeps its order and its form
            key = _key(text)
            if container in beside and key in taken:
                for line in rest:
                    out.append(line)
                    placed.add(_key(line))
                    if _key(line) == key:
                        break
            elif container in beside and key in added and key not in placed:
                out.append(text)
                placed.add(key)
        out.extend(rest)
        return out, missing - len(added)


def _parsed(html: str) -> Any:
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    try:
        return document_fromstring(html)
    except (LxmlError, ValueError, TypeError, AssertionError, RecursionError):
        return None


def _without_hidden(root: Any) -> bool:
    """Take away what a reader does not see, unless nothing else is there; tell whether something was."""
    hidden = [
        element
        for element in root.iter()
        if isinstance(element.tag, str)
        and element.tag not in ("html", "body")
        and ("hidden" in element.attrib or _HIDING.search(element.get("style") or ""))
    ]
    gone = set(hidden)
    seen = [
        p for p in root.iter("p") if gone.isdisjoint((p, *p.iterancestors())) and len(_words(p)) >= _LEAST
    ]
    if not hidden or not seen:
        return False
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()
    return True


def _paragraphs(root: Any) -> Any:
    """Yield the paragraphs that read like a text, each with the element around it."""
    for element in root.iter("p"):
        text = _words(element)
        if len(text) < _LEAST or not _SENTENCE.search(text):
            continue
        if any(above.tag in _FURNITURE for above in element.iterancestors()):
            continue
        linked = sum(len(_words(link)) for link in element.iter("a"))
        if linked <= _LINKED * len(text):
            yield text, element.getparent()


def _kind(container: Any) -> tuple[object, ...]:
    """Return by what containers of one text are alike: tag, classes, and what they stand in."""
    return container.tag, container.get("class"), container.getparent()


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
