"""Check a graph against the SHACL shapes of the model (with pySHACL, where installed), and its spans by the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

from kg.errors import GraphError, install
from kg.graph.evidence import place_of
from kg.graph.ontology import shapes
from kg.graph.vocabulary import GAF, NIF, PROV


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One node that breaks a shape; `path` is the property or empty, `severity` Violation or Warning."""

    node: str
    path: str
    message: str
    value: str = ""
    severity: str = "Violation"

    def __str__(self) -> str:
        where = f" {self.path}" if self.path else ""
        value = f" ({self.value})" if self.value else ""
        return f"{self.node}{where}: {self.message}{value}"


def validate(graph: Graph, warnings: bool = False) -> list[Violation]:
    """Return what in the graph breaks the shapes, sorted; an empty list means that it is valid.

    `warnings` adds what is no error of the graph but could be better known, such as a missing speaker.

    Raises:
        GraphError: pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise GraphError(f"checking shapes needs pySHACL: {install('validate')}") from error
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(), inference="none", advanced=False)
    if not isinstance(report, Graph):
        raise GraphError(f"pySHACL gave no report: {report}")
    found = {_violation(report, result, graph) for result in report.subjects(SH.resultSeverity)}
    found.update(misplaced(graph))
    return sorted(v for v in found if warnings or v.severity == "Violation")


def misplaced(graph: Graph) -> Iterator[Violation]:
    """Yield the stretches of text that are not where their IRIs say.

    A pattern can tell the form of such an IRI, but not that there is an article with so long a text and these words.
    """
    texts: dict[str, str] = {}
    for context, text in graph.subject_objects(NIF.isString):
        place = place_of(str(context))
        if place is not None:
            texts[place.doc] = str(text)
    for path in (GAF.denotedBy, PROV.wasDerivedFrom):
        for node, span in graph.subject_objects(path):
            place = place_of(str(span))
            if place is None:
                continue  # the shapes tell
            whole = texts.get(place.doc)
            if whole is None:
                yield _wrong(graph, node, path, "the text that it is taken from is not in the graph", span)
            elif not place.begin < place.end <= len(whole):
                yield _wrong(graph, node, path, "the text has no such stretch", span)
    for span, words in graph.subject_objects(NIF.anchorOf):
        place = place_of(str(span))
        if place is not None and place.doc in texts:
            there = texts[place.doc][place.begin : place.end]
            if there != str(words):
                yield _wrong(graph, span, NIF.anchorOf, "the text has other words there", words)


def _wrong(graph: Graph, node: Node, path: Node, message: str, value: Node) -> Violation:
    spelt = (term.n3(graph.namespace_manager) for term in (node, path, value))
    return Violation(next(spelt), next(spelt), message, next(spelt))


def _violation(report: Graph, result: Node, graph: Graph) -> Violation:
    def one(predicate: Node) -> str:
        value = report.value(result, predicate)
        return "" if value is None else value.n3(graph.namespace_manager)

    message = min((str(m) for m in report.objects(result, SH.resultMessage)), default="breaks its shape")
    severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
    path = report.value(result, SH.resultPath)
    return Violation(
        one(SH.focusNode),
        path.n3(graph.namespace_manager) if path is not None else "",
        message,
        one(SH.value),
        severity,
    )
