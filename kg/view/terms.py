"""The terms of the graph model that the view reads, and the short names it shows for IRIs."""

from rdflib import Namespace

from kg.graph.vocabulary import PREFIXES as _OF_MODEL

_NAMES = "schema org sem plover nkg gaf nif prov dcterms skos owl rdf rdfs"
PREFIXES = {name: _OF_MODEL[name] for name in _NAMES.split()}
# open, unlike the model's own: a graph from elsewhere may have other terms of them
SCHEMA, ORG, SEM, PLOVER, NKG, GAF, NIF, DCTERMS = (
    Namespace(PREFIXES[name]) for name in ("schema", "org", "sem", "plover", "nkg", "gaf", "nif", "dcterms")
)
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def curie(iri: str) -> str:
    """Shorten an IRI of a known vocabulary (`plover:Threaten`); any other comes back as it is."""
    for prefix, base in _LONGEST_FIRST:
        if iri.startswith(base) and len(iri) > len(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri
