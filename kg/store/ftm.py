"""Tell a graph in FollowTheMoney's words, one entity a line, for the tools that investigative desks use.

People, organisations, places, articles, events, roles, quotes and relations become entities of the schemata that
ftm.yaml names, each checked by the `followthemoney` library; whatever tells of a fact names the article as
its proof and quotes the sentence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox
import yaml

from kg.errors import StoreError, install
from kg.graph.evidence import place_of
from kg.graph.ontology import ontology
from kg.graph.vocabulary import DCTERMS, NIF, NKG, ORG, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, expand
from kg.store.inference import rules
from kg.store.terms import node

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)")
_ACTING = (NKG.agent, NKG.patient, NKG.speaker, NKG.addressee, ORG.organization)


def to_ftm(store: ox.Store, out: BinaryIO) -> None:
    """Write a graph as FollowTheMoney entities, a JSON object a line, sorted by what they are and by IRI.

    Raises:
        StoreError: the library is not installed, or refuses an entity.
    """
    try:
        from followthemoney import model
        from followthemoney.exc import InvalidData
    except ImportError as error:
        raise StoreError(
            f"export to FollowTheMoney needs its library: {install('ftm')} "
            "(it builds PyICU: on Debian install libicu-dev, pkg-config, g++ and python3-dev first)"
        ) from error
    for entity in Teller(store, model).tell():
        told: dict[str, Any] = entity.to_dict()
        missing = [name for name in entity.schema.required if not entity.get(name)]
        try:
            entity.schema.validate({"properties": told["properties"]})
        except InvalidData as error:
            missing.append(str(error))
        if missing:
            raise StoreError(f"'{entity.caption}' is no valid {entity.schema.name}: {', '.join(missing)}")
        line = json.dumps({"caption": entity.caption, **told}, ensure_ascii=False, sort_keys=True)
        out.write(f"{line}\n".encode())


@lru_cache(maxsize=1)
def mapping() -> dict[str, Any]:
    """Return what ftm.yaml says."""
    read: dict[str, Any] = yaml.safe_load((files("kg.store") / "ftm.yaml").read_text("utf-8"))
    return read


class Teller:
    """Tells one store; `model` is the library's model of schemata."""

    def __init__(self, store: ox.Store, model: Any) -> None:
        self._store = store
        self._model = model
        self._map = mapping()
        self._classes = [(str(expand(row["class"])), row["schema"]) for row in self._map["classes"]]
        self._above = {k.value: {c.value for c in more} for k, more in rules().classes.items()}
        newskg = ontology()
        self._labels = {str(p): str(newskg.value(p, RDFS.label)) for p in newskg.subjects(RDFS.label)}
        self._schemata: dict[str, str | None] = {}

    def tell(self) -> Iterator[EntityProxy]:
        """Yield every entity: articles, things, roles, relations, events, quotes."""
        for kind, one in (
            (SCHEMA.NewsArticle, self._article),
            (None, self._thing),
            (ORG.Membership, self._role),
            (NKG.Relation, self._relation),
            (SEM.Event, self._event),
            (NKG.Statement, self._statement),
        ):
            for iri in self._things() if kind is None else self._of(str(kind)):
                entity = one(iri)
                if entity is not None:
                    yield entity

    # --- things

    def _article(self, iri: str) -> EntityProxy:
        entity = self._make("Article", iri)
        entity.add("title", self._all(iri, SCHEMA.headline))
        entity.add("fileName", self._all(iri, DCTERMS.source) or self._all(iri, DCTERMS.identifier) or [iri])
        for name, predicate in (
            ("author", SCHEMA.author),
            ("publisher", SCHEMA.publisher),
            ("publishedAt", SCHEMA.datePublished),
            ("language", SCHEMA.inLanguage),
            ("sourceUrl", SCHEMA.url),
        ):
            entity.add(name, self._all(iri, predicate))
        contexts = self._to(iri, NIF.sourceUrl)
        entity.add(
            "bodyText", [text for c in contexts if "#char=" in c for text in self._all(c, NIF.isString)]
        )
        return entity

    def _thing(self, iri: str) -> EntityProxy | None:
        schema = self._schema(iri)
        if schema is None:
            return None
        entity = self._make(schema, iri)
        entity.add("name", self._all(iri, RDFS.label) or [iri])
        entity.add("alias", self._all(iri, SKOS.altLabel))
        entity.add("previousName", self._all(iri, NKG.formerName))
        found = (_WIKIDATA.match(same) for same in self._all(iri, OWL.sameAs))
        entity.add("wikidataId", [match[1] for match in found if match])
        entity.add("proof", sorted({self._id(doc) for doc in self._articles(iri)}))
        if schema == "Person":
            entity.add("position", self._all(iri, SCHEMA.jobTitle))
            entity.add("nationality", self._names(iri, SCHEMA.nationality))
            entity.add("birthPlace", self._names(iri, SCHEMA.birthPlace))
        elif schema == "Address":
            entity.add("full", self._all(iri, RDFS.label))
            entity.add("latitude", self._all(iri, SCHEMA.latitude))
            entity.add("longitude", self._all(iri, SCHEMA.longitude))
        if str(SCHEMA.Country) in self._all(iri, RDF.type):
            entity.add("country", self._all(iri, RDFS.label))
        return entity

    # --- facts

    def _role(self, iri: str) -> EntityProxy | None:
        if any(mode != str(NKG.Asserted) for mode in self._all(iri, NKG.modality)):
            return None  # hoped for, planned or denied: nobody's interest or post yet
        people, bodies = self._all(iri, ORG.member), self._all(iri, ORG.organization)
        posts = self._all(iri, ORG.role)
        titles = [t for post in posts for t in self._all(post, SKOS.prefLabel) or self._all(post, RDFS.label)]
        if not people or not bodies or self._schema(people[0]) != "Person":
            return None  # a title without a body is the person's position
        body = self._schema(bodies[0]) or ""
        if not self._model.get(body or "Thing").is_a("Organization"):
            return None
        kind = self._map["roles"]["membership" if self._is_member(people[0], bodies[0]) else "employment"]
        top = self._map["roles"]["directorship"]
        if body in top["bodies"] and {title.split()[-1].lower() for title in titles} & set(top["titles"]):
            kind = top
        entity = self._make(kind["schema"], iri)
        entity.add(kind["person"], self._id(people[0]))
        entity.add(kind["body"], self._id(bodies[0]))
        entity.add("role", titles)
        entity.add("status", "former" if "true" in self._all(iri, NKG.former) else "current")
        return self._proven(entity, iri)

    def _relation(self, iri: str) -> EntityProxy | None:
        ends = [self._all(iri, p) for p in (RDF.subject, RDF.predicate, RDF.object)]
        if not all(ends):
            return None
        subject, predicate, target = (values[0] for values in ends)
        schemata = {self._schema(subject), self._schema(target)}
        if None in schemata or subject == target:
            return None
        label = self._labels.get(predicate, re.sub(r".*[/#]", "", predicate))
        family = predicate in {str(expand(curie)) for curie in self._map["family"]}
        if family and schemata == {"Person"}:
            entity = self._make("Family", iri)
            entity.add("person", self._id(subject))
            entity.add("relative", self._id(target))
            entity.add("relationship", label)
        else:
            entity = self._make("UnknownLink", iri)
            entity.add("subject", self._id(subject))
            entity.add("object", self._id(target))
            entity.add("role", label)
        return self._proven(entity, iri)

    def _event(self, iri: str) -> EntityProxy | None:
        modality = self._all(iri, NKG.modality)
        if set(modality) & {str(expand(curie)) for curie in self._map["left_out"]}:
            return None
        entity = self._make("Event", iri)
        entity.add("name", self._all(iri, RDFS.label) or [iri])
        kinds = [kind for kind in self._all(iri, RDF.type) if str(SEM.Event) in self._above.get(kind, ())]
        entity.add("keywords", [self._labels[kind] for kind in kinds])
        entity.add("notes", [self._labels.get(mode, mode) for mode in modality])
        for predicate in (NKG.agent, NKG.patient):
            involved = [self._id(one) for one in self._all(iri, predicate) if self._schema(one)]
            entity.add("involved", involved)
        entity.add("location", self._names(iri, SEM.hasPlace))
        entity.add("date", self._all(iri, SEM.hasTimeStamp))
        entity.add("startDate", self._all(iri, SEM.hasBeginTimeStamp))
        entity.add("endDate", self._all(iri, SEM.hasEndTimeStamp))
        return self._proven(entity, iri)

    def _statement(self, iri: str) -> EntityProxy:
        entity = self._make("Note", iri)
        speakers = self._names(iri, NKG.speaker)
        entity.add("name", f"Statement by {', '.join(speakers)}" if speakers else "Statement")
        entity.add("description", self._all(iri, SCHEMA.text))
        for predicate in (NKG.speaker, SCHEMA.about):
            entity.add("entity", [self._id(one) for one in self._all(iri, predicate) if self._schema(one)])
        entity.add("keywords", speakers)
        return self._proven(entity, iri)

    def _proven(self, entity: EntityProxy, iri: str) -> EntityProxy:
        """Add the sentences that tell of a fact, and the articles that they stand in."""
        sentences = self._all(iri, PROV.wasDerivedFrom)
        entity.add("summary", [text for s in sentences for text in self._all(s, NIF.anchorOf)])
        docs = {place.doc for s in sentences if (place := place_of(s)) is not None}
        entity.add("proof", sorted(self._id(doc) for doc in docs))
        entity.add("publisher", sorted({name for doc in docs for name in self._all(doc, SCHEMA.publisher)}))
        entity.add("sourceUrl", sorted({url for doc in docs for url in self._all(doc, SCHEMA.url)}))
        return entity

    # --- reading the store

    def _make(self, schema: str, iri: str) -> EntityProxy:
        entity: EntityProxy = self._model.make_entity(schema)
        entity.id = self._id(iri)
        return entity

    def _id(self, iri: str) -> str:
        made: str = hashlib.sha1(iri.encode(), usedforsecurity=False).hexdigest()
        return made

    def _schema(self, iri: str) -> str | None:
        """Return the schema of a thing; None for what has none."""
        if iri not in self._schemata:
            types = set(self._all(iri, RDF.type))
            types |= {above for one in types for above in self._above.get(one, ())}
            schema = next((schema for one, schema in self._classes if one in types), None)
            if schema == "Address" and self._acts(iri):
                schema = self._map["acting_place"]
            self._schemata[iri] = schema
        return self._schemata[iri]

    def _acts(self, iri: str) -> bool:
        return any(next(self._store.quads_for_pattern(None, node(p), node(iri), None), None) for p in _ACTING)

    def _is_member(self, person: str, body: str) -> bool:
        return body in self._all(person, SCHEMA.memberOf)

    def _things(self) -> Iterator[str]:
        kinds = (SCHEMA.Person, SCHEMA.Organization, SCHEMA.Place, NKG.Group)
        return iter(sorted({iri for kind in kinds for iri in self._of(str(kind))}))

    def _of(self, kind: str) -> list[str]:
        return self._to(kind, RDF.type)

    def _articles(self, iri: str) -> set[str]:
        """Return the articles whose graphs speak of a thing, or in whose text it is mentioned."""
        spans = self._all(iri, expand("gaf:denotedBy"))
        return {span.partition("#")[0] for span in spans}

    def _names(self, iri: str, predicate: str) -> list[str]:
        return [name for one in self._all(iri, predicate) for name in self._all(one, RDFS.label)]

    def _all(self, iri: str, predicate: str) -> list[str]:
        """Return the values of a property as text, sorted and without doubles."""
        try:
            found = self._store.quads_for_pattern(node(iri), node(predicate), None, None)
        except StoreError:
            return []  # a literal where an IRI was expected
        return _sorted(quad.object for quad in found)

    def _to(self, iri: str, predicate: str) -> list[str]:
        return _sorted(
            q.subject for q in self._store.quads_for_pattern(None, node(predicate), node(iri), None)
        )


def _sorted(terms: Iterable[object]) -> list[str]:
    return sorted({term.value for term in terms if isinstance(term, ox.NamedNode | ox.Literal)})
