"""The knowledge base: made of a dump, asked for links, NIL rather than a guess."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest
from identity_records import BODY, PLACE, record, who, world
from wikidata_dump import ITEMS, item, write_dump

from kg.cli.main import main
from kg.errors import IdentityError, OutputError, UsageError
from kg.identity.kb.base import SQLiteBase
from kg.identity.kb.build import build_kb
from kg.identity.kb.link import link_to, load_linker
from kg.identity.kb.model import EntityLink, Query
from kg.identity.kb.shipped import Shipped
from kg.model import Kind

ENTITY = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kb")
    build_kb(write_dump(folder / "dump.json.bz2"), folder / "kb.sqlite")
    return folder / "kb.sqlite"


@pytest.mark.parametrize("name", ["dump.json", "dump.json.gz", "dump.json.bz2"])
def test_a_dump_gives_its_people_bodies_and_places(tmp_path: Path, name: str) -> None:
    assert build_kb(write_dump(tmp_path / name), tmp_path / "kb.sqlite") == 9
    kb = SQLiteBase(tmp_path / "kb.sqlite")
    assert [c.iri for c in kb.candidates("Omar Reyes", Kind.PERSON)] == [
        ENTITY + f"Q{n}" for n in (1002, 1003, 1004)
    ]
    (lines,) = kb.candidates("NSL", Kind.ORGANIZATION)  # a class below business, known by the dump alone
    assert (lines.label, lines.named, lines.related) == ("Nordskar Lines", False, ("Arken", "Selmaria"))
    (place,) = kb.candidates("Republic of Selmaria", Kind.PLACE)
    assert place.also == ("https://sws.geonames.org/77/",)
    assert kb.candidates("On Omar Reyes", Kind.PERSON) == ()


def test_the_same_dump_gives_the_same_bytes(tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "dump.json")
    for name in ("one", "two"):
        build_kb(dump, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_few_know_can_be_left_out(tmp_path: Path) -> None:
    assert build_kb(write_dump(tmp_path / "dump.json"), tmp_path / "kb.sqlite", least_known=30) == 7


def asked(base: Path, name: str, kind: Kind = Kind.PERSON, **more: object) -> str | None:
    found = link_to(Query(kind, (name,), **more), SQLiteBase(base))  # type: ignore[arg-type]
    return found.iri.removeprefix(ENTITY) if found else None


def test_context_chooses_among_namesakes(base: Path) -> None:
    assert (
        asked(base, "Omar Reyes", neighbours=frozenset({"selmaria"}), fields=frozenset({"politics"}))
        == "Q1002"
    )
    assert (
        asked(base, "Omar Reyes", neighbours=frozenset({"leeds rangers"}), fields=frozenset({"sport"}))
        == "Q1003"
    )


def test_namesakes_without_context_are_nil(base: Path) -> None:
    assert asked(base, "Omar Reyes", begin=2031) is None


def test_a_little_known_thing_needs_context(base: Path) -> None:
    assert asked(base, "Elena Rask") is None


def test_who_works_elsewhere_or_was_not_yet_born_is_another(base: Path) -> None:
    assert asked(base, "Iris Vane") == "Q1011"
    assert (
        asked(base, "Iris Vane", fields=frozenset({"sport"}), neighbours=frozenset({"leeds rangers"})) is None
    )
    assert asked(base, "Iris Vane", begin=1960) is None


def test_a_kind_is_never_crossed(base: Path) -> None:
    assert asked(base, "Nordskar Lines", Kind.PERSON) is None
    assert asked(base, "Nordskar Lines Inc.", Kind.ORGANIZATION) == "Q1005"


def test_a_place_is_the_one_of_the_gazetteer(base: Path) -> None:
    assert asked(base, "Arken", Kind.PLACE, same_as=frozenset({"https://sws.geonames.org/78/"})) == "Q1008"
    assert asked(base, "Arken", Kind.PLACE, same_as=frozenset({"https://sws.geonames.org/5/"})) is None


def test_two_names_of_one_thing_in_the_base_become_one_node(base: Path) -> None:
    linker = load_linker(world(), str(base))
    full = record("a", "Nordskar Lines", BODY, neighbours=("K", "L", "M", "N"))
    short = record("b", "NSL", BODY, neighbours=("Selmaria", "Arken", "P", "Q"))
    assert len(who(full, short).nodes) == 2
    (node,) = who(full, short, linker=linker).nodes
    assert node.same_as == (ENTITY + "Q1005",)


def test_a_linker_can_be_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name = "harbour"

        @staticmethod
        def load() -> object:
            return lambda: lambda query: EntityLink("https://harbour.example/1", 0.9, ("asked",))

    monkeypatch.setattr(metadata, "entry_points", lambda *, group: [Point] if group == "kg.linkers" else [])
    link = load_linker(world(), "harbour")(Query(PLACE, ("Arken",)))
    assert link is not None
    assert link.iri == "https://harbour.example/1"
    with pytest.raises(UsageError, match="installed linkers: harbour"):
        load_linker(world(), "habour")


def test_every_entry_that_ships_is_sound() -> None:
    shipped = Shipped(world())
    (who_,) = shipped.candidates("WHO", Kind.ORGANIZATION)
    assert who_.label == "World Health Organization"
    known = [shipped.place(place.same_as) for place in world().gazetteer.by_key.values() if place.same_as]
    assert len([place for place in known if place]) > 240


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("cut.json.gz", b"\x1f\x8b\x08\x00", "the archive is damaged or cut off"),
        ("no.json.gz", b"[\n{}", "the archive is damaged or cut off"),
        ("bad.json", b'[\n{"id": "Q1", \n]', "line 2: it is no Wikidata item"),
        ("list.json", b"[\n[1]\n]", "line 2: it is no Wikidata item"),
    ],
)
def test_a_bad_dump_gets_one_line_and_nothing_is_left(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(IdentityError, match=told):
        build_kb(tmp_path / name, tmp_path / "kb.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_dump_that_breaks_off_is_told(tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "dump.json.gz")
    dump.write_bytes(dump.read_bytes()[:-40])
    with pytest.raises(IdentityError, match="cut off"):
        build_kb(dump, tmp_path / "kb.sqlite")


def test_an_old_knowledge_base_stays_when_a_new_one_fails(tmp_path: Path) -> None:
    out = tmp_path / "kb.sqlite"
    build_kb(write_dump(tmp_path / "dump.json"), out)
    before = out.read_bytes()
    (tmp_path / "bad.json").write_text("[\nx\n]")
    with pytest.raises(IdentityError):
        build_kb(tmp_path / "bad.json", out)
    assert out.read_bytes() == before
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        build_kb(tmp_path / "dump.json", tmp_path / "file" / "kb.sqlite")


def test_what_is_no_knowledge_base_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("nothing of the kind, but long enough to look at")
    with pytest.raises(IdentityError, match="it is no knowledge base"):
        SQLiteBase(tmp_path / "x.sqlite")
    with pytest.raises(IdentityError, match="no such knowledge base"):
        SQLiteBase(tmp_path / "none.sqlite")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dump = write_dump(tmp_path / "dump.json", [*ITEMS, item(2001, "<script>alert(1)</script>", (5,))])
    assert main(["kb", "build", str(dump), "-o", str(tmp_path / "kb.sqlite")]) == 0
    assert "with 10 things" in capsys.readouterr().out
    assert main(["kb", "build", str(tmp_path / "none.json"), "-o", str(tmp_path / "kb.sqlite")]) == 1
    assert capsys.readouterr().err.startswith("kg: ")
