# ruff: noqa: E501 - sentences stand on one line
"""Hand-made and synthetic graphs in the model's vocabulary: invented people, places and happenings only."""

from __future__ import annotations

import random

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, RDF, RDFS, SKOS, XSD

from kg.view.records import ArticleRecord, EvidenceRecord, FactRecord, Story, ThingRecord
from kg.view.terms import DCTERMS, GAF, NIF, NKG, ORG, PLOVER, SCHEMA, SEM

BASE = Namespace("https://example.org/newskg/")
MODALITIES = ("Asserted", "Reported", "Planned", "Hypothetical", "Negated")


class Teller:
    """Adds things, articles and facts to a graph, a sentence of evidence with each fact."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.offset: dict[URIRef, int] = {}
        self.count = 0

    def article(self, name: str, headline: str, date: str, publisher: str = "", url: str = "") -> URIRef:
        doc = BASE[f"article/{name}"]
        add = self.graph.add
        add((doc, RDF.type, SCHEMA.NewsArticle))
        add((doc, SCHEMA.headline, Literal(headline)))
        add((doc, SCHEMA.datePublished, Literal(date, datatype=XSD.date)))
        add((doc, DCTERMS.identifier, Literal(name)))
        if publisher:
            add((doc, SCHEMA.publisher, Literal(publisher)))
        if url:
            add((doc, SCHEMA.url, URIRef(url) if " " not in url and "<" not in url else Literal(url)))
        self.offset[doc] = 0
        return doc

    def thing(
        self,
        kind: str,
        slug: str,
        label: str,
        *aka: str,
        cls: str = "",
        at: tuple[float, float] | None = None,
    ) -> URIRef:
        node = BASE[f"{kind.lower()}/{slug}"]
        top = NKG.Group if kind == "Group" else SCHEMA[kind]
        self.graph.add((node, RDF.type, top))
        if cls:
            self.graph.add((node, RDF.type, SCHEMA[cls] if cls[:4] != "nkg:" else NKG[cls[4:]]))
        self.graph.add((node, RDFS.label, Literal(label)))
        for alias in aka:
            self.graph.add((node, SKOS.altLabel, Literal(alias)))
        if at:
            self.graph.add((node, SCHEMA.latitude, Literal(at[0])))
            self.graph.add((node, SCHEMA.longitude, Literal(at[1])))
        return node

    def evidence(self, fact: URIRef, doc: URIRef, sentence: str, trigger: str) -> None:
        begin = self.offset[doc]
        end = begin + len(sentence)
        self.offset[doc] = end + 1
        span = URIRef(f"{doc}#char={begin},{end}")
        add = self.graph.add
        add((span, RDF.type, NIF.Phrase))
        add((span, NIF.beginIndex, Literal(begin)))
        add((span, NIF.endIndex, Literal(end)))
        add((span, NIF.anchorOf, Literal(sentence)))
        add((fact, PROV.wasDerivedFrom, span))
        at = sentence.find(trigger) if trigger else -1
        if at >= 0:
            mark = URIRef(f"{doc}#char={begin + at},{begin + at + len(trigger)}")
            add((fact, GAF.denotedBy, mark))
            add((mark, RDF.type, NIF.Phrase))
            add((mark, NIF.anchorOf, Literal(trigger)))

    def fact(self, kind: str) -> URIRef:
        self.count += 1
        return BASE[f"{kind}/{self.count:05d}"]

    def event(
        self, cls: str, trigger: str, doc: URIRef, sentence: str, *, agent=(), patient=(), place=(),
        date: str = "", modality: str = "Asserted", by: URIRef | None = None, confidence: float = 0.9, label: str = "",
    ) -> URIRef:  # fmt: skip
        node = self.fact("event")
        add = self.graph.add
        add((node, RDF.type, SEM.Event))
        prefix, _, name = cls.partition(":")
        add((node, RDF.type, (PLOVER if prefix == "plover" else NKG)[name]))
        add((node, RDFS.label, Literal(label or sentence[:60])))
        add((node, NKG.trigger, Literal(trigger)))
        for predicate, values in ((NKG.agent, agent), (NKG.patient, patient), (SEM.hasPlace, place)):
            for value in (
                values if isinstance(values, list | tuple) and not isinstance(values, URIRef) else [values]
            ):
                add((node, predicate, value))
        if date:
            kinds = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
            add((node, SEM.hasTimeStamp, Literal(date, datatype=kinds[len(date)])))
        add((node, NKG.modality, NKG[modality]))
        if by is not None:
            add((node, NKG.accordingTo, by))
        add((node, NKG.confidence, Literal(confidence)))
        self.evidence(node, doc, sentence, trigger)
        return node

    def quote(
        self,
        speaker: URIRef,
        text: str,
        doc: URIRef,
        sentence: str,
        *,
        about=(),
        to=None,
        cue="said",
        direct=True,
        date="",
    ) -> URIRef:
        node = self.fact("statement")
        add = self.graph.add
        add((node, RDF.type, NKG.Statement))
        add((node, NKG.speaker, speaker))
        add((node, SCHEMA.text, Literal(text)))
        add((node, NKG.direct, Literal(direct)))
        add((node, NKG.cue, Literal(cue)))
        for value in about:
            add((node, SCHEMA.about, value))
        if to is not None:
            add((node, NKG.addressee, to))
        if date:
            add((node, SEM.hasTimeStamp, Literal(date, datatype=XSD.date)))
        add((node, NKG.confidence, Literal(0.88)))
        self.evidence(node, doc, sentence, text if text in sentence else "")
        return node

    def role(
        self,
        person: URIRef,
        title: str,
        organization: URIRef | None,
        doc: URIRef,
        sentence: str,
        *,
        former: bool = False,
    ) -> URIRef:
        node = self.fact("membership")
        role = BASE[f"role/{title.lower().replace(' ', '-')}"]
        add = self.graph.add
        add((node, RDF.type, ORG.Membership))
        add((node, ORG.member, person))
        add((node, ORG.role, role))
        add((role, RDF.type, ORG.Role))
        add((role, RDFS.label, Literal(title)))
        if organization is not None:
            add((node, ORG.organization, organization))
        add((node, NKG.former, Literal(former)))
        add((node, NKG.confidence, Literal(0.93)))
        self.evidence(node, doc, sentence, title)
        return node

    def relation(
        self, s: URIRef, p: URIRef, o: URIRef, doc: URIRef, sentence: str, trigger: str = ""
    ) -> URIRef:
        node = self.fact("relation")
        add = self.graph.add
        add((s, p, o))
        for predicate, value in (
            (RDF.type, NKG.Relation),
            (RDF.subject, s),
            (RDF.predicate, p),
            (RDF.object, o),
        ):
            add((node, predicate, value))
        add((node, NKG.confidence, Literal(0.8)))
        self.evidence(node, doc, sentence, trigger)
        return node


_FIRST = [
    "Ada",
    "Bram",
    "Cleo",
    "Dario",
    "Edda",
    "Farid",
    "Greta",
    "Hugo",
    "Inez",
    "Jonas",
    "Kaia",
    "Levi",
    "Mira",
    "Nils",
    "Oda",
    "Pavel",
    "Quinn",
    "Rosa",
    "Sami",
    "Tove",
    "Udo",
    "Vera",
    "Wim",
    "Xenia",
    "Yara",
    "Zeno",
]
_LAST = [
    "Almqvist",
    "Barrow",
    "Castellan",
    "Dunmore",
    "Eskildsen",
    "Fennick",
    "Garrow",
    "Halvard",
    "Ilves",
    "Jarrow",
    "Kestrel",
    "Lindqvist",
    "Marlow",
    "Norrby",
    "Ostrander",
    "Pell",
    "Quist",
    "Renwick",
    "Solberg",
    "Thorne",
    "Ullman",
    "Varga",
    "Westcott",
    "Yarrow",
    "Zeller",
]
_PLACE = [
    "Ardal",
    "Brennick",
    "Corvane",
    "Dalmor",
    "Estrava",
    "Feldmark",
    "Garrick",
    "Hollin",
    "Istria",
    "Jorvale",
    "Kelmor",
    "Lorne",
    "Maravel",
    "Norwick",
    "Orland",
    "Pell",
    "Quarrow",
    "Rossa",
    "Silvane",
    "Torrin",
    "Ulmar",
    "Veldt",
]
_BODY = ["Ministry", "Council", "Army", "Party", "Bank", "Union", "Courier", "Front", "Agency", "Institute"]
_VERBS = [
    ("plover:Threaten", "threatened"), ("plover:Consult", "met"), ("plover:Accuse", "accused"), ("plover:Assault", "attacked"),
    ("plover:Support", "backed"), ("plover:Aid", "aided"), ("plover:Reject", "rejected"), ("plover:Request", "urged"),
    ("plover:Sanction", "sanctioned"), ("plover:Cooperate", "joined forces with"), ("nkg:Elect", "elected"), ("nkg:Investigate", "investigated"),
]  # fmt: skip


def synthetic(actors: int, facts: int, seed: int = 3, articles: int = 0) -> Graph:
    """Return a graph of `actors` things in communities with some hubs, and `facts` facts among them."""
    rng = random.Random(seed)
    teller = Teller()
    docs = [
        teller.article(f"a{k:04d}", f"Report number {k} from {_PLACE[k % len(_PLACE)]}", f"2024-{k % 12 + 1:02d}-{k % 27 + 1:02d}", ("The Courier", "Daily Ledger", "Northern Wire")[k % 3])
        for k in range(articles or max(actors // 40, 2))
    ]  # fmt: skip
    things = []
    for k in range(actors):
        draw = rng.random()
        if draw < 0.5:
            name = f"{_FIRST[k % len(_FIRST)]} {_LAST[(k * 7) // len(_FIRST) % len(_LAST)]}" + (
                f" {k // 600 + 1}" if k >= 600 else ""
            )
            things.append(teller.thing("Person", f"p{k}", name, name.split()[1]))
        elif draw < 0.75:
            things.append(
                teller.thing(
                    "Organization",
                    f"o{k}",
                    f"{_PLACE[k % len(_PLACE)]} {_BODY[k % len(_BODY)]}" + (f" {k}" if k > 200 else ""),
                )
            )
        elif draw < 0.95:
            name = _PLACE[k % len(_PLACE)] + (f" {k}" if k > 40 else "")
            things.append(
                teller.thing(
                    "Place", f"l{k}", name, cls="City", at=(rng.uniform(-40, 60), rng.uniform(-110, 140))
                )
            )
        else:
            things.append(
                teller.thing(
                    "Group", f"g{k}", rng.choice(["protesters", "residents", "officials", "witnesses"])
                )
            )
    size = max(8, int(actors**0.5) * 2)
    groups = max(1, actors // size)

    def pick(group: int) -> int:
        at = int(size * rng.random() ** 2.2)
        return min(group * size + at, actors - 1)

    for k in range(facts):
        group = rng.randrange(groups)
        a = pick(group)
        b = pick(group) if rng.random() < 0.86 else pick(rng.randrange(groups))
        if a == b:
            b = (a + 1) % actors
        doc = rng.choice(docs)
        date = f"2024-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        draw = rng.random()
        labels = [str(teller.graph.value(things[i], RDFS.label)) for i in (a, b)]
        if draw < 0.7:
            cls, verb = rng.choice(_VERBS)
            teller.event(
                cls, verb, doc, f"{labels[0]} {verb} {labels[1]} on the {k}th day.", agent=[things[a]], patient=[things[b]], date=date,
                modality=rng.choices(MODALITIES, (70, 15, 6, 5, 4))[0], confidence=round(rng.uniform(0.4, 1), 2), label=f"{labels[0]} {verb} {labels[1]}",
            )  # fmt: skip
        elif draw < 0.85:
            teller.role(
                things[a],
                rng.choice(["director", "minister", "envoy", "chair"]),
                things[b],
                doc,
                f"{labels[0]}, director of {labels[1]}, spoke.",
            )
        elif draw < 0.95:
            teller.quote(
                things[a],
                f"We will answer {labels[1]} in time",
                doc,
                f"“We will answer {labels[1]} in time,” {labels[0]} said.",
                about=[things[b]],
                date=date,
            )
        else:
            teller.relation(
                things[a], SCHEMA.location, things[b], doc, f"{labels[0]} is based in {labels[1]}.", "based"
            )
    return teller.graph


def crowd(actors: int, facts: int, seed: int = 5) -> Story:
    """Return the records of a large graph, with no triples in between: each fact with its sentence."""
    rng = random.Random(seed)
    docs = [
        ArticleRecord(f"{BASE}article/a{k}", f"a{k}", f"Report number {k}", f"2024-{k % 12 + 1:02d}-11")
        for k in range(120)
    ]
    kinds = ("person", "person", "organization", "place")
    things = [
        ThingRecord(
            f"{BASE}{kinds[k % 4]}/t{k:05d}",
            kinds[k % 4],
            f"{_FIRST[k % 26]} {_LAST[k % 25]} {k}",
            mentions=1 + k % 7,
        )
        for k in range(actors)
    ]
    told = []
    for k in range(facts):
        a, b = (things[int(actors * rng.random() ** 2)] for _ in range(2))
        cls, verb = _VERBS[k % len(_VERBS)]
        stance = ("hostile", "neutral", "friendly")[k % 3]
        sentence = f"{a.label} {verb} {b.label} on the {k}th day, as the harbour office told the Courier."
        evidence = EvidenceRecord(
            docs[k % 120].iri, 90 * (k // 120), sentence, ((len(a.label) + 1, len(a.label) + 1 + len(verb)),)
        )
        told.append(
            FactRecord(
                f"{BASE}event/{k:06d}", "event", cls, f"{a.label} {verb} {b.label}", verb, stance,
                parts=(("agent", a.iri), ("patient", b.iri)), trigger=verb, date=f"2024-{k % 12 + 1:02d}-{k % 28 + 1:02d}",
                modality=MODALITIES[k % 5], confidence=0.5 + (k % 50) / 100, evidence=(evidence,),
            )
        )  # fmt: skip
    return Story(tuple(sorted(things, key=lambda t: t.iri)), tuple(told), tuple(docs))
