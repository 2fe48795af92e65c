"""Entities that are one thing are one in an article's facts, and a wrong kind takes its facts along."""

from __future__ import annotations

from dataclasses import replace

import builders

from kg.identity import Identity, Node, unify
from kg.model import Facts, Kind, Role, Span

TEXT = "Ada Koval consulted Omar Reyes. Koval is head of Norwind."
FACTS = builders.facts(TEXT, "consulted", "Ada Koval", "Omar Reyes")


def known(**nodes: Node) -> Identity:
    """Which node each entity of the article "a" is; blanks in its id are written as underlines."""
    return Identity((), assigned={("a", name.replace("_", " ")): node for name, node in nodes.items()})


def with_second_koval() -> Facts:
    second = builders.entity(TEXT, "Koval", aliases=("K.",))
    told = Span(32, len(TEXT))
    head = Role("Koval", "head", "Norwind", former=False, span=told, sentence=told)
    body = builders.entity(TEXT, "Norwind", Kind.ORGANIZATION)
    return replace(FACTS, entities=(*FACTS.entities, second, body), roles=(head,))


def test_entities_of_one_node_become_one_under_its_best_name() -> None:
    node = Node("person/ada-koval", Kind.PERSON, "Ada Maria Koval", same_as=("https://example.org/1",))
    found = unify(with_second_koval(), known(Ada_Koval=node, Koval=node))
    kovals = [e for e in found.facts.entities if "Koval" in e.name]
    assert [(e.id, e.name, e.aliases) for e in kovals] == [
        ("Ada Koval", "Ada Maria Koval", ("Ada Koval", "K.", "Koval"))
    ]
    assert len(kovals[0].mentions) == 2
    assert kovals[0].same_as == ("https://example.org/1",)
    assert found.segments == {"Ada Koval": "person/ada-koval"}
    assert [role.person for role in found.facts.roles] == ["Ada Koval"]


def test_what_no_other_article_knows_stays_as_it_is() -> None:
    assert unify(FACTS, Identity(())).facts == FACTS


def test_who_turns_out_to_be_a_body_loses_the_positions_of_a_person() -> None:
    node = Node("organization/koval", Kind.ORGANIZATION, "Koval")
    found = unify(with_second_koval(), known(Koval=node)).facts
    assert {e.kind for e in found.entities if e.id == "Koval"} == {Kind.ORGANIZATION}
    assert found.roles == ()
    assert found.events == FACTS.events  # but bodies act, too


def test_a_body_that_turns_out_to_be_a_person_holds_no_position_of_others() -> None:
    node = Node("person/norwind", Kind.PERSON, "Norwind")
    (role,) = unify(with_second_koval(), known(Norwind=node)).facts.roles
    assert (role.person, role.organization) == ("Koval", None)
