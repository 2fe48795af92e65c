"""Read the YAML files of a lexicon and say in one line which file and entry is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml  # type: ignore[import-untyped, unused-ignore]
from pydantic import BaseModel, ValidationError

from kg.errors import LexiconError

M = TypeVar("M", bound=BaseModel)

DATA = Path(__file__).parent / "data"

_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_Base: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class WordLoader(_Base):  # type: ignore[misc]
    """A safe loader that leaves every scalar a string: `on`, `no` and `off` are English words here.

    Numbers and booleans come out of the schema, which knows what a field must be; that also halves the time
    of loading, since PyYAML resolves and constructs scalars in Python.
    """

    def resolve(self, kind: type, _value: object, _implicit: object) -> str:
        """Return the tag of a node by its kind alone, which takes a third off the time of loading."""
        return _TAGS[kind]


def read_yaml(path: Path) -> Mapping[str, Any]:
    """Return the mapping that the file holds; all its scalars are strings.

    Raises:
        LexiconError: the file can't be read, is no YAML, repeats a key, or holds no mapping.
    """
    try:
        loader = WordLoader(path.read_bytes())
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        value = _plain(node)
    except OSError as error:
        raise LexiconError(f"{path}: can't be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}:" if mark else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise LexiconError(f"{path}:{where} not valid YAML: {problem}") from error
    if not isinstance(value, dict):
        raise LexiconError(f"{path}: expected a mapping of sections, found {type(value).__name__}")
    return value


def _plain(node: yaml.Node | None) -> object:
    """Turn a node tree into dicts, lists and strings; an empty scalar is None, a repeated key an error."""
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.value or node.style else None
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        value: dict[object, object] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in value:
                raise yaml.MarkedYAMLError(
                    problem=f"the key '{key.value}' is repeated", problem_mark=key.start_mark
                )
            value[key.value] = _plain(item)
        return value
    return None


def validate(path: Path, raw: Mapping[str, Any], model: type[M]) -> M:
    """Check what a file holds against its schema.

    Raises:
        LexiconError: names the file, the entry and the field of the first fault, and how many there are.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        first = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        message = first["msg"].removeprefix("Value error, ")
        raise LexiconError(f"{path}: {_entry(raw, first['loc'])}: {message}{more}") from error


def read(path: Path, model: type[M]) -> M:
    """Read and check one file."""
    return validate(path, read_yaml(path), model)


def _entry(raw: object, loc: tuple[int | str, ...]) -> str:
    """Describe the place of a fault: section, the entry's own words where it has them, field."""
    parts: list[str] = []
    node: Any = raw
    for step in loc:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
        if isinstance(step, int):
            parts.append(f"entry {step + 1} '{_name(node)}'" if node is not None else f"entry {step + 1}")
        else:
            parts.append(str(step))
    return ", ".join(parts) or "the whole file"


def _name(node: object) -> str:
    if isinstance(node, dict) and node:
        for key in ("lemma", "title", "name", "text"):
            if key in node:
                return str(node[key])
        return str(next(iter(node)))
    return str(node)
