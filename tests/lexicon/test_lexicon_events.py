"""Every event entry is sound: known slots, an example that shows its word, one class a construction."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.event_classes import event_classes
from kg.lexicon import Frame, Lexicon, load_lexicon
from kg.lexicon.files import DATA, read_yaml
from kg.lexicon.load import load_events, read_event_file
from kg.lexicon.schema import KINDS, SLOTS

LEXICON = load_lexicon()
FRAMES = [frame for frames in LEXICON.frames.values() for frame in frames]
IRREGULAR = dict(
    pair.split("=") for pair in read_yaml(Path(__file__).parent / "irregular_forms.yaml")["forms"].split()
)


def could_be(form: str, lemma: str) -> bool:
    """Tell whether `form` can be an inflection of `lemma`; generous, since it only guards against slips."""
    if form == lemma or IRREGULAR.get(form) == lemma:
        return True
    for ending, other in (("ies", "y"), ("ied", "y"), ("ying", "ie"), ("ves", "f")):
        if form.endswith(ending) and form[: -len(ending)] + other == lemma:
            return True
    for ending in ("s", "es", "d", "ed", "ing", "ked", "king"):
        stem = form.removesuffix(ending)
        if stem != form and (
            stem in (lemma, lemma.removesuffix("e")) or (stem[:-1] == lemma and stem[-2:-1] == stem[-1:])
        ):
            return True
    return False


@pytest.mark.parametrize("path", sorted((DATA / "events").glob("*.yaml")), ids=lambda p: p.stem)
def test_file_is_named_after_its_class_and_is_not_thin(path: Path) -> None:
    event_class, frames = read_event_file(path)
    assert event_class.curie.split(":")[1].lower() == path.stem
    assert frames


def test_every_class_of_the_model_has_a_file() -> None:
    assert list(LEXICON.classes) == sorted(LEXICON.classes, key=lambda c: c.partition(":")[2].lower())
    assert dict(LEXICON.classes) == dict(event_classes())


def test_there_are_enough_frames() -> None:
    assert len(FRAMES) >= 900
    assert sum(frame.pos == "verb" for frame in FRAMES) >= 500
    assert sum(frame.pos == "noun" for frame in FRAMES) >= 300


def faults(frame: Frame) -> Iterator[str]:
    """Say what is wrong with an entry."""
    if not frame.agent or not frame.patient:
        yield "an empty slot list; nobody is written `none`"
    if unknown := set(frame.agent + frame.patient) - SLOTS[frame.pos]:
        yield f"unknown slots {unknown}"
    if frame.when.obj_kind - KINDS:
        yield "unknown kinds"
    if frame.lemma != frame.lemma.lower():
        yield "a lemma is lower case"
    if frame.pos != "verb" and (frame.when.obj or frame.when.passive is not None):
        yield "only verbs have objects and voice"
    triggers = re.findall(r"\*([^*]+)\*", frame.example)
    if len(triggers) != 1:
        yield "the example shows its trigger once"
        return
    words, lemma = triggers[0].lower().split(), frame.lemma.split()
    if words[:-1] != lemma[:-1] or not could_be(words[-1], lemma[-1]):
        yield f"the example's trigger '{triggers[0]}' is no form of the word"


@pytest.mark.parametrize("event_class", sorted(event_classes()))
def test_entries(event_class: str) -> None:
    frames = [frame for frame in FRAMES if frame.event_class == event_class]
    assert frames
    wrong = [f"{frame.pos} '{frame.lemma}': {fault}" for frame in frames for fault in faults(frame)]
    assert not wrong


def test_every_spelling_of_an_entry_finds_it() -> None:
    entered = {(frame.lemma, frame.pos) for frame in FRAMES}
    for lemma, pos in entered:
        for other in LEXICON.spelling.variants(lemma):
            found = LEXICON.frames_of(other, pos)
            assert found == LEXICON.frames_of(lemma, pos), f"{other} and {lemma} are entered apart"


def test_frames_of_a_word_go_from_the_most_specific_to_the_general() -> None:
    for frames in LEXICON.frames.values():
        specificities = [frame.when.specificity for frame in frames]
        assert specificities == sorted(specificities, reverse=True)


@pytest.mark.parametrize(
    ("lemma", "pos", "expected"),
    [
        ("criticise", "verb", "plover:Accuse"),
        ("organisation", "noun", None),
        ("defence", "noun", "plover:Support"),
        ("airstrike", "noun", "plover:Assault"),
        ("nationalisation", "noun", "plover:Coerce"),
    ],
)
def test_british_spellings(lemma: str, pos: str, expected: str | None) -> None:
    frames = LEXICON.frames_of(lemma, pos)
    assert (frames[0].event_class if frames else None) == expected


def test_compounds() -> None:
    assert LEXICON.compound_frames("air", "strike")[0].event_class == "plover:Assault"
    assert LEXICON.compound_frames("hunger", "strike")[0].event_class == "plover:Protest"
    assert LEXICON.compound_frames("phone", "call")[0].event_class == "plover:Consult"
    assert LEXICON.compound_frames("purple", "strike") == ()


def test_loading_is_deterministic() -> None:
    again = load_lexicon()
    assert again == LEXICON
    assert list(again.frames) == list(LEXICON.frames)


HEAD = "class: plover:Accuse\n"
OWN = "class: own:Recall\nparent: nkg:Other\nname: Product recall\ndefinition: A maker calls goods back.\n"


def events(folder: Path, **files: str) -> Path:
    """Write event files into a user's lexicon folder."""
    (folder / "events").mkdir()
    for name, text in files.items():
        (folder / "events" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_users_entry_replaces_the_built_in_one_and_adds_others(tmp_path: Path) -> None:
    extra = events(tmp_path, mine=HEAD + "verbs:\n  - accuse: They *accuse* him.\n  - flambast\n")
    frames: Lexicon = load_lexicon(extra)
    assert [frame.example for frame in frames.frames_of("accuse", "verb") if not frame.when.specificity] == [
        "They *accuse* him."
    ]
    (added,) = frames.frames_of("flambast", "verb")
    assert (added.agent, added.patient, added.prior) == (("subj",), ("obj",), 0.8)


def test_words_that_yaml_takes_for_booleans_stay_words(tmp_path: Path) -> None:
    extra = events(tmp_path, mine=HEAD + "verbs:\n  - {lemma: frob, patient: on, when: {prep: on}}\n")
    (frame,) = load_lexicon(extra).frames_of("frob", "verb")
    assert frame.patient == ("on",)
    assert frame.when.prep == {"on"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (HEAD + "verbs:\n  - {lemma: frob, agent: moon}\n", ["mine.yaml", "frob", "moon"]),
        (HEAD + "verbs:\n  - {lemma: frob, colour: red}\n", ["mine.yaml", "frob", "colour"]),
        (HEAD + "verbs:\n  - {lemma: frob, prior: 7}\n", ["mine.yaml", "frob", "prior"]),
        (HEAD + "verbs:\n  - {lemma: frob, when: {complement: maybe}}\n", ["mine.yaml", "frob", "maybe"]),
        (HEAD + "verbs:\n  - {lemma: frob, when: {obj_kind: Planet}}\n", ["mine.yaml", "frob", "Planet"]),
        (HEAD + "verbs:\n  - {lemma: frob, lemma: grob}\n", ["mine.yaml", "line 3", "repeated"]),
        (HEAD.replace("Accuse", "Sing") + "verbs:\n  - frob\n", ["mine.yaml", "class", "Sing"]),
        (HEAD + "stance: hostile\nverbs: [frob]\n", ["plover:Accuse is a class of the model", "stance"]),
        (OWN.replace("parent: nkg:Other", "parent: nkg:Othr"), ["own:Recall needs a parent", "nkg:Othr"]),
        (OWN.replace("parent: nkg:Other\n", ""), ["own:Recall needs a parent"]),
        (OWN.replace("name: Product recall\n", ""), ["own:Recall needs a name"]),
        (OWN.replace("own:Recall", "mine:Recall"), ["unknown event class 'mine:Recall'", "own:Name"]),
        (OWN.replace("own:Recall", "own:re call"), ["unknown event class"]),
        (OWN + "stance: cross\n", ["stance", "hostile"]),
        (OWN + "flags: loud\n", ["there is no flag 'loud'", "mutual"]),
        (OWN + "iri: 'https://a.example/> .'\n", ["no http(s) IRI"]),
        (HEAD + "verbs: [frob\n", ["mine.yaml", "not valid YAML"]),
        ("- frob\n", ["mine.yaml", "mapping"]),
        (HEAD + "verbs:\n  - frob\n  - frob\n", ["mine.yaml", "twice", "frob"]),
        (HEAD + 'verbs:\n  - {lemma: frob, patient: on, when: {prep: [on, ""]}}\n', ["empty word"]),
    ],
)
def test_a_broken_file_names_itself_and_the_entry(tmp_path: Path, text: str, parts: list[str]) -> None:
    with pytest.raises(LexiconError) as caught:
        load_events(events(tmp_path, mine=text))
    message = str(caught.value)
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_one_construction_in_two_classes_names_both_files(tmp_path: Path) -> None:
    extra = events(
        tmp_path,
        one=HEAD + "verbs:\n  - frob\n",
        two=HEAD.replace("Accuse", "Aid") + "verbs:\n  - frob\n",
    )
    with pytest.raises(LexiconError, match=r"two\.yaml and .*one\.yaml.*frob"):
        load_events(extra)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="not a folder"):
        load_lexicon(tmp_path / "nowhere")


def test_a_class_of_ones_own_is_a_kind_of_a_class_of_the_model(tmp_path: Path) -> None:
    verbs = "verbs:\n  - recall: Skaldar *recalled* the kettles.\n"
    (tmp_path / "one").mkdir()
    lexicon = load_lexicon(events(tmp_path / "one", recall=OWN + verbs))
    own = lexicon.classes["own:Recall"]
    assert (own.parent, own.name, own.stance, own.iri) == ("nkg:Other", "Product recall", "neutral", None)
    assert [frame.event_class for frame in lexicon.frames_of("recall", "verb")][-1] == "own:Recall"
    assert set(lexicon.classes) - set(LEXICON.classes) == {"own:Recall"}
    (tmp_path / "two").mkdir()
    mobbing = (
        OWN.replace("nkg:Other", "plover:Coerce")
        + "flags: mutual\nstance: neutral\niri: https://a.example/R\n"
    )
    other = load_lexicon(events(tmp_path / "two", recall=mobbing)).classes["own:Recall"]
    assert (other.flags, other.stance, other.iri) == (frozenset({"mutual"}), "neutral", "https://a.example/R")


def test_two_files_on_a_class_of_ones_own_say_the_same(tmp_path: Path) -> None:
    extra = events(tmp_path, one=OWN, two=OWN.replace("goods", "cars"))
    with pytest.raises(LexiconError, match=r"two\.yaml: own:Recall is described otherwise"):
        load_lexicon(extra)
