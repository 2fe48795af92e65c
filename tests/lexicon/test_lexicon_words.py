"""The other word files hold what they should, each word once and readable by the stages."""

import re
from pathlib import Path

import pytest
import yaml
from cost import costs

from kg.errors import LexiconError
from kg.lexicon import load_lexicon
from kg.lexicon.files import DATA, read
from kg.lexicon.name_schema import BODIES, PLACES, PREDICATES, OrganizationFile
from kg.lexicon.name_words import name_words
from kg.lexicon.word_schema import PersonFile, TitleFile

LEXICON = load_lexicon()
ORGANIZATIONS = read(DATA / "organizations.yaml", OrganizationFile)


def test_loading_costs_little_more_than_parsing_its_files() -> None:
    """Some 1.2 times as much as PyYAML's own loader, which checks nothing."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def parsed() -> list[object]:
        return [yaml.load(path.read_bytes(), loader) for path in DATA.rglob("*.yaml")]

    loaded, plain = costs(load_lexicon, parsed)
    assert loaded < 2.5 * plain


def test_speech() -> None:
    verbs = LEXICON.cues.verbs
    assert len(verbs) >= 180
    assert (verbs["say"].weight, verbs["say"].direct, verbs["say"].indirect) == ("speech", True, True)
    assert verbs["deny"].weight == "denial"
    assert verbs["believe"].weight == "opinion"
    assert verbs["tweet"].weight == "writing"
    assert verbs["ask"].weight == "question"
    assert {"statement", "interview", "letter", "press release"} <= set(LEXICON.cues.nouns)


def test_titles() -> None:
    found = read(DATA / "titles.yaml", TitleFile)
    titles = {title for phrases in found.titles for title in phrases}
    assert len(titles) >= 350
    assert {"secretary of state", "analyst"} <= titles
    assert all(title == title.lower().strip() and "  " not in title for title in titles)
    assert {"minister", "correspondent", "officer"} <= LEXICON.tables.title_heads
    assert "ex" in LEXICON.tables.former


def test_people() -> None:
    people = read(DATA / "person_nouns.yaml", PersonFile)
    nouns, honorifics = LEXICON.tables.person_nouns, LEXICON.tables.honorifics
    assert (nouns["woman"], nouns["man"], nouns["teenager"]) == ("f", "m", "")
    assert "mother" in LEXICON.tables.kinship
    assert "civilian" in people.groups["public"]
    assert "hacker" in people.groups["crime"]
    assert "police" in LEXICON.tables.collectives
    assert (honorifics["mrs"], honorifics["sir"], honorifics["dr"]) == ("f", "m", "")


def test_organizations() -> None:
    bodies = {
        name: (group, one) for group in ORGANIZATIONS.groups for one in group.members for name in one.names
    }
    assert len({one.name for _, one in bodies.values()}) >= 300
    assert bodies["UN"][1].name == "United Nations"
    assert bodies["UN"][1].wikidata == "Q1065"
    assert bodies["AFP"][0].cls == "schema:NewsMediaOrganization"
    seats = {name: found for found in ORGANIZATIONS.metonyms for name in found.names}
    assert seats["Kremlin"].country == "RU"
    assert seats["Storting"].country == "NO"
    assert LEXICON.tables.organization_words["ministry"] == "schema:GovernmentOrganization"
    assert LEXICON.tables.organization_words["committee"] is None
    assert "inc" in LEXICON.tables.organization_suffixes


def test_only_letters_stand_for_two_organizations() -> None:
    owners: dict[str, set[str]] = {}
    known = [one for group in ORGANIZATIONS.groups for one in group.members]
    for organization in known:
        for name in organization.names:
            owners.setdefault(name, set()).add(organization.name)
    shared = {name: of for name, of in owners.items() if len(of) > 1}
    assert shared == LEXICON.tables.namesakes
    assert all(name.isupper() and len(name) < 6 for name in shared)
    identities = [one.wikidata for one in known if one.wikidata]
    assert len(identities) == len(set(identities))
    assert len(known) == len({one.name for one in known})


def test_places() -> None:
    heads = LEXICON.tables.place_words
    assert heads["city"] == "schema:City"
    assert heads["hotel"] == "schema:Place"
    assert {"in", "near", "on"} <= LEXICON.tables.locatives


def test_governors() -> None:
    table = LEXICON.governors
    accuse = table.under("accuse", "verb", "of")
    assert accuse is not None
    assert (accuse.effect, accuse.hard) == ("reported", True)
    plan = table.under("plan", "verb", "to")
    assert plan is not None
    assert (plan.effect, plan.hard) == ("planned", False)
    assert table.under("plan", "verb", "from") is None
    prevent = table.under("prevent", "verb", "from")
    assert prevent is not None
    assert prevent.when_negated == "asserted"
    will, without = table.word("will", "aux"), table.word("without", "prep")
    assert will is not None
    assert without is not None
    assert (will.effect, without.effect) == ("planned", "negated")
    assert table.forms["denies"] == "deny"
    assert "rule" in table.phrasal


def test_a_users_governor_goes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "governors.yaml").write_text(
        "governors:\n  - {effect: planned, pos: verb, via: to, words: {manage: 'She managed to *go*.'}}\n",
        encoding="utf-8",
    )
    found = load_lexicon(tmp_path).governors.under("manage", "verb", "to")
    assert found is not None
    assert found.effect == "planned"


@pytest.mark.parametrize(
    ("group", "fault"),
    [
        ("{effect: planned, pos: verb, words: {go: 'He will *go*.'}}", "via is for verbs"),
        ("{effect: planned, pos: verb, via: sideways, words: {go: '*He*'}}", "unknown way"),
        ("{effect: planned, pos: aux, words: {will: 'He will go.'}}", "asterisks"),
        ("{effect: likely, pos: aux, words: {will: 'He will *go*.'}}", "effect"),
    ],
)
def test_a_governor_that_is_none_is_refused(group: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "governors.yaml").write_text(f"governors:\n  - {group}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=fault):
        load_lexicon(tmp_path)


def test_light_verbs() -> None:
    assert LEXICON.light_verbs["suffer"][0].role == "patient"
    assert LEXICON.light_verbs["launch"][0].aspect == "begin"
    assert LEXICON.light_verbs["halt"][0].aspect == "end"
    assert any(reading.particle == "out" for reading in LEXICON.light_verbs["carry"])


def test_relations() -> None:
    relations = LEXICON.relations
    assert relations.kinship["wife"].predicate == "schema:spouse"
    assert (relations.kinship["son"].predicate, relations.kinship["son"].inverse) == (
        "schema:children",
        "schema:parent",
    )
    assert relations.cues["graduate", "verb"][0].predicate == "schema:alumniOf"
    assert all(cue.example.count("*") == 2 for cues in relations.cues.values() for cue in cues)


@pytest.mark.parametrize("name", sorted({path.name for path in DATA.glob("*.yaml")} - {"name_words.yaml"}))
def test_every_file_refuses_an_unknown_section(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("nonsense: [frob]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=f"{name}: nonsense"):
        load_lexicon(tmp_path)


def test_words_that_are_of_every_lexicon_are_refused(tmp_path: Path) -> None:
    (tmp_path / "name_words.yaml").write_text("particles: [af]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"name_words\.yaml: these words are of every lexicon"):
        load_lexicon(tmp_path)
    assert {"de", "van"} <= name_words().particles and name_words().generations["jnr"] == "jr"


def test_a_users_words_join_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "titles.yaml").write_text(
        "titles:\n  - chief frobber, frobber\nheads: frobber\n",
        encoding="utf-8",
    )
    lexicon = load_lexicon(tmp_path)
    assert "chief frobber" in lexicon.tables.titles
    assert {"frobber", "minister"} <= lexicon.tables.title_heads
    assert "president" in lexicon.tables.titles


def test_idioms_are_not_events() -> None:
    (take, *_) = LEXICON.idioms["take", "verb"]
    assert "place" in take.when.obj
    for idioms in LEXICON.idioms.values():
        for idiom in idioms:
            assert idiom.when.specificity or " " in idiom.lemma, idiom.lemma
            assert idiom.example.count("*") == 2, idiom.lemma


def test_every_class_and_property_is_defined_by_the_ontology() -> None:
    ontology = (Path(__file__).parents[2] / "ontologies" / "newskg.ttl").read_text(encoding="utf-8")
    tables = LEXICON.tables
    used = {group.cls for group in ORGANIZATIONS.groups}
    used |= set(tables.organization_words.values()) | set(tables.place_words.values()) | set(LEXICON.classes)
    used |= {kin.predicate for kin in LEXICON.relations.kinship.values()}
    used |= {cue.predicate for cues in LEXICON.relations.cues.values() for cue in cues}
    unknown = {term for term in used if term and not re.search(rf"^{term} a ", ontology, re.MULTILINE)}
    assert not unknown


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("organizations.yaml", "groups: [{class: 'schema:Frobbery', members: [Norwind]}]", "schema:Frobbery"),
        ("organizations.yaml", "heads: [{class: 'schema:Country', lemmas: frobbery}]", "schema:Country"),
        ("places.yaml", "heads: [{class: 'schema:Airline', lemmas: frobland}]", "schema:Airline"),
        (
            "relations.yaml",
            "cues: [{predicate: 'schema:frobs', pos: verb, lemma: frob, subject: [subj], object: [obj]}]",
            "schema:frobs",
        ),
    ],
)
def test_a_class_that_the_graph_does_not_know_is_refused_when_the_lexicon_is_loaded(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(LexiconError, match=f"{name}.*'{said}' is no .* of the graph model") as refused:
        load_lexicon(tmp_path)
    assert "\n" not in str(refused.value)


def test_what_the_lexicon_may_say_is_what_the_shapes_check() -> None:
    shapes = (Path(__file__).parents[2] / "ontologies" / "shapes.ttl").read_text(encoding="utf-8")

    def listed(pattern: str) -> set[str]:
        (words,) = re.findall(pattern, shapes, re.DOTALL)
        return set(words.replace(",", " ").split())

    assert listed(r"shape:FinerOrganization a .*?sh:targetClass (.*?) ;") | {"schema:Organization"} == BODIES
    assert listed(r"shape:FinerPlace a .*?sh:targetClass (.*?) ;") | {"schema:Place"} == PLACES
    assert listed(r"shape:Shortcut a .*?sh:targetSubjectsOf (.*?) ;") == PREDICATES
