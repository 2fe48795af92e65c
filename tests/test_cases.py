"""Texts and what must be read off them, one phenomenon each, from `tests/cases`; a new case needs no Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import article

from kg.annotate import annotate
from kg.builder import Resources
from kg.extract import extract
from kg.model import Facts, Modality, Span
from kg.resolve import resolve

HERE = Path(__file__).parent
KNOWN = yaml.safe_load((HERE / "known_failures.yaml").read_text(encoding="utf-8")) or {}


def cases() -> list[Any]:
    """Every case with its first words as its name; known failures are expected to fail, strictly."""
    out = []
    for path in sorted((HERE / "cases").glob("*/*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            name = f"{path.parent.name}/{path.stem}: {' '.join(case['text'].split()[:9])}"
            reason = KNOWN.get(name)
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            out.append(pytest.param(case, id=name, marks=marks))
    return out


@pytest.mark.model
@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], resources: Resources) -> None:
    """What the case asks for is among the facts of its text, and what it forbids is not."""
    facts = _facts(case, resources)
    names = {e.id: e.name for e in facts.entities}
    for name, wanted in case.get("entities", {}).items():
        found = [e for e in facts.entities if e.name == name]
        assert found, f"no entity {name!r} among {sorted(names.values())}"
        assert found[0].kind == wanted["kind"]
        words = {m.span.of(case["text"]) for m in found[0].mentions}
        assert set(wanted.get("mentions", ())) <= words
        whole = {m.phrase.of(case["text"]) for m in found[0].mentions if m.phrase is not None}
        assert set(wanted.get("phrases", ())) <= whole
        assert set(wanted.get("aliases", ())) <= {*found[0].aliases, *found[0].former_names}
        if "same_as" in wanted:  # the end of its IRI, or nothing where the text doesn't tell
            assert "".join(found[0].same_as).endswith(str(wanted["same_as"] or "")) and bool(
                wanted["same_as"]
            ) == bool(found[0].same_as)
    assert not set(case.get("absent", ())) & set(names.values())
    spoken = {m.span.of(case["text"]) for e in facts.entities for m in e.mentions}
    assert not set(case.get("silent", ())) & spoken
    _listed(case, "roles", [_role(r, names) for r in facts.roles])
    _listed(case, "statements", [_statement(s, names) for s in facts.statements])
    _listed(
        case,
        "relations",
        [f"{names[r.subject]} | {r.predicate} | {names[r.object]}" for r in facts.relations],
    )
    events = [_event(e, names) for e in facts.events]
    for wanted in case.get("events", ()):
        assert any(_agrees(wanted, e) for e in events), f"{wanted!r} is not among {events}"
    assert not set(case.get("none", ())) & {e.trigger for e in facts.events}


def _facts(case: dict[str, Any], resources: Resources) -> Facts:
    text = case["text"]
    title = Span(0, text.index("\n")) if case.get("headline") else None
    source = article(text, date=case.get("date"), title_span=title)
    parsed = next(iter(annotate([source], resources.nlp)))
    reading = resources.reader.read(parsed, resources.lexicon)
    resolved = resolve(parsed, resources.lexicon, resources.world, reading)
    return extract(resolved, reading, resources.lexicon)


def _listed(case: dict[str, Any], kind: str, found: list[str]) -> None:
    if kind not in case:
        return
    assert set(case[kind]) <= set(found), f"{case[kind]} is not within {found}"
    if not case[kind]:
        assert not found


def _role(role: Any, names: dict[str, str]) -> str:
    tense = "former" if role.former else "now"
    told = "" if role.modality is Modality.ASSERTED else f" | {role.modality.value}"
    return f"{names[role.person]} | {role.title} | {names.get(role.organization, '-')} | {tense}{told}"


def _statement(said: Any, names: dict[str, str]) -> str:
    speakers = " & ".join(names.get(who, "-") for who in (said.speaker, *said.co_speakers))
    return f"{speakers} | {'direct' if said.direct else 'indirect'} | {said.text}"


def _event(event: Any, names: dict[str, str]) -> tuple[str, ...]:
    sets = (
        ", ".join(sorted(names[x] for x in xs)) or "-" for xs in (event.agents, event.patients, event.places)
    )
    time = event.time.begin if event.time else "-"
    return (event.event_class.split(":")[1], *sets, time, event.modality.value)


def _agrees(wanted: str, event: tuple[str, ...]) -> bool:
    parts = [", ".join(sorted(p.strip() for p in part.split(","))) for part in wanted.split(" | ")]
    return all(want in ("*", have) for want, have in zip(parts, event, strict=True))
