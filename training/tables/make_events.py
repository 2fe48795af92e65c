"""Write what other files say of the classes of events, from `ontologies/events/classes.yaml`: run after a change of it.

    python -m training.tables.make_events

Each of these files has a stretch between two marks that is made here: the ontology, the shapes, the vocabulary and two
named queries. A test fails where one is out of date.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg.errors import GraphError
from kg.event_classes import EventClass, event_classes
from kg.graph.ontology import ontology_path

BEGIN = "# -- made by python -m training.tables.make_events: {}"
END = "# -- end of what is made"
CODES = "https://w3id.org/newskg/codes/"
"""What the IRIs of codes of PLOVER and CAMEO begin with, which have none of their own."""
_PACKAGE = Path(__file__).parents[2] / "kg"


def main() -> None:
    """Write every file anew; the same table gives the same bytes."""
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")


def made() -> Mapping[Path, str]:
    """Return the files and what they should hold."""
    classes = list(event_classes().values())
    by_file: dict[Path, dict[str, Callable[[list[EventClass]], str]]] = {
        ontology_path("newskg.ttl"): {"classes": _ontology, "codes": _codes},
        ontology_path("shapes.ttl"): {"list": _listed, "targets": _targets},
        _PACKAGE / "graph" / "vocabulary.py": {"plover": _terms("plover"), "nkg": _terms("nkg")},
        _PACKAGE / "querying" / "queries" / "conflicts.rq": {"hostile": _of_stance("hostile")},
        _PACKAGE / "querying" / "queries" / "cooperation.rq": {"friendly": _of_stance("friendly")},
    }
    out = {}
    for path, parts in by_file.items():
        text = path.read_text(encoding="utf-8")
        for name, write in parts.items():
            text = _with(text, name, write(classes), path)
        out[path] = text
    return out


def _with(text: str, name: str, part: str, path: Path) -> str:
    """Return a text with what stands between the marks of a part replaced."""
    before, mark, rest = text.partition(BEGIN.format(name))
    old, end, after = rest.partition(END)
    if not mark or not end:
        raise GraphError(f"{path.name}: the marks of '{name}' are gone")
    indent = old.rpartition("\n")[2]
    return f"{before}{mark}\n{textwrap.indent(part, indent)}\n{indent}{END}{after}"


def _sorted(classes: Iterable[EventClass]) -> list[EventClass]:
    """Return classes by vocabulary and name."""
    return sorted(classes, key=lambda one: (one.curie.startswith("nkg:"), one.local))


def _ontology(classes: list[EventClass]) -> str:
    out = []
    for one in _sorted(classes):
        codes = [("skos:exactMatch", [f"<{CODES}plover#{one.plover}>"])] if one.plover else []
        if one.cameo:
            codes.append(("skos:closeMatch", [f"<{CODES}cameo#{code}>" for code in one.cameo]))
        lines = [
            f"{one.curie} a owl:Class ;",
            f'    rdfs:label "{one.local.lower()}" ;',
            f'    rdfs:comment "{one.definition}" ;',
            "    rdfs:subClassOf sem:Event ;",
            *(f"    {relation} {', '.join(iris)} ;" for relation, iris in codes),
            f"    nkg:stance nkg:{one.stance.capitalize()} .",
        ]
        out.append("\n".join(lines))
    return "\n\n".join(out)


def _codes(classes: list[EventClass]) -> str:
    """Return the codes of PLOVER and CAMEO as concepts with their notation."""
    found = {("plover", one.plover) for one in classes if one.plover}
    found |= {("cameo", code) for one in classes for code in one.cameo}
    return "\n".join(
        f'<{CODES}{scheme}#{code}> a skos:Concept ; skos:inScheme <{CODES}{scheme}> ; skos:notation "{code}" .'
        for scheme, code in sorted(found)
    )


def _rows(classes: list[EventClass], comma: str = "") -> list[str]:
    names = [one.curie for one in _sorted(classes)]
    rows = [names[i : i + 4] for i in range(0, len(names), 4)]
    return [f"{comma} ".join(row) for row in rows]


def _listed(classes: list[EventClass]) -> str:
    return "\n".join(_rows(classes))


def _targets(classes: list[EventClass]) -> str:
    return "sh:targetClass " + ",\n    ".join(_rows(classes, ",")) + " ;"


def _terms(prefix: str) -> Callable[[list[EventClass]], str]:
    def write(classes: list[EventClass]) -> str:
        names = sorted(one.local for one in classes if one.curie.startswith(f"{prefix}:"))
        return "\n".join(f'"{line}",' for line in textwrap.wrap(" ".join(names), 100))

    return write


def _of_stance(stance: str) -> Callable[[list[EventClass]], str]:
    def write(classes: list[EventClass]) -> str:
        rows = _rows([one for one in classes if one.stance == stance], ",")
        own = f"|| EXISTS {{ ?type nkg:stance nkg:{stance.capitalize()} }}"  # declared in the graph
        return "FILTER (?type IN (\n  " + ",\n  ".join(rows) + f"\n) {own})"

    return write


if __name__ == "__main__":
    main()
