"""The lexicon as flat look-up tables, made once at load: what the stages ask of a single lower-case lemma."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.lexicon.constructions import Constructions
from kg.lexicon.lexicon import SpellingVariants
from kg.lexicon.name_schema import OrganizationFile, PlaceFile, heads_of
from kg.lexicon.word_schema import HonorificFile, PersonFile, TitleFile


@dataclass(frozen=True, slots=True)
class Tables:
    """Look-ups by lower-case lemma, but `institutions`, which are looked up as written.

    `person_nouns` maps to `m`, `f` or an empty string; `organization_words` and `place_words` to a class or
    None; `institutions` maps each name of a well-known organisation to its full name and class,
    `lands` the full names to the code of the country that they are of, `callings` to the nouns they are called by.
    """

    titles: frozenset[str]
    title_heads: frozenset[str]
    former: frozenset[str]
    honorifics: Mapping[str, str]
    person_nouns: Mapping[str, str]
    kinship: frozenset[str]
    collectives: frozenset[str]
    group_nouns: frozenset[str]
    organization_words: Mapping[str, str | None]
    organization_suffixes: frozenset[str]
    place_words: Mapping[str, str | None]
    locatives: frozenset[str]
    institutions: Mapping[str, tuple[str, str]]
    namesakes: Mapping[str, frozenset[str]]
    lands: Mapping[str, str]
    callings: Mapping[str, frozenset[str]]
    speech_nouns: frozenset[str]
    constructions: Constructions
    first_words: frozenset[str] = field(init=False, repr=False, compare=False)
    """What `institutions` begin with, up to the first space, in small letters."""

    def __post_init__(self) -> None:
        opening = frozenset(name.partition(" ")[0].lower() for name in self.institutions)
        object.__setattr__(self, "first_words", opening)

    def is_person_word(self, lemma: str) -> bool:
        """Whether a noun of this lemma is for a person: a kind of person, or who holds a position."""
        return lemma in self.person_nouns or lemma in self.title_heads

    def calls_person(self, lemma: str) -> bool:
        """Whether a person may be called by this lemma: a noun for a person, or a whole title."""
        return self.is_person_word(lemma) or lemma in self.titles


@dataclass(frozen=True, slots=True)
class WordFiles:
    """The files of a lexicon that tell what single words and names are."""

    titles: TitleFile
    people: PersonFile
    honorifics: HonorificFile
    organizations: OrganizationFile
    places: PlaceFile


def make_tables(
    files: WordFiles, constructions: Constructions, spelling: SpellingVariants, speech_nouns: Iterable[str]
) -> Tables:
    """Flatten a lexicon; a word of kinship is no title ("her father"), and every spelling counts."""
    people, organizations = files.people, files.organizations

    def spelt(words: Iterable[str]) -> frozenset[str]:
        return frozenset(v for word in words for v in spelling.variants(word))

    known = spelt(t for titles in files.titles.titles for t in titles if t not in people.kinship)
    bodies = [(group, one) for group in organizations.groups for one in group.members]
    institutions: dict[str, tuple[str, str]] = {}
    namesakes: dict[str, list[str]] = {}
    for metonym in organizations.metonyms:
        for name in metonym.names:
            institutions[name] = (metonym.name, "schema:GovernmentOrganization")
    for group, body in reversed(bodies):
        for name in body.names:
            institutions[name] = (body.name, group.cls)
            namesakes.setdefault(name, []).append(body.name)
            if name.startswith("US "):  # however it is pointed
                institutions.setdefault("U.S. " + name[3:], institutions[name])
    for metonym in organizations.metonyms:  # "State Department" is the Department of State, if that is known
        if metonym.of in institutions:
            for name in metonym.names:
                institutions[name] = institutions[metonym.of]
    heads = spelt(files.titles.heads) | frozenset(t for t in known if " " not in t)
    genders = people.genders().items()
    groups = spelt(lemma for lemmas in people.groups.values() for lemma in lemmas)
    return Tables(
        titles=known,
        title_heads=heads - people.kinship,
        former=files.titles.modifiers.former,
        honorifics=MappingProxyType(
            {word.lower().rstrip("."): gender for word, gender in files.honorifics.genders().items()}
        ),
        person_nouns=MappingProxyType(
            {v: gender for lemma, gender in genders for v in spelling.variants(lemma)}
        ),
        kinship=people.kinship,
        collectives=people.collectives,
        group_nouns=groups | people.collectives | people.service_heads,
        organization_words=MappingProxyType(heads_of(organizations.heads)),
        organization_suffixes=frozenset(s.lower().rstrip(".") for s in organizations.suffixes),
        place_words=MappingProxyType(heads_of(files.places.heads)),
        locatives=files.places.locatives,
        institutions=MappingProxyType(institutions),
        namesakes=MappingProxyType({n: frozenset(of) for n, of in namesakes.items() if len(of) > 1}),
        lands=MappingProxyType({body.name: body.country for _, body in bodies if body.country}),
        callings=MappingProxyType(
            {body.name: called for group, body in bodies if (called := group.called | body.called)}
        ),
        speech_nouns=frozenset(speech_nouns),
        constructions=constructions,
    )
