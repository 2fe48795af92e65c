"""What the graph says of one thing, as a document for programs."""

from __future__ import annotations

from kg.serve.engine import Engine, EngineAnswer
from kg.serve.web.desk import listed

_MOST = 20_000
_ABOUT = """
CONSTRUCT {{ ?thing ?p ?o . ?o rdfs:label ?name . ?s ?q ?thing . ?s rdfs:label ?other }} WHERE {{
  VALUES ?thing {{ {thing} }}
  {{ ?thing ?p ?o OPTIONAL {{ ?o rdfs:label ?name }} }}
  UNION {{ ?s ?q ?thing FILTER (?q != nif:sourceUrl) OPTIONAL {{ ?s rdfs:label ?other }} }}
}}"""


async def read_data(engine: Engine, iri: str, form: str) -> EngineAnswer:
    """Return the triples from and to a thing, with the labels of what it is tied to.

    Raises:
        KGError: as `Engine.ask` does.
    """
    return await engine.ask(_ABOUT.format(thing=listed([iri])), graph=form, most=_MOST)
