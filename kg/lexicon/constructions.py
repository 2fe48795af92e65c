"""Closed classes and small sets of words with a common behaviour, from `constructions.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kg.lexicon.schema import Strict, WordSet

Effect = Literal["Hypothetical", "Planned", "Negated", "Reported"]


def _of_each(said: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return what is said of each word; an entry may say it of several at once."""
    found: dict[str, frozenset[str]] = {}
    for several, words in said.items():
        for word in several.split():
            found[word] = found.get(word, frozenset()) | words
    return found


class Office(Strict):
    """Titles held in a body that is called by one of some words."""

    titles: WordSet
    words: WordSet


class Constructions(Strict):
    """The sets of `constructions.yaml`, each explained there; all words are lower-case lemmas."""

    generic_organizations: WordSet
    never_in_names: WordSet
    sufferers: WordSet
    onlooking_verbs: WordSet
    scope_verbs: WordSet
    holding_verbs: WordSet
    of_members: WordSet
    journeys: Mapping[str, WordSet]
    done_to_owner: WordSet
    bodies: WordSet
    governments: WordSet
    state_people: WordSet
    bodies_of_places: WordSet
    place_openers: WordSet
    quantities: WordSet
    measures: WordSet
    indefinite_people: WordSet
    never_names: WordSet
    named_things: WordSet
    thing_endings: WordSet
    heads_of_no_actor: WordSet
    contests: WordSet
    works: WordSet
    sites_with_names: WordSet
    parts_of_towns: WordSet
    heads_before: Mapping[str, WordSet]
    no_nations: Mapping[str, WordSet]
    no_nation_nouns: WordSet
    ship_prefixes: WordSet
    names_with_titles: WordSet
    island_countries: tuple[str, ...]
    governing_all: WordSet
    suspects: WordSet
    done_to_suspects: WordSet
    short_for_parties: WordSet
    telling: WordSet
    naming: WordSet
    happening: WordSet
    of_minds: WordSet
    constituency_titles: WordSet
    voices: WordSet
    generic_if_none: WordSet
    sorts_behind: WordSet
    sorts_at_the_end: WordSet
    loose_sorts: WordSet
    broad_sorts: WordSet
    umpires: WordSet
    sorts_by_last_word: Mapping[str, str]
    trades: tuple[WordSet, ...]
    share_indices: WordSet
    indices_of_bodies: WordSet
    index_words: WordSet
    several_bodies: WordSet
    legal_forms: WordSet
    bodies_too: WordSet
    parts_of_bodies: WordSet
    owned_by_bodies: WordSet
    had_by_bodies: WordSet
    people_endings: WordSet
    national_titles: WordSet
    regional_titles: WordSet
    offices_of_parts: Mapping[str, Literal["state", "county", "city"]]
    lands_of_premiers: WordSet
    lands_without_ministers: WordSet
    national_offices: WordSet
    counterparts: WordSet
    party_words: WordSet
    office_ranks: WordSet
    makers: WordSet
    contenders: WordSet
    addresses: WordSet
    lawmakers: WordSet
    private_people: WordSet
    left_out_of_titles: WordSet
    ordinals: WordSet
    inaugurations: WordSet
    tenures: WordSet
    holdings: WordSet
    offices_of_one_body: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    praise: WordSet
    stances: WordSet
    role_entries: WordSet
    employers: WordSet
    titles_without_bodies: WordSet
    seconds: WordSet
    lesser_ranks: WordSet
    of_the_past: WordSet
    watching_titles: WordSet
    adjectival_countries: WordSet
    offices_of_one_country: Mapping[str, str] = Field(default_factory=dict)
    bodies_of_offices: Mapping[str, str] = Field(default_factory=dict)
    bodies_of_lands: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    role_verbs: Mapping[str, Literal["appoint", "leave", "dismiss", "serve", "become"]]
    noun_object_effects: Mapping[str, Effect]
    state_offices: WordSet
    called_too: tuple[WordSet, ...]
    of_an_age: WordSet
    holding: Mapping[str, str]
    behind_names: WordSet
    done_to_bodies: WordSet
    done_by_bodies: WordSet
    acts_of_bodies: WordSet
    of_languages: WordSet
    between_names: WordSet
    speaking_sources: WordSet
    informing: WordSet
    cited_works: WordSet
    interviewers: WordSet
    interviewees: WordSet
    breaking_off: WordSet
    body_officers: WordSet
    short_ranks: WordSet
    surnames_too: WordSet
    within_towns: WordSet
    joining: WordSet
    relational_people: WordSet
    no_fields: WordSet
    offices_of_two_words: WordSet
    bodies_of_fields: WordSet
    places_too: WordSet
    several_countries: WordSet
    levels: WordSet
    sorts_in_one_word: WordSet
    sited: WordSet
    small_heads: WordSet
    led_by_persons: WordSet
    bodies_within: WordSet
    picture_agencies: WordSet
    sorts_beside: Annotated[Mapping[str, WordSet], AfterValidator(_of_each)]
    sorts_unless: Mapping[str, WordSet]
    ways: WordSet
    bound: WordSet
    scheduling: WordSet
    of_what_is_made: WordSet
    role_hopes: WordSet
    role_plans: WordSet
    role_claims: WordSet
    role_seeking: WordSet
    role_outcomes: WordSet
    role_telling: WordSet
    plural_ranks: Mapping[str, str]
    role_changes: WordSet
    done_to_towns: WordSet
    offices_of_bodies: tuple[Office, ...]
