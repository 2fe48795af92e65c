"""Refuse SPARQL that would send requests to other hosts, and tell what a request's text asks for.

Oxigraph does answer SERVICE and LOAD by asking other hosts, so the shapes of both are looked for in the bare
text, in strings and comments too: a harmless literal may be refused, but no nesting of quotation marks hides
a real one. `kg.store.offline` stands behind this.
"""

from __future__ import annotations

import re
from itertools import accumulate

from kg.errors import QueryError

_SPACE = r"(?:\s|#[^\n\r]*[\n\r])*"
# a short IRI may hold any mark behind a backslash, quotation marks and braces too
_IRI = r"(?:<[^>]*>|(?:[^\s{}<>\"'\\]|\\.)*:(?:[^\s{}<>\"'\\]|\\.)*)"
# its parser needs no space before a word: `1SERVICE` is a number and SERVICE
_SERVICE = re.compile(rf"SERVICE{_SPACE}(?:SILENT{_SPACE})?(?:{_IRI}|[?$][^\s{{]+){_SPACE}\{{", re.IGNORECASE)
_LOAD = re.compile(
    rf"(?<![\w:?$\\-])LOAD{_SPACE}(?:SILENT{_SPACE})?{_IRI}{_SPACE}(?:INTO|;|#|$)", re.IGNORECASE
)
# strings, IRIs and comments may hold any word without meaning it
QUOTED = re.compile(
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"(?:[^"\\\n\r]|\\.)*"|"""
    r"""'(?:[^'\\\n\r]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n\r]*""",
    re.DOTALL,
)


_DEEPEST = 200
"""So deep a query may be nested: Oxigraph's parser ends its process at some thousand braces."""


def refuse_remote(text: str, update: bool = False) -> None:
    """Refuse a query or update that asks another host, or that would end the process.

    Raises:
        QueryError: it has a SERVICE clause or a LOAD, or is nested too deeply.
    """
    if _depth(text) > _DEEPEST:
        raise QueryError("the query is nested too deeply")
    if _SERVICE.search(text):
        raise QueryError("SERVICE is refused: nothing is asked of other hosts")
    if update and _LOAD.search(text):
        raise QueryError("LOAD is refused: nothing is fetched from other hosts")


def _depth(text: str) -> int:
    marks = re.findall(r"[{}()\[\]]", blanked(text))
    return max(accumulate(1 if mark in "{([" else -1 for mark in marks), default=0)


def blanked(text: str) -> str:
    """Return the text, of the same length, with spaces for what stands in strings, IRIs and comments."""
    return QUOTED.sub(lambda match: " " * len(match[0]), text)


def closed(bare: str, begin: int) -> int:
    """Return the place behind the brace that closes the one at `begin` in a blanked text; its end if none does."""
    depth = 0
    for brace in re.finditer(r"[{}]", bare[begin:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return begin + brace.end()
    return len(bare)


def keyword(words: str) -> re.Pattern[str]:
    """Return a pattern of keywords that are no part of a variable, a short IRI or a longer word."""
    return re.compile(rf"(?<![?$:@\w.\\-])(?:{words})(?![\w:-])", re.IGNORECASE)


_OWN = keyword("USING|WITH")
_DELETE_WHERE, _WHERE = keyword(r"DELETE\s+WHERE"), keyword("WHERE")


def with_using(update: str, default: list[str], named: list[str]) -> str:
    """Return an update in which every DELETE/INSERT … WHERE works on the dataset that the request names.

    Raises:
        QueryError: it names a dataset itself, or has a DELETE WHERE, which can't take one.
    """
    bare = blanked(update)
    if _OWN.search(bare):
        raise QueryError("the request names a dataset, and so does the update (USING or WITH)")
    if _DELETE_WHERE.search(bare):
        raise QueryError("DELETE WHERE takes no dataset: write DELETE { … } WHERE { … }")
    clause = "".join(f"USING <{iri}> " for iri in default) + "".join(f"USING NAMED <{iri}> " for iri in named)
    out, begin, depth = [], 0, 0
    for token in re.finditer(rf"[{{}}]|{_WHERE.pattern}", bare, re.IGNORECASE):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0 and token[0].upper() == "WHERE":
            out += [update[begin : token.start()], clause]
            begin = token.start()
    return "".join([*out, update[begin:]])
