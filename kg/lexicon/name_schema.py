"""The schemas of the files about names: organisations, places, and relations between things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from kg.lexicon import words as w
from kg.lexicon.schema import Strict, Words, WordSet
from kg.lexicon.word_schema import Curie, Phrases, Slots

_BODIES = (
    "schema:Organization schema:Airline nkg:ArmedForces nkg:ArmedGroup schema:CollegeOrUniversity "
    "schema:Corporation nkg:Court schema:EducationalOrganization schema:GovernmentOrganization "
    "schema:Hospital nkg:IntergovernmentalOrganization nkg:Legislature schema:MusicGroup schema:NGO "
    "schema:NewsMediaOrganization schema:PerformingGroup nkg:PoliceForce nkg:PoliticalParty "
    "schema:ResearchOrganization schema:School schema:SportsOrganization schema:SportsTeam "
    "schema:WorkersUnion"
)
BODIES = frozenset(_BODIES.split())
"""The classes that the graph's shapes know for organisations; what has another would break the graph."""
_PLACES = (
    "schema:Place schema:AdministrativeArea schema:Airport schema:BodyOfWater schema:City "
    "schema:CivicStructure schema:Continent schema:Country schema:Landform "
    "schema:LandmarksOrHistoricalBuildings schema:Mountain nkg:Region schema:State"
)
PLACES = frozenset(_PLACES.split())
_PREDICATES = (
    "schema:nationality schema:location org:subOrganizationOf schema:alumniOf schema:spouse schema:parent "
    "schema:children schema:sibling schema:birthPlace schema:foundingLocation nkg:alliedWith nkg:opposes"
)
PREDICATES = frozenset(_PREDICATES.split())


def _one_of(known: frozenset[str], what: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError(
                f"'{value}' is no {what} of the graph model; there are {', '.join(sorted(known))}"
            )
        return value

    return AfterValidator(check)


BodyClass = Annotated[Curie, _one_of(BODIES, "class of organisations")]
PlaceClass = Annotated[Curie, _one_of(PLACES, "class of places")]
Predicate = Annotated[Curie, _one_of(PREDICATES, "relation")]


class HeadGroup(Strict):
    """Words that head names or descriptions of bodies of one class; an empty class tells only the top class."""

    cls: BodyClass | None = Field(alias="class")
    lemmas: Words


class PlaceHeadGroup(Strict):
    """The same of places."""

    cls: PlaceClass | None = Field(alias="class")
    lemmas: Words


class MetonymModel(Strict):
    """One metonym."""

    name: str
    aliases: Phrases = ()
    of: str
    country: str = Field(default="", pattern="^([A-Z]{2})?$")

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.name, *self.aliases)


class OrganizationModel(Strict):
    """One well-known organisation; one without more is its name alone."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    wikidata: str | None = Field(default=None, pattern="^Q[1-9][0-9]*$")
    called: WordSet = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.name, *self.aliases)

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class OrganizationGroup(Strict):
    """Well-known organisations of one class, which are `called` by some nouns."""

    cls: BodyClass = Field(alias="class")
    called: WordSet = frozenset()
    members: list[OrganizationModel]


class OrganizationFile(Strict):
    """`organizations.yaml`."""

    heads: list[HeadGroup]
    suffixes: WordSet
    metonyms: list[MetonymModel]
    groups: list[OrganizationGroup]


class PlaceFile(Strict):
    """`places.yaml`."""

    heads: list[PlaceHeadGroup]
    locatives: WordSet


class KinshipGroup(Strict):
    """Kinship nouns with one meaning."""

    predicate: Predicate
    inverse: Predicate
    lemmas: Words


class RelationCue(Strict):
    """A word whose slots `subject` and `object` stand in the relation `predicate` (slots as in `Frame`)."""

    predicate: Predicate
    pos: w.Part
    lemma: str
    subject: Slots
    object: Slots
    symmetric: bool = False
    example: str = ""


class RelationFile(Strict):
    """`relations.yaml`."""

    kinship: list[KinshipGroup]
    cues: list[RelationCue]

    def build_kinship(self) -> dict[str, w.Kinship]:
        """Return the kinship nouns."""
        return {lemma: w.Kinship(lemma, g.predicate, g.inverse) for g in self.kinship for lemma in g.lemmas}

    def build_cues(self) -> dict[tuple[str, str], tuple[RelationCue, ...]]:
        """Return the cues by (lemma, part of speech)."""
        found: dict[tuple[str, str], list[RelationCue]] = {}
        for cue in self.cues:
            found.setdefault((cue.lemma, cue.pos), []).append(cue)
        return {key: tuple(cues) for key, cues in found.items()}


def heads_of(groups: Sequence[HeadGroup | PlaceHeadGroup]) -> dict[str, str | None]:
    """Return the class of each head word; the first group that names a word decides."""
    found: dict[str, str | None] = {}
    for group in groups:
        for lemma in group.lemmas:
            found.setdefault(lemma, group.cls)
    return found
