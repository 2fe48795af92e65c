"""All that a page knows, as JSON has it: what it says of itself, its nodes and edges, the facts and their sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from os.path import commonprefix
from typing import Any

from kg.graph.inflection import irregular
from kg.view import styles
from kg.view.opening import FIRST, FIRST_EDGES
from kg.view.pyvis_network import carry
from kg.view.records import FactRecord, Story
from kg.view.scene import Scene
from kg.view.terms import PREFIXES


def payload(
    scene: Scene, title: str, site: str = "", texts: bool = False
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return all the page knows: what it says of itself, and pyvis's nodes and edges, the facts, their sentences."""
    nodes, edges, _, _, _, options = carry(scene).get_network_data()
    sentences: dict[tuple[str, int, str], int] = {}
    places = {article.iri: k for k, article in enumerate(scene.story.articles)}
    facts = [_fact(fact, scene, sentences) for fact in scene.story.facts]
    base = commonprefix([node["iri"] for node in nodes])  # noqa: RUF071 - letter by letter is right
    base = base[: base.rfind("/") + 1]  # where they share no folder, a name must be the whole IRI
    days = [article.date for article in scene.story.articles if article.date]
    table = styles.load()
    for row in (*nodes, *facts):
        row["iri"] = _short(row["iri"], base)
        for telling in row.get("tel", ()):
            telling[0] = _short(telling[0], base)
    page = {
        "base": base,
        "title": title,
        "site": site,
        "styles": {**table, "events": {**table["events"], **dict(scene.story.classes)}},
        "prefixes": PREFIXES,
        "options": json.loads(options),
        "first": [FIRST, FIRST_EDGES],
        "counts": census(scene.story),
        "days": [min(days), max(days)] if days else [],
        "mapped": _mapped(scene),
        "irregular": irregular(),
    }
    rest = {
        "net": {"nodes": nodes, "edges": edges},
        "facts": facts,
        "sentences": [{"a": places[article], "b": begin, "t": text} for article, begin, text in sentences],
        "articles": [
            {
                "iri": a.iri,
                "id": a.identifier,
                "h": a.headline,
                "d": a.date,
                "au": a.authors,
                "pub": a.publisher,
                "url": a.url,
            }
            | ({"x": a.text} if texts and a.text and a.free else {})
            for a in scene.story.articles
        ],
    }
    return page, rest


def _short(iri: str, base: str) -> str:
    return "~" + iri[len(base) :] if iri.startswith(base) else iri  # no IRI begins so


def _fact(fact: FactRecord, scene: Scene, sentences: dict[tuple[str, int, str], int]) -> dict[str, Any]:
    """Return one fact with short keys; what has its usual value is left out."""
    evidence = []
    for piece in fact.evidence:
        number = sentences.setdefault((piece.article, piece.begin, piece.text), len(sentences))
        evidence.append([number, *([_units(piece.text, b), _units(piece.text, e)] for b, e in piece.marks)])
    row: dict[str, Any] = {"iri": fact.iri, "k": fact.kind, "c": fact.cls, "l": fact.label, "w": fact.words}
    optional: dict[str, Any] = {
        "at": fact.at if fact.at != f"{fact.words} in" else "",
        "s": fact.stance if fact.stance != "neutral" else "",
        "n": scene.number.get(fact.iri),
        "d": fact.date,
        "e": fact.end,
        "m": fact.modality if fact.modality != "Asserted" else "",
        "by": scene.number.get(fact.according_to),
        "f": fact.confidence if fact.confidence != 1.0 else None,
        "t": fact.text,
        "tr": fact.trigger,
        "q": fact.direct or None,
        "cue": fact.cue,
        "th": fact.themes,
        "ev": evidence,
        "tel": [[piece.of, piece.state] for piece in fact.evidence if piece.of],
        # a role without an organisation has no edge to be found by
        "who": [scene.number[i] for i in fact.who("member")]
        if fact.kind == "role" and not fact.who("organization")
        else [],
    }
    return row | {key: value for key, value in optional.items() if value not in ("", None, [], ())}


def _units(text: str, point: int) -> int:
    """Turn a count of code points into one of UTF-16 units, which JavaScript counts in."""
    return len(text[:point].encode("utf-16-le", "surrogatepass")) // 2


def _mapped(scene: Scene) -> bool:
    return any(
        thing.latitude is not None or (thing.kind == "place" and "schema:Country" in thing.classes)
        for thing in scene.story.things
    )


def census(story: Story) -> dict[str, dict[str, int]]:
    """Return how many things, facts and articles there are by kind, and facts by stance, modality and class.

    A quote is neither friend nor foe nor less certain than another, so only `classes` and `kinds` count quotes. The
    page counts by the same rule what passes its filters (`KG.tally`).
    """
    firm = [fact for fact in story.facts if fact.kind != "statement"]
    kinds = [*(thing.kind for thing in story.things), *(fact.kind for fact in story.facts)]
    return {
        "kinds": _count(kinds) | {"article": len(story.articles)},
        "stances": _count(fact.stance for fact in firm),
        "mods": _count(fact.modality for fact in firm),
        "classes": _count(fact.cls for fact in story.facts),
    }


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
