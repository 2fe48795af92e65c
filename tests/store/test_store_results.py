"""Answers are written so that a reader of each format reads what was asked: any text, cut at the limits."""

from __future__ import annotations

from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.results import FORMS, write_rows, write_truth

NAMES = ["a", "b"]
READERS = {
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
}
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=32)
)
XML_TEXT |= st.text(st.sampled_from("\t\n\r<>&\"' ,"))
TERMS = st.one_of(
    st.none(),
    st.builds(ox.Literal, XML_TEXT),
    st.builds(lambda text: ox.Literal(text, language="en-GB"), XML_TEXT),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://example.org/T")), XML_TEXT),
    st.sampled_from(
        [ox.NamedNode("http://example.org/a?b=<c>".replace("<c>", "é")), ox.Literal(1), ox.Literal(True)]
    ),
)


def read(body: bytes, form: str) -> list[list[object]]:
    solutions = ox.parse_query_results(body, READERS[form])
    assert isinstance(solutions, ox.QuerySolutions)
    assert [v.value for v in solutions.variables] == NAMES
    return [[row[0], row[1]] for row in solutions]


@pytest.mark.parametrize("form", READERS)
@given(rows=st.lists(st.lists(TERMS, min_size=2, max_size=2), max_size=4))
def test_rows_are_read_as_they_were(form: str, rows: list[list[object]]) -> None:
    body, cut = write_rows(NAMES, rows, form, 100, 1_000_000)
    assert (read(body, form), cut) == (rows, False)


@given(rows=st.lists(st.lists(TERMS, min_size=2, max_size=2), max_size=4))
def test_rows_in_xml_are_read_as_they_were(rows: list[list[object]]) -> None:
    body, _ = write_rows(NAMES, rows, "xml", 100, 1_000_000)
    results = ElementTree.fromstring(body).findall("{*}results/{*}result")
    assert [[cell(row, name) for name in NAMES] for row in results] == rows


def cell(row: ElementTree.Element, name: str) -> object:
    found = row.find(f"{{*}}binding[@name='{name}']/*")
    if found is None:
        return None
    text = found.text or ""
    if found.tag.endswith("}uri"):
        return ox.NamedNode(text)
    language = found.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language is not None:
        return ox.Literal(text, language=language)
    kind = found.get("datatype")
    return ox.Literal(text) if kind is None else ox.Literal(text, datatype=ox.NamedNode(kind))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_xml_is_well_formed_whatever_the_text(text: str) -> None:
    body, _ = write_rows(NAMES, [[ox.Literal(text), None]], "xml", 9, 1_000_000)
    found = ElementTree.fromstring(body).findtext(".//{*}literal") or ""
    assert len(found) == len(text)


@pytest.mark.parametrize("form", FORMS)
def test_rows_and_bytes_are_limited(form: str) -> None:
    rows = [[ox.Literal("x" * 100), None]] * 10
    whole, cut = write_rows(NAMES, rows, form, 10, 10_000)
    assert not cut
    some, cut = write_rows(NAMES, rows, form, 9, 10_000)
    assert cut and len(some) < len(whole)
    few, cut = write_rows(NAMES, rows, form, 10, 700)
    assert cut and len(few) < 900
    if form in READERS:
        assert len(read(some, form)) == 9
        assert 1 < len(read(few, form)) < 7


@pytest.mark.parametrize("form", FORMS)
def test_yes_and_no(form: str) -> None:
    assert b"true" in write_truth(True, form)
    assert b"false" in write_truth(False, form)
