"""The classes of graphs and terms, for rooms that handle answers but leave rdflib to this one."""

from rdflib import BNode, Dataset, Graph, Literal, URIRef

__all__ = ["BNode", "Dataset", "Graph", "Literal", "URIRef"]
