"""Serve a store or a graph file: a SPARQL 1.1 endpoint and a web app over it."""

from kg.serve.app import Settings
from kg.serve.run import Address, run
from kg.serve.workers import Limits

__all__ = ["Address", "Limits", "Settings", "run"]
