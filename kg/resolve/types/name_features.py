"""Features of a name's type that the name itself tells; `data/type_votes.yaml` says what each speaks for, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from kg.resolve.stock_indices import is_ticker
from kg.resolve.types.name_in_context import NameInContext

Feature = Callable[[NameInContext], bool]

DOMAIN = re.compile(r"^\w[\w-]*\.(?:com|org|net|info|tv|co|eu|[a-z]{2})$", re.I)
FOLLOWER = re.compile(r"[a-z]{3}ists?$")
YEAR = re.compile(r"^(?:19|20)\d\d$")
CODE = re.compile(r"^[A-Z]{3,}\d{1,2}$")
MODEL = re.compile(r"^[A-Z]{1,3}-?[1-9]\d{1,3}[A-Za-z]{0,2}$")

BEHIND_HEADS = ("of", "for", "on", "in", "to", "against", "from", "with")

LABELS = ("NORP", "PRODUCT", "PERSON", "ORG", "GPE", "LOC", "FAC")
LARGE = 200_000
"""People in a city that is known by its name alone."""


def head_of(words: Sequence[str]) -> str:
    """Return the word that heads a name in small letters: its last, or the one before a preposition ("order" of "order
    of merit").
    """
    return words[next((i for i, word in enumerate(words) if i and word in BEHIND_HEADS), len(words)) - 1]


def _labelled(label: str) -> Feature:
    return lambda one: one.name.label == label


def _ends_as_a_thing(one: NameInContext) -> bool:
    things = one.tables.constructions.thing_endings
    return len(one.words) > 2 and any(" ".join(one.words[-n:]).lower() in things for n in (2, 3))


def _headed_by_a_thing(one: NameInContext) -> bool:
    """Whether the word that heads the name is for a law, a prize, a contest: "Fair Wages Act", "Order of Merit"."""
    person = one.name.label == "PERSON" and one.words[0] in one.world.given_names
    person = person and len(one.words) == 2 and one.before != "the" and one.head.tag != "NNPS"
    if len(one.words) == 1 or person:  # "Dorothy Day", but "the Abraham Accords"
        return False
    return head_of(one.lowered) in one.tables.constructions.heads_of_no_actor


def _is_a_ship(one: NameInContext) -> bool:
    """Whether the letters that ships bear open the name or stand before it: "HMS Arken", "MV Arken"."""
    prefixes = one.tables.constructions.ship_prefixes
    return one.lowered[0] in prefixes and one.words[0].isupper()


def _titled_as_a_body_may_be(one: NameInContext) -> bool:
    if one.name.title is None or one.words[0] in one.world.given_names:
        return False
    office = one.parsed.tokens[one.name.title[1] - 1].lemma.lower()
    return office in one.tables.organization_words or office in one.tables.constructions.bodies_too


def _has_a_legal_form(one: NameInContext) -> bool:
    suffixes = one.tables.organization_suffixes
    return one.name.text in suffixes or one.lowered[-1] in suffixes


def _names_a_party(one: NameInContext) -> bool:
    shared = one.tables.constructions.bodies_of_lands
    return one.name.label == "NORP" and one.name.text in shared


def _opens_given(one: NameInContext) -> bool:
    return one.words[0] in one.world.given_names


def _tells_no_body_or_place(one: NameInContext) -> bool:
    return one.body_word is None and not one.has_place_word


def _place_that_none_shares(one: NameInContext) -> bool:
    place = one.name.place
    return place is not None and place.kind in ("country", "state", "region", "sea", "historic")


def _is_town(one: NameInContext) -> bool:
    return one.name.place is not None and not _place_that_none_shares(one)


def _small_town(one: NameInContext) -> bool:
    return _is_town(one) and one.name.place is not None and one.name.place.population < LARGE


def _written_out_in_brackets(one: NameInContext) -> bool:
    tokens, first = one.parsed.tokens, one.name.first
    opening = first - 2 if tokens[first - 1].text in one.world.gazetteer.adjectives else first - 1
    return (
        opening > 0
        and tokens[opening].text == "("
        and tokens[opening - 1].text.isupper()
        and len(one.words) > 1
    )


def _behind_its_town(one: NameInContext) -> bool:
    if one.before != "," or one.name.first <= 2 or len(one.words) > 2:
        return False
    town, lead = one.parsed.tokens[one.name.first - 2], one.parsed.tokens[one.name.first - 3]
    return town.text in one.world.gazetteer.names and lead.dep == "prep" and town.head == lead.i


def _credited_behind_an_agency(one: NameInContext) -> bool:
    if one.before != "/" or one.name.first < 2 or len(one.words) == 1:
        return False
    agency, known = one.parsed.tokens[one.name.first - 2].text, one.tables.institutions
    return agency in known or agency.title() in known


FEATURES: Mapping[str, Feature] = {
    **{f"labelled_{label.lower()}": _labelled(label) for label in LABELS},
    "labelled_otherwise": lambda one: bool(one.name.label) and one.name.label not in LABELS,
    "ends_as_a_thing": _ends_as_a_thing,
    "headed_by_a_thing": _headed_by_a_thing,
    "is_a_ship": _is_a_ship,
    "titled_as_a_person": lambda one: one.name.title is not None and not _titled_as_a_body_may_be(one),
    "titled_as_a_body_may_be": _titled_as_a_body_may_be,
    "is_a_ticker": lambda one: is_ticker(one.parsed, one.name.first, one.name.last),
    "is_a_domain": lambda one: DOMAIN.search(one.name.text) is not None,
    "body_word_at_an_edge": lambda one: (
        len(one.words) > 1 and one.body_word in (one.lowered[-1], one.lowered[0])
    ),
    "body_word_inside": lambda one: (
        one.body_word is not None and one.body_word not in (one.lowered[-1], one.lowered[0])
    ),
    "is_a_body_word": lambda one: one.body_word is not None and len(one.words) == 1,
    "place_word_in_it": lambda one: one.has_place_word and len(one.words) > 1,
    "has_a_legal_form": _has_a_legal_form,
    "is_short_in_capitals": lambda one: (
        len(one.words) == 1 and one.name.text.isupper() and 2 <= len(one.name.text) <= 6
    ),
    "joined_or_coded": lambda one: (
        "&" in one.words[1:-1] or (len(one.words) == 1 and CODE.search(one.name.text) is not None)
    ),
    "names_a_party": _names_a_party,
    "is_a_mere_adjective": lambda one: (
        one.name.label == "NORP" and one.head.tag == "JJ" and one.name.place is None
    ),
    "is_a_follower": lambda one: len(one.words) == 1 and FOLLOWER.search(one.name.text) is not None,
    "ends_in_a_year": lambda one: len(one.words) > 1 and YEAR.search(one.words[-1]) is not None,
    "is_a_model": lambda one: len(one.words) == 1 and MODEL.search(one.name.text) is not None,
    "opens_with_a_given_name": lambda one: (
        _opens_given(one) and len(one.words) > 1 and _tells_no_body_or_place(one)
    ),
    "surname_like_a_place": lambda one: (
        _opens_given(one)
        and len(one.words) == 2
        and one.name.label == "PERSON"
        and not _tells_no_body_or_place(one)
        and one.lowered[1] in one.tables.constructions.surnames_too
    ),
    "is_a_given_name": lambda one: len(one.words) == 1 and _opens_given(one),
    "place_that_none_shares": _place_that_none_shares,
    "small_town": _small_town,
    "town_but_labelled_otherwise": lambda one: (
        _is_town(one) and not _small_town(one) and one.name.label in ("PERSON", "ORG")
    ),
    "large_town": lambda one: (
        _is_town(one) and not _small_town(one) and one.name.label not in ("PERSON", "ORG")
    ),
    "written_out_in_brackets": _written_out_in_brackets,
    "behind_its_town": _behind_its_town,
    "credited_behind_an_agency": _credited_behind_an_agency,
    "behind_a_locative": lambda one: one.before in ("in", "near", "at"),
    "behind_a_form_of_address": lambda one: (
        one.before in ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.")
    ),
}
"""By the name that the table calls them by."""
