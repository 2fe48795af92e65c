"""Give a query its parameters: as terms in a VALUES block, spelt by the Turtle writer, never as bare text.

A query of the library holds `VALUES ?name { UNDEF }` where its parameter goes: it is whole SPARQL with the
parameter left open, and the value takes the place of UNDEF. rdflib's `initBindings` and Oxigraph's
`substitutions` differ (the latter only binds what SELECT projects); this means the same on both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import GraphError, QueryError
from kg.graph.answer import Term
from kg.graph.iris import external_iri
from kg.graph.terms import BNode, Literal, URIRef
from kg.graph.turtle import Spelling
from kg.querying.library import NamedQuery, Param

_VARIABLE = re.compile(r"[A-Za-z]\w*")
# what may hold a brace or a word without meaning it stands before words and braces
_TOKEN = re.compile(
    r"""#[^\n]*|<[^<>"{}|^`\\\s]*>|\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$:]?\w+|[{}]""",
    re.DOTALL,
)

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

TYPED = "--param {}=…"
"""How a parameter is given on the command line."""


def bind(
    query: NamedQuery | None, params: Mapping[str, str | Term], given_as: str = TYPED
) -> dict[str, Term]:
    """Turn parameters into terms: a string is a literal, or an IRI if it stands in `<>`.

    For a named query the defaults are filled in; for one written out (None) any variable can be bound. `given_as` is
    how a message says that one is to be given, {} its name.

    Raises:
        QueryError: a parameter is unknown, missing, or no IRI between its `<>`.
    """
    given = dict(params)
    if query is not None:
        known = {param.name for param in query.params}
        for name in given:
            if name not in known:
                takes = ", ".join(param.name for param in query.params) or "none"
                raise QueryError(f"the query '{query.name}' has no parameter '{name}'; it takes {takes}")
        for param in query.params:
            if param.required and param.name not in given:
                wanted = given_as.format(param.name)
                raise QueryError(f"the query '{query.name}' needs {wanted} ({param.description})")
            if param.default is not None:
                given.setdefault(param.name, param.default)
            if param.name in given:
                _check(param, given[param.name])
    return {name: _term(name, value) for name, value in given.items()}


def _check(param: Param, value: str | Term) -> None:
    """Refuse what would find nothing because it is written otherwise: a date in words, a modality that there is not.

    Raises:
        QueryError: it is of no form that the parameter's type allows.
    """
    text = str(value)
    if not text or not param.type:
        return  # an empty field of a form, or one that takes any words
    if param.type == "date":
        if not _DATE.fullmatch(text):
            raise QueryError(
                f"the parameter '{param.name}': '{text}' is no date; write it as YYYY, YYYY-MM or YYYY-MM-DD"
            )
    elif text.lower() not in param.type.lower().split("|"):
        raise QueryError(f"the parameter '{param.name}': '{text}' is none of {param.type.replace('|', ', ')}")


def _term(name: str, value: str | Term) -> Term:
    if not _VARIABLE.fullmatch(name):
        raise QueryError(f"'{name}' is no name of a variable")
    if isinstance(value, BNode):
        raise QueryError(f"the parameter '{name}' can't be a blank node")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QueryError(f"the parameter '{name}' can't be used: it holds half a character") from error
    if isinstance(value, URIRef | Literal):  # terms are strings too
        return value
    if value.startswith("<") and value.endswith(">"):
        try:
            return external_iri(value[1:-1])
        except GraphError as error:
            raise QueryError(f"the parameter '{name}': {error}") from error
    return Literal(value)


def with_values(text: str, bindings: Mapping[str, Term]) -> str:
    """Return a query in which every `VALUES ?name { UNDEF }` of a binding holds its value.

    A binding without such a place goes into a block at the begin of the outermost WHERE, which sub-queries do
    not see. No line is added, so that errors still name the right one.

    Raises:
        QueryError: there is neither such a place nor a WHERE, or a term can't be written.
    """
    spelling = Spelling(short=False)
    rest: list[str] = []
    for name, term in bindings.items():
        try:
            block = f"VALUES ?{name} {{ {spelling[term]} }}"
        except GraphError as error:
            raise QueryError(f"the parameter '{name}' can't be used: {error}") from error
        place = re.compile(rf"\bVALUES\s+\?{name}\s*\{{\s*UNDEF\s*\}}")
        text, count = place.subn(lambda _, block=block: block, text)  # type: ignore[misc]
        if not count:
            rest.append(block)
    if not rest:
        return text
    begin = _where(text)
    return f"{text[:begin]} {' '.join(rest)}{text[begin:]}"


def _where(text: str) -> int:
    """Return the place behind the brace that opens the outermost WHERE, which CONSTRUCT has as its second."""
    form, depth, template = "", 0, False
    for token in _TOKEN.finditer(text):
        word = token[0].upper()
        if word in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"} and not form:
            form, template = word, word == "CONSTRUCT"
        elif word == "WHERE" and template and depth == 0:
            raise QueryError("write CONSTRUCT { … } WHERE { … }: its short form takes no parameters")
        elif word == "{":
            if depth == 0 and form and not template:
                return token.end()
            depth += 1
        elif word == "}":
            depth -= 1
            template = template and depth > 0
    raise QueryError("the query has no WHERE { … } that parameters could go into")
