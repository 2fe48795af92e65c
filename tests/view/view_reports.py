"""An invented week on an invented coast: events with and without a date, mutual ones, allies, those without a tie."""

from __future__ import annotations

from rdflib import Graph, Literal
from view_stories import BASE, Teller

from kg.view.terms import DCTERMS, NIF, SCHEMA

TEXT = "Norway and Sweden met Ada Voss. Rebels struck in May."


def reports(more: int = 0) -> Graph:
    """Return the graph; with `more`, as many further dated events of one day."""
    t = Teller()
    d1 = t.article("quay", "The quay", "2031-05-07", "Northern Wire", "https://news.example/quay")
    d2 = t.article("gale", "The gale", "2031-05-09", "The Courier")
    ada = t.thing("Person", "ada", "Ada Voss", "Voss")
    bram = t.thing("Person", "bram", "Bram Holt", "Holt")
    cleo = t.thing("Person", "cleo", "Cleo Lind", "Lind")
    dora = t.thing("Person", "dora", "Dora Quist")
    norway = t.thing("Place", "norway", "Norway", cls="Country", at=(59.9, 10.7))
    sweden = t.thing("Place", "sweden", "Sweden", cls="Country", at=(59.3, 18.1))
    ostby = t.thing("Place", "ostby", "Ostby", cls="City", at=(57.0, 12.0))
    nowhere = t.thing("Place", "nowhere", "Nowhere Point")
    reds = t.thing("Organization", "reds", "Red Band")
    blues = t.thing("Organization", "blues", "Blue Band")
    t.event(
        "plover:Threaten",
        "threatened",
        d1,
        "Voss threatened Holt.",
        agent=[ada],
        patient=[bram],
        date="2031-05-02",
        label="Voss threatened Holt",
    )
    t.event(
        "nkg:Born",
        "born",
        d1,
        "Voss was born in Ostby.",
        agent=[ada],
        place=[ostby],
        label="Voss was born in Ostby",
    )
    t.event(
        "plover:Consult",
        "met",
        d1,
        "Norway and Sweden met.",
        agent=[norway, sweden],
        patient=[norway, sweden],
        date="2031-05-03",
        label="Norway and Sweden met",
    )
    t.event(
        "plover:Consult",
        "talks",
        d2,
        "Sweden held talks with Norway.",
        agent=[sweden],
        patient=[norway],
        date="2031-05",
        label="Sweden held talks with Norway",
    )
    t.event(
        "plover:Assault",
        "attacked",
        d2,
        "The Red Band and the Blue Band attacked.",
        agent=[reds, blues],
        label="The Red Band and the Blue Band attacked",
    )
    t.event(
        "plover:Accuse",
        "accused",
        d2,
        "Holt accused Norway.",
        agent=[bram],
        patient=[norway],
        date="2031-05-02",
        label="Holt accused Norway",
    )
    t.event(
        "plover:Assault",
        "struck",
        d2,
        "The Red Band struck at Nowhere Point.",
        agent=[reds],
        place=[nowhere],
        modality="Planned",
        label="The Red Band struck at Nowhere Point",
    )
    for k in range(more):
        t.event(
            "plover:Accuse",
            "accused",
            d2,
            f"Voss accused Holt for the {k}th time.",
            agent=[ada],
            patient=[bram],
            date="2031-05-02",
            label="Voss accused Holt",
        )
    t.quote(cleo, "The sea was calm", d1, "“The sea was calm”, said Lind.", about=[norway])
    t.role(bram, "mayor", ostby, d1, "Bram Holt, mayor of Ostby, left.")
    t.role(dora, "pilot", None, d1, "Dora Quist, a pilot, slept.")
    return t.graph


def with_texts() -> Graph:
    """Return the graph with the articles' whole texts, of which the licence keeps the second."""
    graph = reports()
    for name in ("quay", "gale"):
        doc = BASE[f"article/{name}"]
        spans = sorted(
            (int(str(s).rpartition("=")[2].partition(",")[0]), str(o))
            for s, o in graph.subject_objects(NIF.anchorOf)
            if str(s).startswith(f"{doc}#") and len(str(o)) > 18
        )
        whole = " ".join(text for _, text in spans)
        graph.add((BASE[f"article/{name}#char=0,{len(whole)}"], NIF.isString, Literal(whole)))
    graph.add((BASE["article/gale"], DCTERMS.rights, Literal("All rights reserved")))
    graph.add((BASE["article/quay"], SCHEMA.license, Literal("https://creativecommons.org/licenses/by/4.0/")))
    return graph
