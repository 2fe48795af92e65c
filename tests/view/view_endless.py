"""A story told by people who mean harm or never stop: endless names, markup, marks that turn the script."""

from __future__ import annotations

from rdflib import Graph
from view_stories import Teller

HARM = "</script><img src=x onerror=window.hurt=1><b>{{7*7}}</b>"
TURNED = "Ada \u202egnul\u202c \u2066Lund\u2069\u200f"
ENDLESS = "Ravn" * 2_500  # no place to break it
WORDY = "of the Board " * 800


def endless() -> Graph:
    """Return a graph in which every text is one of these."""
    t = Teller()
    doc = t.article("endless", f"Headline {HARM} {ENDLESS}", "2031-05-07", f"Wire {WORDY}")
    other = t.article("wordy", f"{WORDY}", "2031-05-09", f"{HARM}{TURNED}")
    ada = t.thing("Person", "ada", TURNED, ENDLESS)
    bram = t.thing("Person", "bram", f"Bram {ENDLESS}")
    board = t.thing("Organization", "board", f"Chair {WORDY}")
    town = t.thing("Place", "town", f"Town {HARM}", cls="City", at=(57.0, 12.0))
    lost = t.thing("Place", "lost", f"Lost {ENDLESS}")
    for k, (agent, patient) in enumerate(((ada, bram), (bram, board), (board, ada), (town, bram))):
        t.event(
            "plover:Accuse",
            f"accused{k}",
            doc if k % 2 else other,
            f"One accused{k} another {HARM} {ENDLESS if k % 2 else WORDY}",
            agent=[agent],
            patient=[patient],
            place=[town, lost],
            date="2031-05-02",
            modality="Reported" if k == 1 else "Asserted",
            label=f"{ENDLESS} accused {HARM}" if k % 2 else f"{WORDY} accused",
        )
    t.role(ada, "Chair", board, doc, f"Ada is chair {WORDY}.")
    t.quote(bram, f"{HARM} {ENDLESS}", other, f"“{HARM} {ENDLESS}”, said Bram.", about=[ada, board])
    return t.graph
