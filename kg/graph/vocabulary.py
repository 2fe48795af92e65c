"""The terms of the graph model as closed namespaces: a misspelt term raises instead of becoming a new one.

The terms are those of `ontologies/newskg.ttl`; a test holds the two together. Closed namespaces follow
rdflib's own `namespace/_FOAF.py`.
"""
# ruff: noqa: N815 - the vocabularies chose these names

from __future__ import annotations

from types import MappingProxyType

from rdflib import URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, DefinedNamespace, Namespace

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


class SCHEMA(DefinedNamespace):
    """The terms of schema.org that the model uses."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    # top classes and the article
    NewsArticle: URIRef
    Organization: URIRef
    Person: URIRef
    Place: URIRef
    # finer organisations
    Airline: URIRef
    CollegeOrUniversity: URIRef
    Corporation: URIRef
    EducationalOrganization: URIRef
    GovernmentOrganization: URIRef
    Hospital: URIRef
    MusicGroup: URIRef
    NGO: URIRef
    NewsMediaOrganization: URIRef
    PerformingGroup: URIRef
    ResearchOrganization: URIRef
    School: URIRef
    SportsOrganization: URIRef
    SportsTeam: URIRef
    WorkersUnion: URIRef
    # finer places
    AdministrativeArea: URIRef
    Airport: URIRef
    BodyOfWater: URIRef
    City: URIRef
    CivicStructure: URIRef
    Continent: URIRef
    Country: URIRef
    Landform: URIRef
    LandmarksOrHistoricalBuildings: URIRef
    Mountain: URIRef
    State: URIRef
    # things and their relations
    alumniOf: URIRef
    birthPlace: URIRef
    children: URIRef
    foundingLocation: URIRef
    jobTitle: URIRef
    latitude: URIRef
    location: URIRef
    longitude: URIRef
    memberOf: URIRef
    nationality: URIRef
    parent: URIRef
    sibling: URIRef
    spouse: URIRef
    worksFor: URIRef
    # articles and statements
    about: URIRef
    author: URIRef
    datePublished: URIRef
    headline: URIRef
    inLanguage: URIRef
    publisher: URIRef
    text: URIRef
    url: URIRef


class ORG(DefinedNamespace):
    """The terms of the W3C Organization Ontology that the model uses."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/org#")

    Membership: URIRef
    Role: URIRef
    hasMembership: URIRef
    member: URIRef
    memberOf: URIRef
    organization: URIRef
    role: URIRef
    subOrganizationOf: URIRef


class SEM(DefinedNamespace):
    """The terms of the Simple Event Model that the model uses."""

    _fail = True
    _NS = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")

    Actor: URIRef
    Event: URIRef
    Place: URIRef
    hasActor: URIRef
    hasBeginTimeStamp: URIRef
    hasEndTimeStamp: URIRef
    hasPlace: URIRef
    hasTimeStamp: URIRef


class GAF(DefinedNamespace):
    """The one term of the Grounded Annotation Framework: from a thing to the text that speaks of it."""

    _fail = True
    _NS = Namespace("http://groundedannotationframework.org/gaf#")

    denotedBy: URIRef


class NIF(DefinedNamespace):
    """The terms of the NLP Interchange Format that the model uses."""

    _fail = True
    _NS = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")

    Context: URIRef
    Phrase: URIRef
    Sentence: URIRef
    String: URIRef
    anchorOf: URIRef
    beginIndex: URIRef
    endIndex: URIRef
    isString: URIRef
    referenceContext: URIRef
    sourceUrl: URIRef


class PLOVER(DefinedNamespace):
    """The sixteen event classes of PLOVER."""

    _fail = True
    _NS = Namespace("https://w3id.org/newskg/plover#")

    # -- made by python -m training.tables.make_events: plover
    Accuse: URIRef
    Agree: URIRef
    Aid: URIRef
    Assault: URIRef
    Coerce: URIRef
    Concede: URIRef
    Consult: URIRef
    Cooperate: URIRef
    Mobilize: URIRef
    Protest: URIRef
    Reject: URIRef
    Request: URIRef
    Retreat: URIRef
    Sanction: URIRef
    Support: URIRef
    Threaten: URIRef
    # -- end of what is made


class NKG(DefinedNamespace):
    """What no standard vocabulary has: statements, modality, evidence, the further event classes."""

    _fail = True
    _NS = Namespace("https://w3id.org/newskg#")

    # things
    ArmedForces: URIRef
    ArmedGroup: URIRef
    Court: URIRef
    Group: URIRef
    IntergovernmentalOrganization: URIRef
    Legislature: URIRef
    Participant: URIRef
    PoliceForce: URIRef
    PoliticalParty: URIRef
    Region: URIRef
    UnnamedSource: URIRef
    # facts
    Fact: URIRef
    Judgement: URIRef
    Relation: URIRef
    Statement: URIRef
    # event classes
    # -- made by python -m training.tables.make_events: nkg
    Acquire: URIRef
    Award: URIRef
    Born: URIRef
    Close: URIRef
    Compete: URIRef
    Die: URIRef
    Disaster: URIRef
    Educate: URIRef
    Elect: URIRef
    Found: URIRef
    Investigate: URIRef
    Join: URIRef
    Launch: URIRef
    Leave: URIRef
    Legal: URIRef
    Marry: URIRef
    Move: URIRef
    Other: URIRef
    Perform: URIRef
    Publish: URIRef
    # -- end of what is made
    # modality and stance
    Asserted: URIRef
    Hypothetical: URIRef
    Modality: URIRef
    Negated: URIRef
    Planned: URIRef
    Reported: URIRef
    Friendly: URIRef
    Hostile: URIRef
    Neutral: URIRef
    Stance: URIRef
    # properties
    accordingTo: URIRef
    addressee: URIRef
    agent: URIRef
    alliedWith: URIRef
    confidence: URIRef
    cue: URIRef
    direct: URIRef
    former: URIRef
    formerName: URIRef
    modality: URIRef
    opposes: URIRef
    page: URIRef
    patient: URIRef
    reason: URIRef
    sha256: URIRef
    speaker: URIRef
    stance: URIRef
    theme: URIRef
    trigger: URIRef


NAMESPACES = MappingProxyType(
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


def expand(curie: str) -> URIRef:
    """Return the IRI of a term written as `prefix:local`, such as `plover:Threaten`.

    Raises:
        GraphError: the prefix or the term is not one of the model's.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in NAMESPACES:
        raise GraphError(f"'{curie}' has no prefix of the graph model; known are {', '.join(NAMESPACES)}")
    space, iri = NAMESPACES[prefix], f"{NAMESPACES[prefix]}{local}"
    if local.startswith("_") or iri not in space:
        raise GraphError(f"'{curie}' is no term of the graph model; add it to the ontology first")
    return URIRef(iri)
