"""Files of one name in different folders, or of one name and several endings: each gets an id of its own.

An id is the file's path below the root that the user named, without its ending. Where two files of a run would
get the same one, each gets as much more of its own path as tells them all apart.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath, PurePosixPath
from typing import TypeVar

from kg.read.record import Blob

_PACKED = ".gz"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class OwnId:
    """What a file is called in the graph: its label, and the key that ids are made from."""

    label: str
    key: str


def told_apart(files: Callable[[], Iterable[Blob]], endings: Collection[str]) -> Mapping[str, OwnId]:
    """Return the names, by `Blob.name`, of those files whose ids would be another file's, too.

    `files` lists the files of a run, without opening them; it is called again only where ids meet.
    A file that is named twice keeps one name. `endings` are those that ids are made without.
    """
    once: set[int] = set()
    twice: set[int] = set()
    for blob in files():
        # numbers, not names: a run may have a million files
        number = hash(_id(blob.key, endings))
        (twice if number in once else once).add(number)
    if not twice:
        return {}
    groups: dict[str, list[str]] = defaultdict(list)
    for blob in files():
        key = _id(blob.key, endings)
        if hash(key) in twice:
            groups[key].append(blob.name)
    found: dict[str, OwnId] = {}
    meeting = {key: list(dict.fromkeys(names)) for key, names in sorted(groups.items())}
    meeting = {key: names for key, names in meeting.items() if len(set(map(os.path.realpath, names))) > 1}
    taken = once.difference(map(hash, meeting))
    for names in meeting.values():
        found |= _named(names, endings, taken)
    return found


def renamed(blob: Blob, names: Mapping[str, OwnId]) -> Blob:
    """Return `blob` with the name that tells it apart, if it needs one."""
    name = names.get(blob.name)
    return blob if name is None else replace(blob, label=name.label, key=name.key)


def repeated(keys: Iterable[_T]) -> frozenset[_T]:
    """Return the keys that come more than once."""
    return frozenset(key for key, count in Counter(keys).items() if count > 1)


def _named(names: list[str], endings: Collection[str], taken: set[int]) -> dict[str, OwnId]:
    """Return the shortest ends of the paths that differ from each other and from what is `taken`."""
    places = {name: (os.path.dirname(name), _id(PurePath(name).name, endings)) for name in names}  # noqa: PTH120
    siblings = repeated(places.values())
    for parts in _ends(names):
        labels = {name: "/".join(part) for name, part in parts.items()}
        keys = {
            name: label if places[name] in siblings else _id(label, endings) for name, label in labels.items()
        }
        numbers = {hash(key) for key in keys.values()}
        if len(numbers) == len(names) and not numbers & taken:
            taken |= numbers
            return {name: OwnId(labels[name], keys[name]) for name in names}
    return {}


def _ends(names: Iterable[str]) -> Iterator[dict[str, tuple[str, ...]]]:
    """Yield the last part of each path, then the last two, and so on; at the end the paths from the root."""
    given = {name: _parts(os.path.normpath(name)) for name in names}
    for depth in range(1, max(map(len, given.values())) + 1):
        yield {name: parts[-depth:] for name, parts in given.items()}
    yield {name: _parts(os.path.realpath(name)) for name in given}


def _parts(path: str) -> tuple[str, ...]:
    pure = PurePath(path)
    return tuple(part for part in pure.parts if part not in {"..", pure.anchor})


def _id(key: str, endings: Collection[str]) -> str:
    """Return what is left of a file's name when it was unpacked and read."""
    key = key.removesuffix(_PACKED)
    ending = PurePosixPath(key).suffix
    return key[: -len(ending)] if ending and ending.lower() in endings else key
