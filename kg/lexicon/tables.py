"""The lexicon as flat look-up tables, made once at load: what the stages ask of a single lower-case lemma."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.lexicon.constructions import Constructions
from kg.lexicon.lexicon import Cues, Organizations, People, Places, SpellingVariants, Titles


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
    group_nouns: frozenset[str]
    organization_words: Mapping[str, str | None]
    organization_suffixes: frozenset[str]
    place_words: Mapping[str, str | None]
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
class WordParts:
    """The parts of a lexicon that tell what single words are."""

    cues: Cues
    titles: Titles
    people: People
    organizations: Organizations
    places: Places


def make_tables(lists: WordParts, constructions: Constructions, spelling: SpellingVariants) -> Tables:
    """Flatten a lexicon; a word of kinship is no title ("her father"), and every spelling counts."""
    titles, people, organizations = lists.titles, lists.people, lists.organizations

    def spelt(words: Iterable[str]) -> frozenset[str]:
        return frozenset(v for word in words for v in spelling.variants(word))

    known = spelt(t for t in titles.titles if t not in people.kinship)
    institutions: dict[str, tuple[str, str]] = {}
    namesakes: dict[str, list[str]] = {}
    for metonym in organizations.metonyms:
        for name in metonym.names:
            institutions[name] = (metonym.names[0], "schema:GovernmentOrganization")
    for organization in reversed(organizations.known):
        for name in organization.names:
            institutions[name] = (organization.names[0], organization.cls)
            namesakes.setdefault(name, []).append(organization.names[0])
            if name.startswith("US "):  # however it is pointed
                institutions.setdefault("U.S. " + name[3:], institutions[name])
    for metonym in organizations.metonyms:  # "State Department" is the Department of State, if that is known
        if metonym.stands_for in institutions:
            for name in metonym.names:
                institutions[name] = institutions[metonym.stands_for]
    return Tables(
        titles=known,
        title_heads=(spelt(titles.heads) | frozenset(t for t in known if " " not in t)) - people.kinship,
        former=titles.former,
        honorifics=MappingProxyType({w.lower().rstrip("."): g or "" for w, g in people.honorifics.items()}),
        person_nouns=MappingProxyType(
            {v: noun.gender or "" for lemma, noun in people.nouns.items() for v in spelling.variants(lemma)}
        ),
        group_nouns=spelt(people.groups) | people.collectives | people.service_heads,
        organization_words=organizations.heads,
        organization_suffixes=frozenset(s.lower().rstrip(".") for s in organizations.suffixes),
        place_words=lists.places.heads,
        institutions=MappingProxyType(institutions),
        namesakes=MappingProxyType({n: frozenset(of) for n, of in namesakes.items() if len(of) > 1}),
        lands=MappingProxyType({o.names[0]: o.country for o in organizations.known if o.country}),
        callings=MappingProxyType({o.names[0]: o.called for o in organizations.known if o.called}),
        speech_nouns=frozenset(lists.cues.nouns),
        constructions=constructions,
    )
