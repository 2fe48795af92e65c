"""Turn rdflib's terms into Oxigraph's and back, each spelling kept."""

from __future__ import annotations

from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import terms

Term: TypeAlias = "ox.NamedNode | ox.Literal | ox.BlankNode"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def to_ox(term: object) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    """Return Oxigraph's form of an rdflib term.

    Raises:
        StoreError: the term is none that a store can hold, such as an IRI with a space.
    """
    try:
        if isinstance(term, terms.URIRef):
            return ox.NamedNode(str(term))
        if isinstance(term, terms.Literal):
            if term.language:
                return ox.Literal(str(term), language=term.language)
            if term.datatype is None:
                return ox.Literal(str(term))
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
        if isinstance(term, terms.BNode):
            return ox.BlankNode(str(term))
    except ValueError as error:
        raise StoreError(f"{term!r} can't be stored: {error}") from error
    raise StoreError(f"{term!r} can't be stored")


def node(iri: str) -> ox.NamedNode:
    """Return an IRI as Oxigraph's node.

    Raises:
        StoreError: it is no absolute IRI.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise StoreError(f"'{iri}' is no absolute IRI") from error


def to_rdflib(term: object) -> terms.URIRef | terms.Literal | terms.BNode:
    """Return rdflib's form of a term, with the spelling that the store has.

    Raises:
        StoreError: it is a triple term, which rdflib does not know.
    """
    if isinstance(term, ox.NamedNode):
        return terms.URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return terms.Literal(term.value, lang=term.language)
        if term.datatype.value == _STRING:
            return terms.Literal(term.value)
        return terms.Literal(term.value, datatype=terms.URIRef(term.datatype.value), normalize=False)
    if isinstance(term, ox.BlankNode):
        return terms.BNode(term.value)
    raise StoreError(f"{term} can't be written: RDF 1.1 has no such term")


class RdflibTerms(dict[object, "terms.URIRef | terms.Literal | terms.BNode | None"]):
    """Terms as rdflib has them, each made once: they come again and again, and making one costs more than finding it.

    Raises:
        StoreError: as `to_rdflib`.
    """

    def __missing__(self, term: object) -> terms.URIRef | terms.Literal | terms.BNode | None:
        found = self[term] = None if term is None else to_rdflib(term)
        return found
