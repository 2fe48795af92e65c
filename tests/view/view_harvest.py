"""An invented quarrel over a harvest: two who do much with one another, tellings of one happening, hearsay alone."""

from __future__ import annotations

from rdflib import Graph
from view_stories import Teller


def harvest() -> Graph:
    """Return the graph: Ada Voss and Bram Holt have five events and a quote, of which three are one happening."""
    t = Teller()
    mill = t.article("mill", "The mill burns", "2031-08-02", "Northern Wire")
    barn = t.article("barn", "The barn stands", "2031-08-04", "The Courier")
    ada = t.thing("Person", "ada", "Ada Voss", "Voss")
    bram = t.thing("Person", "bram", "Bram Holt", "Holt")
    cleo = t.thing("Person", "cleo", "Cleo Lind", "Lind")
    dora = t.thing("Person", "dora", "Dora Quist", "Quist")
    guild = t.thing("Organization", "guild", "Millers' Guild")
    troop = t.thing("Organization", "troop", "Night Troop")
    eelby = t.thing("Place", "eelby", "Eelby", cls="City", at=(57.0, -110.0))
    ostby = t.thing("Place", "ostby", "Ostby", cls="City", at=(-33.0, 151.0))
    nowhere = t.thing("Place", "nowhere", "Nowhere Point")
    e = t.event
    e("plover:Consult", "signed", mill, "Voss signed the harvest pact with Holt.", agent=[ada], patient=[bram],
      date="2031-08-01", label="Voss signed the harvest pact with Holt", confidence=0.8)  # fmt: skip
    e("plover:Consult", "signing", mill, "The signing of the harvest pact took an hour.", agent=[ada], patient=[bram],
      label="Voss signing the harvest pact with Holt", confidence=0.6)  # fmt: skip
    e("plover:Consult", "signed", mill, "Voss signed a harvest pact.", agent=[ada], patient=[bram],
      label="Voss signed a harvest pact with Holt", confidence=0.7)  # fmt: skip
    e("plover:Accuse", "accused", mill, "Holt accused Voss of theft.", agent=[bram], patient=[ada],
      label="Holt accused Voss of theft", modality="Reported")  # fmt: skip
    e("plover:Assault", "attacked", barn, "Voss and Holt attacked the Guild.", agent=[ada, bram], patient=[guild],
      label="Voss and Holt attacked the Guild")  # fmt: skip
    e("plover:Coerce", "arrest", barn, "The arrest of Lind by the Troop is near.", agent=[troop], patient=[cleo],
      label="the Troop’s arrest of Lind", modality="Planned")  # fmt: skip
    e("plover:Coerce", "arrested", barn, "The Troop arrested Lind, it is said.", agent=[troop], patient=[cleo],
      label="the Troop arrested Lind", modality="Reported")  # fmt: skip
    e("plover:Protest", "marched", barn, "The Guild marched in Ostby.", agent=[guild], place=[ostby],
      label="the Guild marched in Ostby")  # fmt: skip
    e("plover:Aid", "aided", barn, "Eelby aided the Guild at Nowhere Point.", agent=[eelby], patient=[guild],
      place=[nowhere], label="Eelby aided the Guild")  # fmt: skip
    e("plover:Protest", "gathered", barn, "The Guild gathered in Eelby.", agent=[guild], place=[eelby],
      label="the Guild gathered in Eelby")  # fmt: skip
    t.quote(ada, "Holt is a thief", mill, "“Holt is a thief”, said Voss.", about=[bram])
    t.quote(dora, "The rye is in", barn, "“The rye is in”, said Quist.")
    return t.graph
