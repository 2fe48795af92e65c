"""Who is one and who is not, from texts to nodes: within an article and over several."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.builder import Built, Resources, build

TEXTS = {
    "kiev": "Officials in Kiev said on Monday that the talks had failed. The mayor of Kiev left for Lvov.",
    "kyiv": "The mayor of Kyiv resigned on Monday. Protesters marched through Kyiv and Lviv.",
    "nyc": "NYC banned plastic datasets on Monday. The mayor of New York City signed the order.",
    "york": "Police in New York arrested two men on Monday. New York has eight million people.",
    "albany": "New York Governor Lisa Brandt signed the bill in Albany on Monday.",
    "atlanta": "Georgia Governor Dale Marsh signed the law in Atlanta. Georgia will spend two million dollars.",
    "tbilisi": "Georgia signed a treaty with Armenia in Tbilisi. The president of Georgia welcomed it.",
    "senior": "Samuel Hale Sr. founded Hale Bank in Oslo. Samuel Hale Sr. retired on Monday.",
    "junior": "Samuel Hale Jr. leads Hale Bank in Oslo. Samuel Hale Jr. opened a branch on Monday.",
    "retailer": "Amazon said on Monday that it would hire 500 people in Seattle. Shares of Amazon rose.",
    "forest": "Fires in the Amazon rainforest have doubled, scientists in Brazil said on Monday.",
    "both": "Amazon, the online retailer, hired 500. Fires in the Amazon rainforest doubled. Amazon gave no money.",
    "gaddafi": "Muammar Gaddafi spoke in Tripoli. Moammar Gadhafi left Libya. Muammar al-Qaddafi ruled it for years.",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, resources: Resources) -> Built:
    path: Path = tmp_path_factory.mktemp("told") / "news.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in TEXTS.items()))
    return build([path], date="2031-05-05", any_language=True, resources=resources)


def node(built: Built, article: str, words: str, nth: int = 0) -> str:
    """The node that the words stand for where an article says them for the nth time."""
    (facts,) = (facts for facts in built.facts if facts.article.id == article)
    text = TEXTS[article]
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    (entity,) = (
        e for e in facts.entities for m in e.mentions if (m.span.begin, m.span.end) == (at, at + len(words))
    )
    return built.corpus.identity.segment(facts.article.path, entity.id)


@pytest.mark.model
@pytest.mark.parametrize(
    "same",
    [
        [("kiev", "Kiev"), ("kiev", "Kiev", 1), ("kyiv", "Kyiv")],
        [("kiev", "Lvov"), ("kyiv", "Lviv")],
        [("nyc", "NYC"), ("nyc", "New York City"), ("york", "New York"), ("york", "New York", 1)],
        [("atlanta", "Georgia"), ("atlanta", "Georgia", 1)],
        [("retailer", "Amazon"), ("both", "Amazon"), ("both", "Amazon", 2)],
        [("gaddafi", "Muammar Gaddafi"), ("gaddafi", "Moammar Gadhafi"), ("gaddafi", "Muammar al-Qaddafi")],
    ],
    ids=lambda same: same[0][1],
)
def test_one_thing_is_one_node(built: Built, same: list[tuple[str, str]]) -> None:
    assert len({node(built, *place) for place in same}) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("atlanta", "Georgia"), ("tbilisi", "Georgia")),
        (("albany", "New York"), ("york", "New York")),
        (("senior", "Samuel Hale Sr."), ("junior", "Samuel Hale Jr.")),
        (("both", "Amazon"), ("both", "Amazon rainforest")),
        (("retailer", "Amazon"), ("both", "Amazon rainforest")),
    ],
    ids=lambda place: "-".join(map(str, place)),
)
def test_two_things_are_two_nodes(built: Built, one: tuple[str, str], other: tuple[str, str]) -> None:
    assert node(built, *one) != node(built, *other)
