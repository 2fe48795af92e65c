"""The folder tree is the pipeline: a room knows only what is below it, heavy libraries have one home."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
BASE = {"model", "errors", "parsed", "plugins", "event_classes", "renaming", "folding", "scoring"}
KNOWS = {
    "model": set(),
    "errors": set(),
    "parsed": {"model"},
    "renaming": {"model"},
    "folding": set(),
    "scoring": {"errors"},
    "plugins": {"errors"},
    "event_classes": {"errors"},
    # the stages never know each other
    "read": BASE,
    "annotate": BASE,
    "world": BASE,
    "lexicon": BASE,
    "heads": BASE | {"annotate", "lexicon"},  # they need the encoder
    "resolve": BASE | {"heads", "world", "lexicon"},
    "extract": BASE | {"heads", "lexicon"},
    "components": BASE | {"heads", "world", "lexicon", "resolve", "extract"},
    "graph": BASE,
    "identity": BASE | {"world", "graph"},  # IRIs, and the triples of judgements
    "store": BASE | {"graph"},
    "querying": BASE | {"graph", "store"},
    "view": BASE | {"graph"},
    "serve": BASE
    | {"graph", "identity", "store", "querying", "view", "version"},  # corrections come from its pages
    "run": BASE | {"graph", "store", "view"},
    "watch": BASE | {"graph", "store", "version"},
    # they meet in the pipeline only
    "pipeline": BASE
    | {"read", "annotate", "heads", "world", "lexicon", "resolve", "extract", "components"}
    | {"graph", "identity", "run"},
    "options": BASE | {"pipeline", "read", "graph", "identity"},
    "corpus": BASE | {"options", "pipeline", "world", "graph", "identity", "store", "run"},
    "builder": BASE | {"options", "corpus", "pipeline", "read", "world", "graph", "identity", "store", "run"},
    "cluster": BASE | {"options", "pipeline", "read", "world", "graph", "identity", "run"},
    "evaluate": BASE | {"options", "pipeline", "builder", "graph"},
    "api": BASE | {"graph", "store", "querying", "view", "run"},
    "export": BASE | {"graph", "store", "view", "run"},
    "explain": BASE | {"pipeline", "read", "graph", "store", "querying"},
    "cli": BASE
    | {
        "builder",
        "explain",
        "options",
        "pipeline",
        "api",
        "cluster",
        "evaluate",
        "export",
        "run",
        "graph",
        "identity",
        "store",
        "querying",
        "serve",
        "version",
        "watch",
    },
    "__init__": {"builder", "api"},
    "__main__": {"cli"},
}
PARTS = {  # of the rooms in the middle: a part knows the modules of its room that are in none, and these parts
    "resolve": {
        "types": set(),
        "mentions": {"types"},
        "references": {"types"},
        "clustering": {"types", "references"},
    },
    "extract": {
        "factuality": set(),
        "labels": {"speech"},
        "roles": set(),
        "speech": set(),
        "events": {"factuality", "labels"},
    },
}
WHOLE = {"coreference", "article_facts", "__init__"}  # where the parts of a room meet
HOMES = {
    "spacy": {"annotate"},
    "rdflib": {"graph", "view"},  # what is drawn is an rdflib graph
    "pyshacl": {"graph"},
    "pyoxigraph": {"store"},
    "networkx": {"view"},
    "pyvis": {"view"},
    "jinja2": {"view", "serve", "evaluate"},
    "oxrdflib": {"store"},
    "followthemoney": {"store"},
    "pandas": {"graph"},
    "onnxruntime": {"annotate"},
    "tokenizers": {"annotate"},
    "starlette": {"serve"},
    "mcp": {"serve"},
    "uvicorn": {"serve"},
    "trafilatura": {"read"},
    "feedparser": {"read"},
    "dateparser": {"read"},
    "pyarrow": {"read", "cluster", "view"},
    "warcio": {"read"},
    "pypdfium2": {"read"},
    "docx": {"read"},
    "markdown_it": {"read"},
    "fsspec": {"read", "cluster"},
    "zstandard": {"cluster"},
    "ray": {"cluster"},
    "nicknames": {"identity"},
    "cleanco": {"identity"},
    "rapidfuzz": {"identity", "resolve", "store"},
    "pydantic": {"lexicon", "evaluate"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def imports(typing_too: bool = True) -> Iterator[tuple[str, str, Path]]:
    """Every import in the package: the room, the module imported, the file."""
    for path in sorted((ROOT / "kg").rglob("*.py")):
        room = path.relative_to(ROOT / "kg").with_suffix("").parts[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        skipped = set()
        if not typing_too:
            guards = [
                n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)
            ]
            skipped = {child for guard in guards for child in ast.walk(guard)}
        for node in ast.walk(tree):
            if node in skipped:
                continue
            if isinstance(node, ast.Import):
                yield from ((room, alias.name, path) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: a relative import"
                yield room, str(node.module), path


def test_each_room_knows_only_what_stands_below_it() -> None:
    wrong = []
    for room, module, path in imports():
        first, _, rest = module.partition(".")
        if first == "kg":
            other = rest.partition(".")[0] or "version"
            if other != room and other not in KNOWS[room]:
                wrong.append(f"{path.relative_to(ROOT)} imports {module}")
    assert wrong == []


def test_each_part_of_a_room_knows_only_what_stands_below_it() -> None:
    wrong = []
    for room, module, path in imports():
        parts = PARTS.get(room, {})
        own, _, named = module.removeprefix("kg.").partition(".")
        if own == room and path.stem not in WHOLE:
            here, there = path.parent.name, named.partition(".")[0]
            if there in WHOLE or (there in parts and there != here and there not in parts.get(here, ())):
                wrong.append(f"{path.relative_to(ROOT)} imports {module}")
    assert wrong == []


def test_heavy_libraries_have_one_home() -> None:
    found = {(room, module.partition(".")[0]) for room, module, _ in imports(typing_too=False)}
    assert [
        (room, library) for room, library in sorted(found) if room not in HOMES.get(library, {room})
    ] == []


def test_every_library_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(line for extra in extras.values() for line in extra)]
    asked = {re.split(r"[^\w-]", line)[0].replace("-", "_").lower() for line in wanted}
    names = {"pyyaml": "yaml", "python_docx": "docx", "markdown_it_py": "markdown_it"}
    asked = {names.get(name, name) for name in asked}
    used = {module.partition(".")[0] for _, module, _ in imports()} - {"kg"}
    assert used - asked - set(sys.stdlib_module_names) == set()


def test_every_module_states_its_duty() -> None:
    for path in (ROOT / "kg").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{path} does not say what it is for"
