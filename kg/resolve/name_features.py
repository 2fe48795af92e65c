"""Features of a name's type that the name itself tells; `data/type_votes.yaml` says what each speaks for, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.resolve.name_in_context import NameInContext
from kg.resolve.stock_indices import is_ticker

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


FEATURES: dict[str, Feature] = {}
"""By the name that the table calls them by."""


def _feature(test: Feature) -> Feature:
    FEATURES[test.__name__.removeprefix("_")] = test
    return test


def _labelled(label: str) -> Feature:
    return lambda one: one.name.label == label


FEATURES.update({f"labelled_{label.lower()}": _labelled(label) for label in LABELS})


@_feature
def _labelled_otherwise(one: NameInContext) -> bool:
    return bool(one.name.label) and one.name.label not in LABELS


@_feature
def _ends_as_a_thing(one: NameInContext) -> bool:
    things = one.tables.constructions.thing_endings
    return len(one.words) > 2 and any(" ".join(one.words[-n:]).lower() in things for n in (2, 3))


@_feature
def _headed_by_a_thing(one: NameInContext) -> bool:
    """Whether the word that heads the name is for a law, a prize, a contest: "Fair Wages Act", "Order of Merit"."""
    person = one.name.label == "PERSON" and one.words[0] in one.world.given_names
    if len(one.words) == 1 or (person and len(one.words) == 2):  # "Dorothy Day"
        return False
    return head_of(one.lowered) in one.tables.constructions.heads_of_no_actor


@_feature
def _is_a_ship(one: NameInContext) -> bool:
    """Whether the letters that ships bear open the name or stand before it: "HMS Arken", "MV Arken"."""
    prefixes = one.tables.constructions.ship_prefixes
    return one.lowered[0] in prefixes and one.words[0].isupper()


@_feature
def _titled_as_a_person(one: NameInContext) -> bool:
    return one.name.title is not None and not _titled_as_a_body_may_be(one)


@_feature
def _titled_as_a_body_may_be(one: NameInContext) -> bool:
    if one.name.title is None or one.words[0] in one.world.given_names:
        return False
    office = one.parsed.tokens[one.name.title[1] - 1].lemma.lower()
    return office in one.tables.organization_words or office in one.tables.constructions.bodies_too


@_feature
def _is_a_ticker(one: NameInContext) -> bool:
    return is_ticker(one.parsed, one.name.first, one.name.last)


@_feature
def _is_a_domain(one: NameInContext) -> bool:
    return DOMAIN.search(one.name.text) is not None


@_feature
def _body_word_at_an_edge(one: NameInContext) -> bool:
    return len(one.words) > 1 and one.body_word in (one.lowered[-1], one.lowered[0])


@_feature
def _body_word_inside(one: NameInContext) -> bool:
    return one.body_word is not None and one.body_word not in (one.lowered[-1], one.lowered[0])


@_feature
def _is_a_body_word(one: NameInContext) -> bool:
    return one.body_word is not None and len(one.words) == 1


@_feature
def _place_word_in_it(one: NameInContext) -> bool:
    return one.has_place_word and len(one.words) > 1


@_feature
def _has_a_legal_form(one: NameInContext) -> bool:
    suffixes = one.tables.organization_suffixes
    return one.name.text in suffixes or one.lowered[-1] in suffixes


@_feature
def _is_short_in_capitals(one: NameInContext) -> bool:
    return len(one.words) == 1 and one.name.text.isupper() and 2 <= len(one.name.text) <= 6


@_feature
def _joined_or_coded(one: NameInContext) -> bool:
    return "&" in one.words[1:-1] or (len(one.words) == 1 and CODE.search(one.name.text) is not None)


@_feature
def _names_a_party(one: NameInContext) -> bool:
    shared = one.tables.constructions.bodies_of_lands
    return one.name.label == "NORP" and one.name.text in shared


@_feature
def _is_a_mere_adjective(one: NameInContext) -> bool:
    return one.name.label == "NORP" and one.head.tag == "JJ" and one.name.place is None


@_feature
def _is_a_follower(one: NameInContext) -> bool:
    return len(one.words) == 1 and FOLLOWER.search(one.name.text) is not None


@_feature
def _ends_in_a_year(one: NameInContext) -> bool:
    return len(one.words) > 1 and YEAR.search(one.words[-1]) is not None


@_feature
def _is_a_model(one: NameInContext) -> bool:
    return len(one.words) == 1 and MODEL.search(one.name.text) is not None


def _opens_given(one: NameInContext) -> bool:
    return one.words[0] in one.world.given_names


def _tells_no_body_or_place(one: NameInContext) -> bool:
    return one.body_word is None and not one.has_place_word


@_feature
def _opens_with_a_given_name(one: NameInContext) -> bool:
    return _opens_given(one) and len(one.words) > 1 and _tells_no_body_or_place(one)


@_feature
def _surname_like_a_place(one: NameInContext) -> bool:
    return (
        _opens_given(one)
        and len(one.words) == 2
        and one.name.label == "PERSON"
        and not _tells_no_body_or_place(one)
        and one.lowered[1] in one.tables.constructions.surnames_too
    )


@_feature
def _is_a_given_name(one: NameInContext) -> bool:
    return len(one.words) == 1 and _opens_given(one)


@_feature
def _place_that_none_shares(one: NameInContext) -> bool:
    place = one.name.place
    return place is not None and place.kind in ("country", "state", "region", "sea", "historic")


def _is_town(one: NameInContext) -> bool:
    return one.name.place is not None and not _place_that_none_shares(one)


@_feature
def _small_town(one: NameInContext) -> bool:
    return _is_town(one) and one.name.place is not None and one.name.place.population < LARGE


@_feature
def _town_but_labelled_otherwise(one: NameInContext) -> bool:
    return _is_town(one) and not _small_town(one) and one.name.label in ("PERSON", "ORG")


@_feature
def _large_town(one: NameInContext) -> bool:
    return _is_town(one) and not _small_town(one) and one.name.label not in ("PERSON", "ORG")


@_feature
def _written_out_in_brackets(one: NameInContext) -> bool:
    tokens, first = one.parsed.tokens, one.name.first
    opening = first - 2 if tokens[first - 1].text in one.world.gazetteer.adjectives else first - 1
    return (
        opening > 0
        and tokens[opening].text == "("
        and tokens[opening - 1].text.isupper()
        and len(one.words) > 1
    )


@_feature
def _behind_its_town(one: NameInContext) -> bool:
    if one.before != "," or one.name.first <= 2 or len(one.words) > 2:
        return False
    town, lead = one.parsed.tokens[one.name.first - 2], one.parsed.tokens[one.name.first - 3]
    return town.text in one.world.gazetteer.names and lead.dep == "prep" and town.head == lead.i


@_feature
def _credited_behind_an_agency(one: NameInContext) -> bool:
    if one.before != "/" or one.name.first < 2 or len(one.words) == 1:
        return False
    agency, known = one.parsed.tokens[one.name.first - 2].text, one.tables.institutions
    return agency in known or agency.title() in known


@_feature
def _behind_a_locative(one: NameInContext) -> bool:
    return one.before in ("in", "near", "at")


@_feature
def _behind_a_form_of_address(one: NameInContext) -> bool:
    return one.before in ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.")
