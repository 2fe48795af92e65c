"""Find the ontology and the shapes: `kg/ontologies` in the wheel, the top level in a checkout."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph

from kg.errors import GraphError
from kg.event_classes import FOLDERS


def ontology_path(name: str) -> Path:
    """Return where the file `name` (`newskg.ttl`, `shapes.ttl`) lies.

    Raises:
        GraphError: it lies in neither place, so the installation is damaged.
    """
    for folder in FOLDERS:
        if (folder / name).is_file():
            return folder / name
    raise GraphError(f"{name} is missing from {' and '.join(map(str, FOLDERS))}: install newskg again")


def ontology() -> Graph:
    """Return the classes and properties of the graph model.

    Raises:
        GraphError: the installation is damaged.
    """
    return Graph(bind_namespaces="none").parse(ontology_path("newskg.ttl"), format="turtle")


def shapes() -> Graph:
    """Return the SHACL shapes of the graph model.

    Raises:
        GraphError: the installation is damaged.
    """
    return Graph(bind_namespaces="none").parse(ontology_path("shapes.ttl"), format="turtle")
