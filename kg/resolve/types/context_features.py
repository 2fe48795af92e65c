"""Features of a name's type that stand around it, and nouns that describe it; `data/type_votes.yaml` weighs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from kg.parsed import Token
from kg.resolve.types.name_features import Feature
from kg.resolve.types.name_in_context import NameInContext

Nouns = Callable[[NameInContext], Iterator[Token]]

NOUNS: dict[str, Nouns] = {}
"""What finds nouns that describe the name: they speak for what they are words for."""

SUBJECTS = ("nsubj", "nsubjpass")


def _nouns(find: Nouns) -> Nouns:
    NOUNS[find.__name__.removeprefix("_")] = find
    return find


def _either(
    find: Callable[[NameInContext], Token | None],
    test: Callable[[NameInContext, Token], bool],
    name: str,
    other: str,
) -> None:
    """Give a noun that is found beside the name one name if it passes a test, and another if it does not."""

    def nouns(one: NameInContext, wanted: bool) -> Iterator[Token]:
        noun = find(one)
        if noun is not None and test(one, noun) is wanted:
            yield noun

    NOUNS[name], NOUNS[other] = partial(nouns, wanted=True), partial(nouns, wanted=False)


# -- nouns that describe it


def _top(one: NameInContext) -> Token:
    """Return the first of the names that "and" joins to this one, which hangs as all of them do."""
    return one.parsed.top(one.head, "conj")


def _described(one: NameInContext) -> Token | None:
    """Return the noun that the name is in apposition to."""
    top = _top(one)
    noun = one.parsed.tokens[top.head]
    return noun if top.dep == "appos" and noun.pos == "NOUN" else None


def _stands_close(one: NameInContext, noun: Token) -> bool:
    return noun.i + 1 == _top(one).left and noun.text.islower()


@_nouns
def _noun_in_apposition(one: NameInContext) -> Iterator[Token]:
    yield from one.parsed.dependents(one.head, "appos")


_either(_described, _stands_close, "noun_close_before", "noun_before_a_comma")


@_nouns
def _noun_that_it_exemplifies(one: NameInContext) -> Iterator[Token]:
    top = _top(one)
    word = one.parsed.tokens[top.head]
    if top.dep == "pobj" and word.text.lower() in ("as", "including", "like"):
        whole = one.parsed.tokens[word.head]
        if whole.tag == "NNS":
            yield whole


def _noun_beside(one: NameInContext) -> Token | None:
    """Return the noun in small letters that stands before the name and belongs to it."""
    before = one.parsed.tokens[one.name.first - 1] if one.name.first > 0 else one.head
    return before if before.pos == "NOUN" and before.text.islower() and before.head == one.head.i else None


def _tells_body_or_place(one: NameInContext, noun: Token) -> bool:
    lemma = noun.lemma.lower()
    return lemma in one.tables.organization_words or lemma in one.tables.place_words


_either(_noun_beside, _tells_body_or_place, "telling_noun_beside", "other_noun_beside")


@_nouns
def _noun_of_it(one: NameInContext) -> Iterator[Token]:
    office = _what_it_is_of(one)
    if office is None or office.lemma.lower() in one.tables.title_heads:
        return
    if office.pos == "NOUN" and one.parsed.tokens[one.name.first - 1].text == "of":
        yield office


@_nouns
def _noun_that_it_is(one: NameInContext) -> Iterator[Token]:
    if one.head.dep in SUBJECTS and one.governor.lemma == "be":
        yield from one.parsed.dependents(one.governor, "attr")


def telling_nouns(one: NameInContext) -> Iterator[Token]:
    """Yield the nouns that say outright what the name is: "Norwind, an airline", "the airline Norwind"."""
    for child in one.parsed.dependents(one.head, "appos"):
        if any(c.text.lower() in ("a", "an") for c in one.parsed.dependents(child, "det")):
            yield child
    noun = _described(one)
    if noun is not None:  # "The airline, Norwind, said"
        if _stands_close(one, noun) or (one.after is not None and one.after.text == ","):
            yield noun
    beside = _noun_beside(one)
    if beside is not None:
        yield beside


# -- nouns of works, goods and beasts


def _is_work(one: NameInContext, noun: Token) -> bool:
    return noun.lemma.lower() in one.tables.constructions.works and noun.text.islower()


def _named_as_a_work(one: NameInContext) -> bool:
    """ "The film X", "the novels X and Y": the noun for the work stands just before the first of its names."""
    top = _top(one)
    start = one.name.first if top.i == one.head.i else top.left
    while start > 0 and one.parsed.tokens[start - 1].text in ('"', "“", "‘", "'", "the", "The"):
        start -= 1
    noun = one.parsed.tokens[start - 1] if start > 0 else one.head
    if noun.sent != one.head.sent or not _is_work(one, noun):
        return False
    return noun.head in (top.i, top.head) or top.head == noun.i


def _explained_as_a_work(one: NameInContext) -> bool:
    """ "X, a novel by Y", "X is a film"."""
    nouns = [c for c in one.parsed.dependents(one.head, "appos") if c.i > one.head.i]
    if one.head.dep in SUBJECTS and one.governor.lemma == "be":
        nouns += one.parsed.dependents(one.governor, "attr")
    return any(_is_work(one, noun) for noun in nouns)


def _titled(one: NameInContext) -> bool:
    """ "A film titled X", "the ship called X", "an article entitled X"."""
    verb = one.governor if one.governor.pos == "VERB" else one.parsed.tokens[one.governor.head]
    if verb.tag != "VBN" or one.head.dep not in ("oprd", "dobj", "pobj", "attr", "npadvmod"):
        return False
    if verb.lemma in ("title", "entitle"):
        return True
    work = one.parsed.tokens[verb.head]
    return verb.dep == "acl" and verb.lemma in ("call", "name", "dub") and _is_work(one, work)


# -- what it hangs on


def _what_it_is_of(one: NameInContext) -> Token | None:
    """Return what stands before "of" and the name."""
    if one.head.dep != "pobj" or one.governor.lemma != "of":
        return None
    return one.parsed.tokens[one.governor.head]


def _is_of_an_office(one: NameInContext) -> bool:
    office = _what_it_is_of(one)
    return office is not None and office.lemma.lower() in one.tables.title_heads


def _owns_what_bodies_own(one: NameInContext) -> bool:
    owned = one.tables.constructions.owned_by_bodies
    return one.head.dep == "poss" and one.governor.lemma.lower() in owned


def _office_of_no_person(one: NameInContext) -> bool:
    office = _what_it_is_of(one)
    if office is None or one.name.label != "PERSON" or not _is_of_an_office(one):
        return False
    words = one.parsed.text(office.i - 1, office.i + 1).lower()
    return words in one.tables.constructions.offices_of_two_words


def _somebody_at_it(one: NameInContext) -> bool:
    if one.head.dep != "pobj" or one.governor.lemma != "at":
        return False
    return one.tables.is_person_word(one.parsed.tokens[one.governor.head].lemma.lower())


def _of_it_what_bodies_own(one: NameInContext) -> bool:
    if one.head.dep != "pobj" or one.governor.lemma not in ("of", "in"):
        return False
    owned = one.tables.constructions.owned_by_bodies
    return one.parsed.tokens[one.governor.head].lemma.lower() in owned


def _verb_over_it(one: NameInContext) -> str | None:
    """Return the verb whose object the name is, or is in apposition to ("bought its rival Norwind")."""
    outer = one.governor if one.head.dep == "appos" else one.head
    return one.parsed.tokens[outer.head].lemma if outer.dep == "dobj" else None


def _object_of_founding(one: NameInContext) -> bool:
    return _verb_over_it(one) in one.tables.constructions.done_to_bodies


def _subject_as_only_bodies(one: NameInContext) -> bool:
    sets = one.tables.constructions
    if one.head.dep == "nsubj":
        return one.governor.lemma in sets.done_by_bodies
    return one.head.dep == "nsubjpass" and one.governor.lemma in sets.done_to_bodies


def _speaks(one: NameInContext) -> bool:
    verb = one.governor.lemma
    return one.head.dep in SUBJECTS and verb != "be" and verb in one.lexicon.cues.verbs


def _speaker_of_a_body(one: NameInContext) -> bool:
    if not _speaks(one):
        return False
    owners = [one.parsed.named_at(t.i) for t in one.parsed.dependents(one.head, "poss")[:1]]
    return any(n is not None and n.label in ("ORG", "PERSON") for n in owners)


# -- what stands behind it


def _noun_behind(one: NameInContext) -> Token | None:
    after = one.after
    return after if after is not None and after.pos == "NOUN" and after.text.islower() else None


def _before_a_body_word(one: NameInContext) -> bool:
    noun = _noun_behind(one)
    return noun is not None and noun.lemma in one.tables.organization_words and one.head.head == noun.i


def _before_a_place_word(one: NameInContext) -> bool:
    noun = _noun_behind(one)
    if noun is None or _before_a_body_word(one):
        return False
    return noun.lemma in one.tables.place_words and one.head.head == noun.i


def _before_a_named_thing(one: NameInContext) -> bool:
    noun = _noun_behind(one)
    if noun is None or _before_a_body_word(one) or _before_a_place_word(one):
        return False
    a_known_name = one.name.place is not None or one.name.label == "institution"
    return (
        noun.lemma in one.tables.constructions.named_things
        and noun.tag == "NN"
        and not a_known_name
        and one.before == "the"
    )


FEATURES: Mapping[str, Feature] = {
    "named_as_a_work": _named_as_a_work,
    "explained_as_a_work": _explained_as_a_work,
    "titled": _titled,
    "owns_what_bodies_own": _owns_what_bodies_own,
    "office_of_a_body": lambda one: one.name.label == "ORG" and _is_of_an_office(one),
    "office_of_no_person": _office_of_no_person,
    "somebody_at_it": _somebody_at_it,
    "of_it_what_bodies_own": _of_it_what_bodies_own,
    "taken_up_by_which": lambda one: any(
        c.dep in SUBJECTS and c.text.lower() == "which"
        for clause in one.parsed.dependents(one.head, "relcl")
        for c in one.parsed.dependents(clause)
    ),
    "object_of_founding": _object_of_founding,
    "object_of_buying": lambda one: (
        not _object_of_founding(one) and _verb_over_it(one) in ("buy", "purchase")
    ),
    "subject_as_only_bodies": _subject_as_only_bodies,
    "speaker_of_a_body": _speaker_of_a_body,
    "speaker": lambda one: _speaks(one) and not _speaker_of_a_body(one),
    "before_a_body_word": _before_a_body_word,
    "before_a_place_word": _before_a_place_word,
    "before_a_named_thing": _before_a_named_thing,
}
"""What speaks for one type, by the name that the table calls it by."""
