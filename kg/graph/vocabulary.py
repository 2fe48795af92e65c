"""The terms of the graph model as closed namespaces: a misspelt term raises instead of becoming a new one.

The terms are those of `ontologies/newskg.ttl`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rdflib import URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, ClosedNamespace

from kg.errors import GraphError

__all__ = [
    "DCTERMS",
    "GAF",
    "NAMESPACES",
    "NIF",
    "NKG",
    "ORG",
    "OWL",
    "PLOVER",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SEM",
    "SKOS",
    "XSD",
    "expand",
]


def _closed(namespace: str, *terms: str) -> ClosedNamespace:
    """Return a namespace with these terms, several in a string."""
    return ClosedNamespace(namespace, " ".join(terms).split())


SCHEMA = _closed(
    "https://schema.org/",
    # top classes and the article
    "NewsArticle Organization Person Place",
    # finer organisations
    "Airline CollegeOrUniversity Corporation EducationalOrganization GovernmentOrganization Hospital",
    "MusicGroup NGO NewsMediaOrganization PerformingGroup ResearchOrganization School SportsOrganization",
    "SportsTeam WorkersUnion",
    # finer places
    "AdministrativeArea Airport BodyOfWater City CivicStructure Continent Country Landform",
    "LandmarksOrHistoricalBuildings Mountain State",
    # things and their relations
    "alumniOf birthPlace children foundingLocation jobTitle latitude location longitude memberOf",
    "nationality parent sibling spouse worksFor",
    # articles and statements
    "about author datePublished headline inLanguage publisher text url",
)
"""The terms of schema.org that the model uses."""

ORG = _closed(
    "http://www.w3.org/ns/org#",
    "Membership Role hasMembership member memberOf organization role subOrganizationOf",
)
"""The terms of the W3C Organization Ontology that the model uses."""

SEM = _closed(
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "Actor Event Place hasActor hasBeginTimeStamp hasEndTimeStamp hasPlace hasTimeStamp",
)
"""The terms of the Simple Event Model that the model uses."""

GAF = _closed(
    "http://groundedannotationframework.org/gaf#",
    "denotedBy",
)
"""The one term of the Grounded Annotation Framework: from a thing to the text that speaks of it."""

NIF = _closed(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Context Phrase Sentence String anchorOf beginIndex endIndex isString referenceContext sourceUrl",
)
"""The terms of the NLP Interchange Format that the model uses."""

PLOVER = _closed(
    "https://w3id.org/newskg/plover#",
    # -- made by python -m training.tables.make_events: plover
    "Accuse Agree Aid Assault Coerce Concede Consult Cooperate Mobilize Protest Reject Request Retreat",
    "Sanction Support Threaten",
    # -- end of what is made
)
"""The sixteen event classes of PLOVER."""

NKG = _closed(
    "https://w3id.org/newskg#",
    # things
    "ArmedForces ArmedGroup Court Group IntergovernmentalOrganization Legislature Participant PoliceForce",
    "PoliticalParty Region UnnamedSource",
    # facts
    "Fact Judgement Relation Statement",
    # event classes
    # -- made by python -m training.tables.make_events: nkg
    "Acquire Award Born Close Compete Die Disaster Educate Elect Found Investigate Join Launch Leave",
    "Legal Marry Move Other Perform Publish",
    # -- end of what is made
    # modality and stance
    "Asserted Hypothetical Modality Negated Planned Reported Friendly Hostile Neutral Stance",
    # properties
    "accordingTo addressee agent alliedWith confidence cue direct former formerName modality opposes page",
    "patient reason sha256 speaker stance theme trigger",
)
"""What no standard vocabulary has: statements, modality, evidence, the further event classes."""

NAMESPACES: Mapping[str, Any] = MappingProxyType(
    {
        "dcterms": DCTERMS,
        "gaf": GAF,
        "nif": NIF,
        "nkg": NKG,
        "org": ORG,
        "owl": OWL,
        "plover": PLOVER,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sem": SEM,
        "skos": SKOS,
        "xsd": XSD,
    }
)
PREFIXES = MappingProxyType({prefix: str(space) for prefix, space in NAMESPACES.items()})
"""Prefix → namespace of every vocabulary that the model uses, in the order in which files declare them."""


@lru_cache(maxsize=1024)
def expand(curie: str) -> URIRef:
    """Return the IRI of a term written as `prefix:local`, such as `plover:Threaten`.

    Raises:
        GraphError: the prefix or the term is not one of the model's.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in NAMESPACES:
        raise GraphError(f"'{curie}' has no prefix of the graph model; known are {', '.join(NAMESPACES)}")
    iri = URIRef(f"{NAMESPACES[prefix]}{local}")
    if local.startswith("_") or iri not in NAMESPACES[prefix]:
        raise GraphError(f"'{curie}' is no term of the graph model; add it to the ontology first")
    return iri
