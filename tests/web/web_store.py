"""The store that the pages are tried on: two invented articles, and one that means harm wherever it can."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import article, entity, facts, span
from graph_facts import both

from kg.graph import facts_to_triples
from kg.graph.iris import DEFAULT_BASE, article_iri
from kg.graph.terms import Literal, URIRef
from kg.model import Facts, Kind, Role, Span, Statement, TimeRef
from kg.store import ArticleStore, Put

HARM = "</script><script>window.hurt=1</script><img src=x onerror=window.hurt=1>\"'`&{{7*7}}${7*7}"
SPARQL = "> } ; DROP ALL ; SELECT * { ?s ?p <x"
LINES = "one\r\nSet-Cookie: hurt=1\r\n\r\n<script>window.hurt=1</script>"
BIDI = "\u202egnorw\u202c\x07"
SCRIPT_IRI = "javascript:window.hurt=1"
QUOTE_IRI = "http://evil.example/'onmouseover=window.hurt=1//&x=%3Cscript%3E?a=b#c"
NAME = f"Eve {HARM}"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS_LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
PERSON = URIRef("https://schema.org/Person")
AGENT = URIRef("https://w3id.org/newskg#agent")


def harmful() -> Facts:
    """An article whose title, names, words and addresses are full of HTML, script, SPARQL and line breaks."""
    text = (
        f"{NAME} met Bob {SPARQL} on 3 May.\r\n\r\n<script>window.hurt=1</script> \U0001f600 {BIDI} said Eve."
    )
    made = facts(text, "met", NAME, f"Bob {SPARQL}")
    people = (
        entity(text, NAME, aliases=(LINES, BIDI), same_as=(SCRIPT_IRI, QUOTE_IRI)),
        entity(text, f"Bob {SPARQL}", Kind.ORGANIZATION),
    )
    speech = span(text, f"<script>window.hurt=1</script> \U0001f600 {BIDI}")
    statement = Statement(
        "s1",
        text[speech.begin : speech.end],
        speech,
        Span(0, len(text)),
        NAME,
        True,
        HARM,
        about=(people[1].id,),
    )
    role = Role(NAME, f"chief {HARM}", people[1].id, False, span(text, "Eve"), Span(0, len(text)))
    one = article(
        text,
        "harm/er",
        title=f"{HARM} {LINES}",
        date="2031-05-03",
        authors=(HARM,),
        publisher=LINES,
        url=SCRIPT_IRI,
    )
    event = replace(made.events[0], label=f"met {HARM} {BIDI}", time=TimeRef("2031-05-03"))
    return replace(
        made, article=one, entities=people, events=(event,), statements=(statement,), roles=(role,)
    )


def strangers() -> list[tuple[URIRef, URIRef, URIRef | Literal]]:
    """Triples that no builder made: things whose own IRIs mean harm."""
    event = URIRef(f"{DEFAULT_BASE}event/harm/er/v1")
    found: list[tuple[URIRef, URIRef, URIRef | Literal]] = []
    # how sure it is that two are one: it ties them as a relation does, and is none
    judgement = URIRef(f"{DEFAULT_BASE}judgement/sable-port")
    found += [
        (judgement, URIRef(f"{RDF}type"), URIRef("https://w3id.org/newskg#Judgement")),
        (judgement, URIRef(f"{RDF}subject"), URIRef(f"{DEFAULT_BASE}place/ostrana")),
        (judgement, URIRef(f"{RDF}object"), URIRef(QUOTE_IRI)),
    ]
    for iri in (
        SCRIPT_IRI,
        QUOTE_IRI,
        f"{DEFAULT_BASE}person/../../search",
        f"{DEFAULT_BASE}person//evil.example",
    ):
        thing = URIRef(iri)
        found += [
            (thing, URIRef(f"{RDF}type"), PERSON),
            (thing, RDFS_LABEL, Literal(f"Stranger {iri}")),
            (event, AGENT, thing),
        ]
    return found


def fill(path: Path) -> Path:
    """Write the store."""
    with ArticleStore(path, base=DEFAULT_BASE) as store:
        for one in (*both(), harmful()):
            doc = str(article_iri(DEFAULT_BASE, one.article.path or one.article.id))
            triples = list(facts_to_triples(one))
            if one.article.id == "harm/er":
                triples += strangers()
            store.put([Put(doc, "1", triples)])
    return path
