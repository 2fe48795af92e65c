"""An answer as a notebook shows it: HTML in which nothing of an article's words is markup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from kg.graph.iris import is_writable
from kg.graph.turtle import Spelling, dump

if TYPE_CHECKING:
    from kg.graph.answer import Answer, Term

_ROWS = 200
_CELL = 300
_TURTLE = 20_000


def shown(answer: Answer) -> str:
    """Return an answer as HTML; of a long one the first rows, and how many there are."""
    if answer.truth is not None:
        return f"<p>{'yes' if answer.truth else 'no'}</p>"
    if answer.graph is not None:
        text = dump(answer.graph)
        rest = "\n…" if len(text) > _TURTLE else ""
        return f"<pre>{escape(text[:_TURTLE])}{rest}</pre>"
    spelling = Spelling()
    head = "".join(f"<th>{escape(name)}</th>" for name in answer.variables)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_cell(term, spelling)}</td>' for term in row)}</tr>"
        for row in answer.rows[:_ROWS]
    )
    count = len(answer.rows)
    told = f"{count:,} row{'' if count == 1 else 's'}" + (
        f", the first {_ROWS} shown" if count > _ROWS else ""
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{told}</p>"


def _cell(term: Term | None, spelling: Spelling) -> str:
    if term is None:
        return ""
    if isinstance(term, URIRef):
        name = escape(spelling[term].strip("<>") if is_writable(str(term)) else str(term))
        if str(term).startswith(("http://", "https://")):
            return f'<a href="{escape(str(term), quote=True)}" rel="noreferrer">{name}</a>'
        return name
    text = str(term) if isinstance(term, Literal) else f"_:{term}"
    text = text.encode("utf-8", "replace").decode("utf-8")
    return escape(text if len(text) <= _CELL else text[: _CELL - 1] + "…")
