# ruff: noqa: E501 - lists of names stand on one line
"""From triples to records: what the model says, and what broken or unkind triples do."""

from __future__ import annotations

from importlib import resources

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS
from view_harbour import harbour
from view_stories import BASE, Teller

from kg.graph.inflection import participles
from kg.view import styles
from kg.view.edge_labels import between, participle, past
from kg.view.graph_reader import either_way, read
from kg.view.records import FactRecord, Story
from kg.view.terms import GAF, NKG, ORG, SCHEMA, SEM, curie
from kg.view.untrusted import clean, web_address


@pytest.fixture(scope="module")
def story() -> Story:
    return read(harbour())


def fact(story: Story, label: str) -> FactRecord:
    return next(f for f in story.facts if f.label == label)


def test_things_carry_kind_names_and_place(story: Story) -> None:
    things = {t.label: t for t in story.things}
    assert things["Ilse Maro"].kind == "person" and "Maro" in things["Ilse Maro"].aliases
    assert things["Velmark"].kind == "place" and things["Velmark"].classes == ("schema:Country",)
    assert (things["Velmark"].latitude, things["Velmark"].longitude) == (57.2, 21.4)
    assert things["three sailors"].kind == "group"
    assert things["Free Tide Front"].classes == ("nkg:ArmedGroup",)


def test_events_are_worded_by_their_own_label(story: Story) -> None:
    assert fact(story, "Verhagen threatened the Sorrel Isles").words == "threatened"
    assert fact(story, "The Assembly imposed sanctions on Velmark").words == "imposed sanctions on"
    assert fact(story, "Sefton plans to meet Verhagen").words == "plans to meet"
    assert fact(story, "The navy did not attack the coast guard").words == "did not attack"
    assert fact(story, "The court may investigate Halden").words == "may investigate"
    assert fact(story, "Protesters marched through Aldis").at == "marched through"


@pytest.mark.parametrize(
    ("words", "trigger", "told"),
    [
        ("plans to meet", "meet", "plans to meet"),
        ("held talks with", "talks", "held talks with"),
        ("agreed to sell its ferry line to", "agreed", "agreed with"),
        ("may not agree to buy from", "agree", "may not agree with"),
    ],
)
def test_words_of_a_mutual_tie_hold_whoever_is_named_first(words: str, trigger: str, told: str) -> None:
    assert either_way(words, trigger) == told


@pytest.mark.parametrize(
    ("label", "left", "right", "trigger", "words"),
    [
        ("Ada and Bram signed a truce", [["Ada"], ["Bram Holt", "Bram"]], [], "signed", "signed a truce"),
        ("The northern Assembly may meet Ada", [["Assembly"]], [["Ada"]], "meet", "may meet"),
        ("a bomb killed Ada Voss in her car", [["rebels"]], [["Ada Voss"]], "killed", "killed"),
        ("Ada threatened Bram with a lawsuit", [["Ada"]], [["Bram"]], "threatened", "threatened"),
        ("Ada’s visit to Bram", [["Ada"]], [["Bram"]], "visit", "visit to"),
        ("Adams left", [["Ada"]], [], "left", "left"),
        ("Ada", [["Ada"]], [], "", ""),
        ("((( [Ada] \\1", [["(((", "[Ada]"]], [["\\1"]], "", "[Ada]"),
        ("Bram was replaced by Ada Voss", [["Ada Voss"]], [["Bram"]], "replaced", "replaced"),
        ("the keys may have been taken by Ada", [["Ada"]], [["keys"]], "taken", "took"),
        ("he was later overthrown by the Guild", [["Guild"]], [["Bram"]], "overthrown", "overthrew"),
        ("Bram was fined ten crowns", [["Guild"]], [["Bram"]], "fined", "fined"),
        ("Bram was visiting, Ada said", [["Ada"]], [["Bram"]], "visiting", "visiting"),
        ("the raid by the Guild on Kelm", [["Guild"]], [["Kelm"]], "raid", "raid on"),
        ("talks between Ada and Bram", [["Ada"]], [["Bram"]], "talks", "talks"),
        ("the Guild freed her without a fine", [["Guild"]], [["Ada"]], "freed", "freed"),
        (
            "Ada quarrelled with his brother in Kelm",
            [["Ada"]],
            [["a brother of Bram"]],
            "quarrelled",
            "quarrelled with",
        ),
        ("Ada lent Bram her boat", [["Ada"]], [["Bram"]], "lent", "lent"),
    ],
)
def test_words_between_are_those_of_the_label(
    label: str, left: list[list[str]], right: list[list[str]], trigger: str, words: str
) -> None:
    assert between(label, left, right, trigger) == words


@pytest.mark.parametrize(
    ("label", "agent", "patient", "trigger", "words"),
    [
        ("we saw Ada in her boat off Kelm", "", "Ada", "saw", "seen off"),
        ("Ada was fined in Kelm", "", "Ada", "fined", "was fined in"),
        ("somebody stole it", "", "Ada", "stole", "stolen in"),
        ("the price of Ada fell in Kelm", "", "Ada", "fell", "fell in"),
        ("a bomb killing Ada in Kelm", "", "Ada", "killing", "target of killing in"),
        (
            "all said the millers marched past the inn to Kelm",
            "Guild",
            "",
            "marched",
            "marched past the inn to",
        ),
        ("a march by the Guild through Kelm", "Guild", "", "march", "march through"),
        ("the Guild marched through Kelm", "Guild", "", "marched", "marched through"),
        ("the Guild opened Kelm", "Guild", "", "opened", "opened"),
        ("the Guild opened the old town of the mills, Kelm", "Guild", "", "opened", "opened in"),
        ("the Guild looked at it", "Guild", "", "looked at", "looked at it in"),
    ],
)
def test_words_before_a_place_have_no_subject_of_their_own(
    label: str, agent: str, patient: str, trigger: str, words: str
) -> None:
    teller = Teller()
    doc = teller.article("d", "D", "2031-01-01")
    parts = {
        name: [teller.thing("Group", who, who)]
        for name, who in (("agent", agent), ("patient", patient))
        if who
    }
    kelm = teller.thing("Place", "kelm", "Kelm")
    teller.event("nkg:Other", trigger, doc, f"{label}, {trigger}.", label=label, place=[kelm], **parts)
    assert read(teller.graph).facts[0].at == words


def test_past_and_participle_of_a_verb_are_told_from_one_another() -> None:
    table = participles()
    assert all(was != done and past(done) == was and participle(was) == done for was, done in table.items())
    assert (past("arrested"), participle("met"), participle("Took over")) == ("arrested", "met", "taken over")


def test_a_role_that_is_hoped_for_says_so() -> None:
    teller = Teller()
    doc = teller.article("d", "D", "2031-01-01")
    ada, bram = teller.thing("Person", "a", "Ada"), teller.thing("Place", "b", "Bramland")
    teller.role(ada, "president", bram, doc, "Ada hopes to be president of Bramland.")
    (node,) = teller.graph.subjects(RDF.type, ORG.Membership)
    teller.graph.add((node, NKG.modality, NKG.Planned))
    assert [f.modality for f in read(teller.graph).facts] == ["Planned"]


def test_the_stance_of_a_class_stands_in_the_ontology_and_nowhere_else() -> None:
    from kg.graph.ontology import ontology
    from kg.lexicon.load import load_lexicon

    text = resources.files("kg.view").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    assert "stance" not in text.partition("\nevents:")[2].partition("\nrelations:")[0]
    given = {curie(str(c)): curie(str(s))[4:].lower() for c, s in ontology().subject_objects(NKG.stance)}
    assert given == {name: styles.event(name)["stance"] for name in styles.load()["events"]}
    assert given == {name: cls.stance for name, cls in load_lexicon().classes.items()}


def test_reported_events_lead_to_who_said_so(story: Story) -> None:
    raid = fact(story, "Free Tide raided a customs post at Kelm")
    said = next(f for f in story.facts if f.iri == raid.according_to)
    assert said.kind == "statement" and said.who("speaker") == [str(BASE["group/two-officials"])]


def test_evidence_marks_the_trigger_in_its_sentence(story: Story) -> None:
    piece = fact(story, "Verhagen threatened the Sorrel Isles").evidence[0]
    ((begin, end),) = piece.marks
    assert piece.text[begin:end] == "threatened"


def test_a_sentence_without_anchor_is_cut_from_its_context() -> None:
    teller = Teller()
    doc = teller.article("d", "D", "2031-01-01")
    add = teller.graph.add
    text = "First. Ada threatened Bram. Last."
    from rdflib.namespace import PROV

    from kg.view.terms import NIF, PLOVER

    whole, sentence, mark = (URIRef(f"{doc}#char={span}") for span in (f"0,{len(text)}", "7,27", "11,21"))
    add((whole, NIF.isString, Literal(text)))
    add((sentence, NIF.referenceContext, whole))
    event = BASE["event/1"]
    add((event, RDF.type, SEM.Event))
    add((event, RDF.type, PLOVER.Threaten))
    add((event, PROV.wasDerivedFrom, sentence))
    add((event, GAF.denotedBy, mark))
    (found,) = read(teller.graph).facts
    assert found.evidence[0].text == "Ada threatened Bram."
    assert found.evidence[0].marks == ((4, 14),)


def test_plain_relations_count_where_none_is_stated() -> None:
    teller = Teller()
    doc = teller.article("d", "D", "2031-01-01")
    a, b = teller.thing("Person", "a", "A"), teller.thing("Place", "b", "B", cls="Country")
    teller.graph.add((a, SCHEMA.nationality, b))
    assert [f.words for f in read(teller.graph).facts] == ["is from"]
    teller.relation(a, SCHEMA.nationality, b, doc, "A, a citizen of B, left.")
    (stated,) = read(teller.graph).facts
    assert stated.evidence and stated.iri.startswith(str(BASE))


def test_unknown_terms_are_worded_by_their_name() -> None:
    assert styles.relation("ex:cousinOf")["words"] == "cousinOf"
    assert styles.event("nkg:Juggle")["name"] == "Juggle"
    assert curie("https://w3id.org/newskg/plover#Aid") == "plover:Aid"
    assert curie("https://w3id.org/newskg#Die") == "nkg:Die"
    assert curie("http://other.example/x") == "http://other.example/x"


@pytest.mark.parametrize(
    "word", ["javascript:alert(1)", "data:text/html,x", "//host/x", "http:", "http://[", "", "ftp://a/b"]
)
def test_only_web_addresses_pass(word: str) -> None:
    assert web_address(word) == ""


def test_web_addresses_pass() -> None:
    assert web_address("https://news.example/a?b=c") == "https://news.example/a?b=c"


def test_clean_keeps_letters_and_drops_what_is_unseen() -> None:
    assert clean("a\x00b\u202ec\ud800d\u2066e\x1b") == "abcde"
    assert clean("云薇 أمل\nḠ") == "云薇 أمل\nḠ"


def test_odd_values_do_no_harm() -> None:
    teller = Teller()
    doc = teller.article("d", "D", "not a date")
    a, b = teller.thing("Person", "a", "A"), teller.thing("Place", "b", "B", at=(400.0, 9.0))
    event = teller.event(
        "plover:Aid", "aided", doc, "A aided B.", agent=[a], patient=[b], modality="Dreamt", confidence=7.0
    )
    teller.graph.add((event, NKG.confidence, Literal("high")))
    teller.graph.add((a, OWL.sameAs, URIRef("javascript:x")))
    teller.graph.add((BASE["event/bare"], RDF.type, SEM.Event))
    story = read(teller.graph)
    found = next(f for f in story.facts if f.iri == str(event))
    assert found.modality == "Asserted" and 0 <= found.confidence <= 1
    assert all(t.latitude is None and not t.same_as for t in story.things)


def test_a_thing_only_used_is_shown_too() -> None:
    teller = Teller()
    doc = teller.article("d", "D", "2031-01-01")
    teller.event("plover:Aid", "aided", doc, "X aided Y.", agent=[BASE["who/x"]], patient=[BASE["who/y"]])
    assert [(t.label, t.kind) for t in read(teller.graph).things] == [("x", "group"), ("y", "group")]


def test_order_of_triples_changes_nothing() -> None:
    triples = sorted(harbour(), key=lambda t: str(t[2]) + str(t[0]))
    other = Graph()
    for triple in triples:
        other.add(triple)
    assert read(other) == read(harbour())


def test_every_class_of_the_model_has_words() -> None:
    plover = "Accuse Agree Aid Assault Coerce Concede Consult Cooperate Mobilize Protest Reject Request Retreat Sanction Support Threaten"
    own = "Born Die Marry Educate Join Leave Elect Award Found Close Acquire Publish Launch Move Compete Legal Disaster Investigate Perform Other"
    wanted = {f"plover:{c}" for c in plover.split()} | {f"nkg:{c}" for c in own.split()}
    events = styles.load()["events"]
    assert set(events) == wanted
    for cls, entry in events.items():
        assert entry["stance"] in styles.load()["stances"] and entry["name"], cls


def test_label_falls_back_to_the_iri() -> None:
    graph = Graph()
    graph.add((BASE["person/a%20b"], RDF.type, SCHEMA.Person))
    graph.add((BASE["person/c"], RDF.type, SCHEMA.Person))
    graph.add((BASE["person/c"], RDFS.label, Literal("\x00")))
    assert {t.label for t in read(graph).things} == {"a%20b", "c"}
