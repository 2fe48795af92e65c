"""What speaks for each type of a name: its label, its words, and what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token
from kg.resolve.shares import is_ticker
from kg.world import Place, World

DOMAIN = re.compile(r"^\w[\w-]*\.(?:com|org|net|info|tv|co|eu|[a-z]{2})$", re.I)

FOLLOWER = re.compile(r"[a-z]{3}ists?$")
YEAR = re.compile(r"^(?:19|20)\d\d$")
CODE = re.compile(r"^[A-Z]{3,}\d{1,2}$")
MODEL = re.compile(r"^[A-Z]{1,3}-?[1-9]\d{1,3}[A-Za-z]{0,2}$")


@dataclass(slots=True)
class Name:
    """A stretch of tokens taken for a name, and what speaks for each type; `place` is its gazetteer entry.

    `title` holds the tokens of titles cut from its front; `told` is the kind that a noun beside it tells outright ("the
    airline Norwind"); the label is "surname" where a word that names a body elsewhere means a person; `demonym` is
    "adj", "people" or "person" for words of nationality.
    """

    first: int
    last: int
    text: str
    label: str
    place: Place | None = None
    demonym: str = ""
    title: tuple[int, int] | None = None
    votes: dict[str, float] = field(default_factory=dict)
    told: str = ""

    def vote(self, kind: str, weight: float) -> None:
        """Add `weight` for a kind: Person, Organization, Place or None (no name at all)."""
        self.votes[kind] = self.votes.get(kind, 0.0) + weight


def known_place(text: str, world: World) -> Place | None:
    """Return the gazetteer's place of that name; in capitals too ("VARNA"), where that can't be an acronym,
    and with its saint cut short ("St. Petersburg").
    """
    if text.startswith(("ST. ", "ST ")) and len(text) > 5:
        text = text.title()
    place = world.gazetteer.names.get(text)
    if place is None and text.startswith(("St ", "St. ")):
        place = world.gazetteer.names.get("Saint " + text.split(" ", 1)[1])
    if place is None and len(text) > 3 and text.isupper() and "." not in text:
        place = world.gazetteer.names.get(text.title())
    return place


def cast_votes(parsed: Parsed, name: Name, lexicon: Lexicon, world: World) -> None:
    """Add to `name` what its label, words and surroundings say of its type, and its gazetteer entry."""
    tokens = parsed.tokens[name.first : name.last]
    first, head = tokens[0], tokens[-1]
    words = [t.text for t in tokens]
    by_label = {
        "PERSON": "Person",
        "ORG": "Organization",
        "GPE": "Place",
        "LOC": "Place",
        "FAC": "Place",
    }
    things = lexicon.tables.constructions.thing_endings
    if len(words) > 2 and any(" ".join(words[-n:]).lower() in things for n in (2, 3)):
        name.vote("None", 5.0)
    if name.label in ("NORP", "PRODUCT"):  # faiths, party colours and goods act as nobody
        name.vote("None", 1.2 if name.label == "NORP" else 0.7)
    elif name.label in by_label:
        name.vote(by_label[name.label], {"FAC": 0.9, "ORG": 1.25}.get(name.label, 1.0))
    elif name.label:
        name.vote("None", 1.0)
    if name.title is not None:
        office = parsed.tokens[name.title[1] - 1].lemma.lower()
        tables = lexicon.tables
        body = office in tables.organization_words or office in tables.constructions.bodies_too
        # "state broadcaster NDR", "owner IAG"
        name.vote("Person", 4.0 if not body or words[0] in world.given_names else 0.3)
    lowered = [w.lower().rstrip(".") for w in words]
    lowered[-1] = (
        head.lemma.lower() if head.lemma.lower() in lexicon.tables.organization_words else lowered[-1]
    )
    if "of" in lowered[1:]:
        several = lowered.index("of") - 1  # "Royal Courts of Justice"
        if lowered[several].removesuffix("s") in lexicon.tables.organization_words:
            lowered[several] = lowered[several].removesuffix("s")
    if is_ticker(parsed, name.first, name.last):
        name.vote("None", 8.0)
    if DOMAIN.search(name.text):
        name.vote("Organization", 3.0)
    organization = next(
        (w for w in (lowered[-1], lowered[0], *lowered[1:-1]) if w in lexicon.tables.organization_words), None
    )
    opens = lowered[0] in lexicon.tables.constructions.place_openers or (
        len(words) > 2 and lowered[1] == "of"
    )
    place_word = lowered[-1] in lexicon.tables.place_words or (
        opens and len(words) > 1 and first.lemma.lower() in lexicon.tables.place_words
    )
    if organization and len(words) > 1:
        name.vote("Organization", 3.0 if organization in (lowered[-1], lowered[0]) else 2.0)
    elif organization and len(words) == 1:
        name.vote("Organization", 1.5)
    if place_word and len(words) > 1:
        name.vote("Place", 2.5)
    if (
        name.text in lexicon.tables.organization_suffixes
        or lowered[-1] in lexicon.tables.organization_suffixes
    ):
        name.vote("Organization", 4.0)
    if len(words) == 1 and name.text.isupper() and 2 <= len(name.text) <= 6:
        name.vote("Organization", 0.7)
    if "&" in words[1:-1] or (len(words) == 1 and CODE.search(name.text)):
        name.vote("Organization", 4.0)  # "Bexley & Stroud", "TVN24"
    if len(words) == 1 and FOLLOWER.search(name.text):
        name.vote("None", 1.5)  # "Leninist"
    if len(words) > 1 and YEAR.search(words[-1]):
        name.vote("None", 2.0)  # "Lisbon Expo 1998"
    if len(words) == 1 and MODEL.search(name.text):
        name.vote("None", 1.5)  # "A380"
    if words[0] in world.given_names and len(words) > 1 and not organization and not place_word:
        name.vote("Person", 1.2)
    elif (
        words[0] in world.given_names
        and len(words) == 2
        and name.label == "PERSON"
        and lowered[1] in lexicon.tables.constructions.surnames_too
    ):
        name.vote("Person", 2.5)  # "Peter Hall"
    elif len(words) == 1 and words[0] in world.given_names:
        name.vote("Person", 0.3)
    place = known_place(name.text, world)
    if place is not None:
        name.place = place
        name.vote(
            "Place",
            5.0
            if place.kind in ("country", "state", "region", "sea", "historic")
            else 0.8
            if place.population < 200_000
            else 1.1
            if name.label in ("PERSON", "ORG")
            else 1.5,
        )
    elif "," in words:
        place = world.gazetteer.names.get(words[0])
        if place is not None:
            name.place = place
    before = parsed.tokens[first.i - 1].text.lower() if first.i > 0 else ""
    opening = first.i - 2 if parsed.tokens[first.i - 1].text in world.gazetteer.adjectives else first.i - 1
    if (
        opening > 0
        and parsed.tokens[opening].text == "("
        and parsed.tokens[opening - 1].text.isupper()
        and len(words) > 1
    ):
        name.vote("Organization", 4.0)  # "CEI (Italian Episcopal Conference)"
    if before == "," and first.i > 2 and name.title is None and len(words) < 3:
        town, lead = parsed.tokens[first.i - 2], parsed.tokens[first.i - 3]
        if town.text in world.gazetteer.names and lead.dep == "prep" and town.head == lead.i:
            name.vote("Place", 1.5)  # "in Exeter, Devon"
    if before == "/" and first.i > 1:
        agency = parsed.tokens[first.i - 2].text
        if len(words) > 1 and (agency in ("Photo", "Images") or _is_known(agency, lexicon)):
            name.vote("Person", 3.0)  # "REUTERS/Ana Koval", "AP Photo/Ana Koval"
    if before in ("in", "near", "at"):
        name.vote("Place", 0.6)
    if before in ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr."):
        name.vote("Person", 4.0)
    if not organization or len(words) == 1:
        _context_votes(parsed, name, head, lexicon)


def _is_known(text: str, lexicon: Lexicon) -> bool:
    return text in lexicon.tables.institutions or text.title() in lexicon.tables.institutions


def _context_votes(parsed: Parsed, name: Name, head: Token, lexicon: Lexicon) -> None:
    """Apposition, copula and what governs the name tell its type ("Idlib, a town", "Speck, an analyst")."""
    _apposition_votes(parsed, name, head, lexicon)
    governor = parsed.tokens[head.head]
    if head.dep == "poss" and governor.lemma.lower() in lexicon.tables.constructions.owned_by_bodies:
        name.vote("Organization", 2.0)
    sets = lexicon.tables.constructions
    if head.dep == "pobj" and governor.lemma == "of":
        office = parsed.tokens[governor.head]
        two_words = sets.offices_of_two_words
        if office.lemma.lower() in lexicon.tables.title_heads:  # "chief executive of Norwind"
            if name.label == "ORG":
                name.vote("Organization", 1.5)
            elif name.label == "PERSON" and parsed.text(office.i - 1, office.i + 1).lower() in two_words:
                name.vote("Organization", 5.0)  # nobody is managing director of a person
        elif office.pos == "NOUN" and parsed.tokens[name.first - 1].text == "of":
            _noun_vote(name, office.lemma.lower(), lexicon, 1.5)  # "the town of Ede"
    if head.dep == "pobj" and governor.lemma == "at":
        worker = parsed.tokens[governor.head].lemma.lower()
        if lexicon.tables.is_person_word(worker):
            name.vote("Organization", 2.0)  # "an analyst at Norwind"
    if head.dep == "pobj" and governor.lemma in ("of", "in"):
        if parsed.tokens[governor.head].lemma.lower() in sets.owned_by_bodies:
            name.vote("Organization", 2.5)  # "the takeover of Norwind", "shares in Norwind"
    if any(
        c.dep in ("nsubj", "nsubjpass") and c.text.lower() == "which"
        for clause in parsed.dependents(head, "relcl")
        for c in parsed.dependents(clause)
    ):
        name.vote("Person", -2.0)  # "Norwind, which is based in Oslo"
    outer = governor if head.dep == "appos" else head  # "bought its rival Norwind"
    verb = parsed.tokens[outer.head]
    if outer.dep == "dobj" and verb.lemma in sets.done_to_bodies:
        name.vote("Organization", 2.5)  # "A founded Norwind in 1951"
    elif outer.dep == "dobj" and verb.lemma in ("buy", "purchase"):
        name.vote("Organization", 1.5)
    if head.dep in ("nsubj", "nsubjpass"):
        verb = parsed.tokens[head.head]
        only = sets.done_by_bodies if head.dep == "nsubj" else sets.done_to_bodies
        if verb.lemma in only:
            name.vote("Organization", 2.5)
        if verb.lemma == "be":
            for attribute in parsed.dependents(verb, "attr"):
                _noun_vote(name, attribute.lemma.lower(), lexicon, 1.5)
        elif verb.lemma in lexicon.cues.verbs:
            # "said Norwind's Koval" is one of its people; "said Spain's Norwind" is not
            owners = [parsed.named_at(t.i) for t in parsed.dependents(head, "poss")[:1]]
            owned = any(n is not None and n.label in ("ORG", "PERSON") for n in owners)
            name.vote("Person", 3.0 if owned else 0.8)
    if head.i + 1 < len(parsed.tokens):
        after = parsed.tokens[head.i + 1]
        if after.pos == "NOUN" and after.text.islower():
            if after.lemma in lexicon.tables.organization_words and head.head == after.i:
                name.vote("Organization", 0.8)
            elif after.lemma in lexicon.tables.place_words and head.head == after.i:
                name.vote("Place", 1.0)
            elif (
                after.lemma in lexicon.tables.constructions.named_things
                and after.tag == "NN"
                and name.place is None
                and name.label != "institution"
                and name.first > 0
                and parsed.tokens[name.first - 1].text.lower() == "the"
            ):
                name.vote("None", 2.5)


def _apposition_votes(parsed: Parsed, name: Name, head: Token, lexicon: Lexicon) -> None:
    top = head
    while top.dep == "conj" and top.head != top.i:
        top = parsed.tokens[top.head]
    for child in parsed.dependents(head, "appos"):
        _noun_vote(name, child.lemma.lower(), lexicon, 2.0)
        if any(c.text.lower() in ("a", "an") for c in parsed.dependents(child, "det")):
            _tell(parsed, name, child, lexicon)  # "Norwind, an airline"
    noun = parsed.tokens[top.head]
    if top.dep == "appos" and noun.pos == "NOUN":
        close = noun.i + 1 == top.left and noun.text.islower()
        # "the schools Elm and Oak" say more than "Elm and Oak, two schools"
        _noun_vote(name, noun.lemma.lower(), lexicon, 3.0 if close else 2.0)
        if close or (head.i + 1 < len(parsed.tokens) and parsed.tokens[head.i + 1].text == ","):
            _tell(parsed, name, noun, lexicon)  # "the airline Norwind", "The airline, Norwind, said"
    if top.dep == "pobj" and noun.text.lower() in ("as", "including", "like"):
        whole = parsed.tokens[noun.head]  # "rivals such as Norwind", "gods including Hera"
        if whole.tag == "NNS":
            _noun_vote(name, whole.lemma.lower(), lexicon, 2.0)
    before = parsed.tokens[name.first - 1] if name.first > 0 else head
    if before.pos == "NOUN" and before.text.islower() and before.head == head.i:
        lemma = before.lemma.lower()  # "the airline Norwind" says as much as a title does
        telling = lemma in lexicon.tables.organization_words or lemma in lexicon.tables.place_words
        _noun_vote(name, lemma, lexicon, 5.0 if telling else 2.0)
        _tell(parsed, name, before, lexicon)


def _tell(parsed: Parsed, name: Name, noun: Token, lexicon: Lexicon) -> None:
    """Note that a singular noun for a body tells outright what the name is."""
    lemma = noun.lemma.lower()
    tables = lexicon.tables
    person = tables.is_person_word(lemma) or lemma in tables.place_words
    above = parsed.tokens[parsed.tokens[noun.head].head].lemma.lower()
    if noun.dep == "pobj" and tables.is_person_word(above):
        return  # "the spokesman for the army, A. Hall": the parser hangs A. Hall on the army
    if noun.tag == "NN" and lemma in tables.organization_words and not person:
        if lemma not in tables.constructions.bodies_too:
            name.told = "Organization"


def _noun_vote(name: Name, lemma: str, lexicon: Lexicon, weight: float) -> None:
    if lemma in lexicon.tables.constructions.bodies_too:
        return  # "the ship's owner, Thalassa Lines"
    if lexicon.tables.is_person_word(lemma):
        name.vote("Person", weight)
    elif lemma in lexicon.tables.organization_words:
        name.vote("Organization", weight)
    elif lemma in lexicon.tables.place_words:
        name.vote("Place", weight)
