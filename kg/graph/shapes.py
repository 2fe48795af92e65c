"""Check a graph against the SHACL shapes of the model, with pySHACL where it is installed."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph, Namespace
from rdflib.namespace import SH
from rdflib.term import Node

from kg.errors import GraphError, install
from kg.graph.ontology import shapes

SHAPE = Namespace("https://w3id.org/newskg/shapes#")


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
    return sorted(v for v in found if warnings or v.severity == "Violation")


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
