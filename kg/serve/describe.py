"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

from kg.graph.terms import Graph, URIRef

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
            "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip


def describe(iri: str, updates: bool, form: str) -> bytes:
    """Return the description of an endpoint, in one of the forms of `kg.serve.negotiate.GRAPH`."""
    graph = Graph(bind_namespaces="none")
    graph.bind("sd", _SD)
    service = URIRef(iri)

    def say(predicate: str, value: str) -> None:
        graph.add((service, URIRef(predicate), URIRef(value)))

    say(_TYPE, f"{_SD}Service")
    say(f"{_SD}endpoint", iri)
    for language in ("SPARQL11Query", *(("SPARQL11Update",) if updates else ())):
        say(f"{_SD}supportedLanguage", _SD + language)
    say(f"{_SD}feature", f"{_SD}UnionDefaultGraph")
    for name in _RESULTS:
        say(f"{_SD}resultFormat", _FORMATS + name)
    return graph.serialize(format=_NAMES[form], encoding="utf-8")
