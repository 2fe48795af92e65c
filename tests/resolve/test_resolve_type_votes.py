"""What speaks for the type of a name is a table: complete, and read by functions that need no model."""

from __future__ import annotations

import builders
import pytest

from kg.errors import LexiconError
from kg.lexicon import Lexicon, load_lexicon
from kg.resolve.name_mention import Name
from kg.resolve.types import context_features, name_features
from kg.resolve.types.type_votes import cast_votes, load_type_votes, read_type_votes
from kg.world import World, load_world


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def votes(sentence: str, words: str, lexicon: Lexicon, world: World, label: str = "") -> Name:
    """The name of these words in a sentence written as in `builders.parsed`, with its votes."""
    parsed = builders.parsed(sentence)
    tokens = [t.text for t in parsed.tokens]
    first = next(i for i in range(len(tokens)) if tokens[i : i + len(words.split())] == words.split())
    name = Name(first, first + len(words.split()), words, label)
    cast_votes(parsed, name, lexicon, world)
    return name


def test_every_feature_is_weighed_once_and_every_entry_has_a_reason() -> None:
    table = load_type_votes()
    assert {e.feature for e in table.name} == set(name_features.FEATURES)
    assert {e.feature for e in table.context} == {*context_features.FEATURES, *context_features.NOUNS}
    entries = [*table.name, *table.context]
    assert len(entries) == len({e.feature for e in entries})
    assert all(len(e.because) > 10 and e.weight for e in entries)


@pytest.mark.parametrize(
    ("sentence", "words", "label", "kind"),
    [
        ("Ada|NNP|compound|1 Koval|NNP|nsubj|2 left|VBD|ROOT|2|leave", "Ada Koval", "PERSON", "Person"),
        ("Norwind|NNP|compound|1 Bank|NNP|nsubj|2 left|VBD|ROOT|2|leave", "Norwind Bank", "", "Organization"),
        ("Norwind|NNP|compound|1 Inc.|NNP|nsubj|2 left|VBD|ROOT|2|leave", "Norwind Inc.", "", "Organization"),
        ("Zorling|NNP|compound|1 Street|NNP|nsubj|2 shut|VBD|ROOT|2", "Zorling Street", "", "Place"),
        ("in|IN|prep|0 Zorling|NNP|pobj|0", "Zorling", "", "Place"),
        ("Mr.|NNP|compound|1 Zorling|NNP|nsubj|2 left|VBD|ROOT|2|leave", "Zorling", "", "Person"),
        ("an|DT|det|1 A390|NNP|nsubj|2 left|VBD|ROOT|2|leave", "A390", "", "None"),
        ("It|PRP|nsubj|1 praised|VBD|ROOT|1|praise Faithism|NNP|dobj|1", "Faithism", "NORP", "None"),
    ],
)
def test_what_the_name_itself_tells(
    sentence: str, words: str, label: str, kind: str, lexicon: Lexicon, world: World
) -> None:
    cast = votes(sentence, words, lexicon, world, label).votes
    assert max(cast, key=lambda k: cast[k]) == kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        # "the airline Zorling", "Zorling, an analyst", "the town of Zorling", "shares of Zorling"
        ("the|DT|det|1 airline|NN|nsubj|3 Zorling|NNP|appos|1 left|VBD|ROOT|3|leave", "Organization"),
        ("Zorling|NNP|nsubj|4 ,|,|punct|0 an|DT|det|3 analyst|NN|appos|0 left|VBD|ROOT|4|leave", "Person"),
        ("the|DT|det|1 town|NN|nsubj|4 of|IN|prep|1 Zorling|NNP|pobj|2 grew|VBD|ROOT|4|grow", "Place"),
        ("shares|NNS|nsubj|3|share of|IN|prep|0 Zorling|NNP|pobj|1 fell|VBD|ROOT|3|fall", "Organization"),
        ("Ada|NNP|nsubj|1 founded|VBD|ROOT|1|found Zorling|NNP|dobj|1", "Organization"),
        ("Zorling|NNP|nsubj|1 is|VBZ|ROOT|1|be an|DT|det|3 actor|NN|attr|1", "Person"),
        ("Zorling|NNP|nsubj|1 said|VBD|ROOT|1|say so|RB|advmod|1", "Person"),
        ("the|DT|det|2 Zorling|NNP|compound|2 worm|NN|nsubj|3 spread|VBD|ROOT|3", "None"),
    ],
)
def test_what_stands_around_the_name_tells(sentence: str, kind: str, lexicon: Lexicon, world: World) -> None:
    cast = votes(sentence, "Zorling", lexicon, world).votes
    assert max(cast, key=lambda k: cast[k]) == kind


def test_a_noun_for_a_body_alone_tells_outright(lexicon: Lexicon, world: World) -> None:
    airline = "the|DT|det|1 airline|NN|nsubj|3 Zorling|NNP|appos|1 left|VBD|ROOT|3|leave"
    assert votes(airline, "Zorling", lexicon, world).told == "Organization"
    owner = airline.replace("airline", "owner")  # a person or a body
    assert votes(owner, "Zorling", lexicon, world).told == ""


def test_a_country_is_taken_from_the_gazetteer(lexicon: Lexicon, world: World) -> None:
    name = votes("Portugal|NNP|nsubj|1 voted|VBD|ROOT|1|vote", "Portugal", lexicon, world, "ORG")
    assert name.place is not None
    assert name.votes["Place"] > name.votes["Organization"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"feature": "is_frobbed", "for": "Person", "weight": 1, "because": "x"}, "no feature 'is_frobbed'"),
        ({"feature": "is_a_model", "for": "Thing", "weight": 1, "because": "x"}, "is_a_model: votes for"),
        ({"feature": "is_a_model", "weight": 1, "because": "x"}, "is_a_model: votes for"),
        ({"feature": "is_a_model", "for": "None", "because": "x"}, "lacks 'weight'"),
    ],
)
def test_a_broken_entry_is_refused(entry: dict[str, object], said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        read_type_votes({"name": [entry], "context": []})
