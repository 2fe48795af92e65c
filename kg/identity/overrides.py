"""The decisions of people on who is who, kept in a readable file that goes before every automatic one.

The file is YAML; `kg merge` and `kg split` add to it, and people may edit it:

    decisions:
    - merge:
      - {node: person/tim-cook, name: Tim Cook, articles: [a1, a2]}
      - {node: person/timothy-d-cook, name: Timothy D. Cook, articles: [a9]}
    - split: {node: person/john-smith, name: John Smith, articles: [a1, a4]}
      apart: [a4, a7]
      by: Ann Lee
      why: the second is a poet

`articles` are a few in which the node was seen, by which it is found again whatever it is called by then; without them
the path alone counts. What the articles after `apart` say of the node is another thing; `apart: all` makes one thing
an article. `by`, `on` and `why` are as they were given, or missing. Decisions are carried out in their order, so a
later one goes before an earlier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import IdentityError, OutputError
from kg.model import Kind

NODE_KINDS = {kind.value.lower(): kind for kind in Kind if kind is not Kind.GROUP}
"""The kinds of nodes, as their paths begin."""
FILE = "identity.yaml"
"""What the file is called where a build finds it by itself: beside its output."""
ALL = "all"
_TOLD = ("by", "on", "why")
SEEN_IN = 5
"""So many articles are kept with a decision, to find its nodes again."""
_HEAD = """\
# Decisions on who is who: they go before what kg build finds by itself, and hold from the next build on.
# kg merge, kg split and kg fix add to them; edit or delete them as you like.
"""


@dataclass(frozen=True, slots=True)
class Ref:
    """A node as a decision names it: its path after the base, its name and some articles (as in DOC) that have it."""

    node: str
    name: str = ""
    articles: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind that the path begins with."""
        return NODE_KINDS[self.node.partition("/")[0]]


@dataclass(frozen=True, slots=True)
class DecisionProvenance:
    """Who decided, when and why, as far as it was said."""

    by: str = ""
    on: str = ""
    why: str = ""


UNTOLD = DecisionProvenance()


@dataclass(frozen=True, slots=True)
class Merge:
    """Two nodes are one thing."""

    one: Ref
    other: Ref
    told: DecisionProvenance = UNTOLD


@dataclass(frozen=True, slots=True)
class Split:
    """What the articles `apart` say of a node is another thing; None: each article speaks of its own."""

    node: Ref
    apart: tuple[str, ...] | None
    told: DecisionProvenance = UNTOLD


Decision = Merge | Split


@dataclass(frozen=True, slots=True)
class Overrides:
    """What people decided, in order; empty when they decided nothing. `source` is what a message calls the file.

    `corrections` are entries as `kg.identity.corrections` reads them.
    """

    decisions: tuple[Decision, ...] = ()
    source: str = FILE
    corrections: tuple[Mapping[str, Any], ...] = ()


def load_overrides(path: Path) -> Overrides:
    """Read the file of decisions; one that isn't there holds none.

    Raises:
        IdentityError: it can't be read, is no YAML, or an entry is no decision; the message says which.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Overrides(source=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise IdentityError(f"{path}: it can't be read: {error}") from error
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise IdentityError(f"{path}: it is no YAML: {' '.join(str(error).split())[:200]}") from error
    if loaded is None:
        return Overrides(source=str(path))
    if not isinstance(loaded, dict) or not loaded or not set(loaded) <= {"decisions", "corrections"}:
        raise IdentityError(f"{path}: it must hold one list, decisions, and perhaps another, corrections")
    listed, corrections = loaded.get("decisions") or [], loaded.get("corrections") or []
    if not isinstance(corrections, list) or not all(isinstance(entry, dict) for entry in corrections):
        raise IdentityError(f"{path}: corrections must be a list")
    if not isinstance(listed, list):
        raise IdentityError(f"{path}: decisions must be a list")
    decisions = tuple(_decision(entry, f"{path}, decision {n}") for n, entry in enumerate(listed, 1))
    return Overrides(decisions, str(path), tuple(corrections))


def save_overrides(path: Path, overrides: Overrides) -> None:
    """Write the file of decisions, whole or not at all.

    Raises:
        OutputError: it can't be written.
    """
    entries = [_entry(decision) for decision in overrides.decisions]
    corrections = (
        {"corrections": [dict(one) for one in overrides.corrections]} if overrides.corrections else {}
    )
    text = _HEAD + yaml.safe_dump(
        {"decisions": entries, **corrections},
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=110,
    )
    beside = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: it can't be written: {error.strerror or error}") from error


def _entry(decision: Decision) -> dict[str, Any]:
    told = told_entry(decision.told)
    if isinstance(decision, Merge):
        return {"merge": [ref_entry(decision.one), ref_entry(decision.other)], **told}
    apart: Any = ALL if decision.apart is None else list(decision.apart)
    return {"split": ref_entry(decision.node), "apart": apart, **told}


def told_entry(told: DecisionProvenance) -> dict[str, Any]:
    """Return who decided, when and why, as the file has it."""
    return {key: value for key, value in asdict(told).items() if value}


def told_of(entry: Mapping[str, Any]) -> tuple[dict[str, Any], DecisionProvenance]:
    """Return what an entry decides, and who, when and why."""
    what = {key: value for key, value in entry.items() if key not in _TOLD}
    return what, DecisionProvenance(
        **{key: " ".join(str(entry[key]).split()) for key in _TOLD if entry.get(key)}
    )


def ref_entry(ref: Ref) -> dict[str, Any]:
    """Return a node as the file has it."""
    entry: dict[str, Any] = {"node": ref.node}
    if ref.name:
        entry["name"] = ref.name
    if ref.articles:
        entry["articles"] = list(ref.articles[:SEEN_IN])
    return entry


def _decision(entry: object, where: str) -> Decision:
    what, told = told_of(entry) if isinstance(entry, dict) else ({}, DecisionProvenance())
    if set(what) == {"merge"}:
        sides = what["merge"]
        if isinstance(sides, list) and len(sides) == 2:
            one, other = (ref_of(side, where) for side in sides)
            return Merge(one, other, told)
        raise IdentityError(f"{where}: merge takes two nodes")
    if set(what) == {"split", "apart"}:
        apart = what["apart"]
        if apart != ALL and not _texts(apart):
            raise IdentityError(f"{where}: apart is a list of articles, or the word {ALL}")
        return Split(ref_of(what["split"], where), None if apart == ALL else tuple(map(str, apart)), told)
    raise IdentityError(f"{where}: it is neither merge: [A, B] nor split: A with apart: [ARTICLE, ...]")


def ref_of(value: object, where: str) -> Ref:
    """Return the node of an entry: its path alone, or with name and articles.

    Raises:
        IdentityError: it is none; `where` says which entry.
    """
    entry = {"node": value} if isinstance(value, str) else value
    if not isinstance(entry, dict) or not set(entry) <= {"node", "name", "articles"}:
        raise IdentityError(f"{where}: a node is its path, or has node, name and articles")
    node, articles = entry.get("node"), entry.get("articles", [])
    if not isinstance(node, str) or node.partition("/")[0] not in NODE_KINDS or not node.partition("/")[2]:
        raise IdentityError(f"{where}: '{node}' is no node; one looks like person/john-smith")
    if articles and not _texts(articles):
        raise IdentityError(f"{where}: articles must be a list")
    return Ref(node, str(entry.get("name", "")), tuple(map(str, articles)))


def _texts(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and bool(value)
