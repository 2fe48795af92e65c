"""Write the rows of an answer as SPARQL 1.1 JSON, XML, CSV and TSV, up to a number of rows and bytes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Form:
    """How rows are written: what stands before, between and after them, one row, and a yes or no."""

    head: Callable[[list[str]], str]
    row: Callable[[list[str], Sequence[object]], str]
    between: str
    tail: str
    truth: Callable[[bool], str]


def write_rows(
    names: list[str],
    rows: Iterable[Sequence[object]],
    form: str,
    most: int = sys.maxsize,
    size: int = sys.maxsize,
) -> tuple[bytes, bool]:
    """Return the rows as bytes, and whether some were left out, beyond `most` rows or `size` bytes."""
    how = FORMS[form]
    parts = [how.head(names).encode("utf-8")]
    used, cut, between = len(parts[0]), False, how.between.encode("utf-8")
    for number, row in enumerate(rows):
        text = how.row(names, row).encode("utf-8", "replace")
        used += len(text) + len(between)
        if number >= most or used > size:
            cut = True
            break
        if number:
            parts.append(between)
        parts.append(text)
    parts.append(how.tail.encode("utf-8"))
    return b"".join(parts), cut


def write_truth(truth: bool, form: str) -> bytes:
    """Return a yes or no as bytes."""
    return FORMS[form].truth(truth).encode("utf-8")


def _json_head(names: list[str]) -> str:
    return f'{{"head":{{"vars":{json.dumps(names)}}},"results":{{"bindings":[\n'


def _json_row(names: list[str], row: Sequence[object]) -> str:
    found = {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: object) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        inner = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {key: _json_term(value) for key, value in inner.items()}}
    assert isinstance(term, ox.Literal)
    out: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        out["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        out["datatype"] = term.datatype.value
    return out


def _xml_head(names: list[str]) -> str:
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{variables}</head><results>\n"
    )


def _xml_row(names: list[str], row: Sequence[object]) -> str:
    cells = (
        f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
        for name, term in zip(names, row, strict=True)
        if term is not None
    )
    return f"<result>{''.join(cells)}</result>\n"


def _xml_term(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml(term.value)}</bnode>"
    if isinstance(term, ox.Literal):
        kind = ""
        if term.language:
            kind = f" xml:lang={quoteattr(term.language)}"
        elif term.datatype.value != _STRING:
            kind = f" datatype={quoteattr(term.datatype.value)}"
        return f"<literal{kind}>{_xml(term.value)}</literal>"
    return f"<literal>{_xml(str(term))}</literal>"


def _xml(text: str) -> str:
    """Escape text; what XML 1.0 can't hold becomes U+FFFD, and a carriage return a reference."""
    return escape(_NO_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _csv_row(_names: list[str], row: Sequence[object]) -> str:
    return ",".join(_csv_cell(term) for term in row) + "\r\n"


def _csv_cell(term: object) -> str:
    if term is None:
        return ""
    text = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text


def _tsv_row(_names: list[str], row: Sequence[object]) -> str:
    return "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


FORMS = {
    "json": Form(
        _json_head, _json_row, ",\n", "\n]}}\n", lambda t: f'{{"head":{{}},"boolean":{str(t).lower()}}}\n'
    ),
    "xml": Form(
        _xml_head,
        _xml_row,
        "",
        "</results></sparql>\n",
        lambda t: (
            '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            f"<head/><boolean>{str(t).lower()}</boolean></sparql>\n"
        ),
    ),
    "csv": Form(lambda names: ",".join(names) + "\r\n", _csv_row, "", "", lambda t: f"{str(t).lower()}\r\n"),
    "tsv": Form(
        lambda names: "\t".join(f"?{n}" for n in names) + "\n",
        _tsv_row,
        "",
        "",
        lambda t: f"{str(t).lower()}\n",
    ),
}
