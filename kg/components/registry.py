"""The registry of components: those chosen by kind and name, from what is built in and what packages plug in."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from kg.components import checks
from kg.components.checks import Plugged
from kg.errors import PluginError, UsageError
from kg.extract.article_facts import BUILT_IN as EXTRACTORS
from kg.extract.seams import Extractors
from kg.plugins import installed, load, package_of, shown, told
from kg.resolve.coreference import BUILT_IN as RESOLVERS
from kg.resolve.seams import Resolvers

GROUP = "kg.components"
OWN = "built-in"
"""The name by which the built-in component of each kind is chosen."""

_Checks = Mapping[str, Callable[..., Any]]
"""By kind what holds a component against what its seam promises."""
_RESOLVERS: _Checks = MappingProxyType({"mention": checks.mentions, "coreference": checks.coreference})
_EXTRACTORS: _Checks = MappingProxyType(
    {
        "statement": checks.statements,
        "role": checks.roles,
        "event": checks.events,
        "relation": checks.relations,
    }
)
KINDS = (*_RESOLVERS, *_EXTRACTORS)


@dataclass(frozen=True, slots=True)
class Components:
    """The components of one build; `stamps` tell by kind which ones were plugged in, and in which version."""

    resolvers: Resolvers
    extractors: Extractors
    stamps: Mapping[str, str] = field(default_factory=dict)


BUILT_IN = Components(RESOLVERS, EXTRACTORS)


def load_components(chosen: Mapping[str, str] | None = None) -> Components:
    """Return the components that are chosen by kind and name; kinds that are not named have the built-in one.

    A plug-in is an entry point `KIND.NAME` of the group `kg.components`: something to be called without arguments
    that gives the component. That can be called as its seam says (`kg.resolve.seams`, `kg.extract.seams`) and has a
    `version`, which changes whenever what it gives may change: articles built by another version are built anew.

    Raises:
        UsageError: there is no such kind, or no such component of that kind.
        PluginError: the component can't be loaded, or is not what its seam promises.

    Example:
        >>> load_components({"event": "alarm"})  # doctest: +SKIP
    """
    resolvers: dict[str, Any] = {}
    extractors: dict[str, Any] = {}
    stamps: dict[str, str] = {}
    for kind, name in sorted((chosen or {}).items()):
        if kind not in KINDS:
            raise UsageError(f"there is no kind of component '{kind}'; there are {', '.join(KINDS)}")
        if name == OWN:
            continue
        plugged, stamps[kind] = _plugged(kind, name)
        if kind in _RESOLVERS:
            resolvers[kind] = partial(_RESOLVERS[kind], plugged)
        else:
            extractors[kind] = partial(_EXTRACTORS[kind], plugged)
    return Components(
        replace(RESOLVERS, **resolvers),
        replace(EXTRACTORS, **extractors, plugged=frozenset(extractors)),
        MappingProxyType(stamps),
    )


def _plugged(kind: str, name: str) -> tuple[Plugged, str]:
    """Return a component of another package, and what tells it from its other versions."""
    points = installed(GROUP)
    point = points.get(f"{kind}.{name}")
    if point is None:
        names = sorted(p.removeprefix(f"{kind}.") for p in points if p.startswith(f"{kind}."))
        near = difflib.get_close_matches(name, names, 1)
        others = f"did you mean '{near[0]}'?" if near else f"installed: {', '.join(names) or 'none'}"
        raise UsageError(f"there is no component '{name}' for {kind}; {others}")
    make = load(point)
    if not callable(make):
        raise PluginError(f"{shown(point)} is {make!r}, nothing to be called that gives the component")
    try:
        component = make()
    except Exception as error:
        raise PluginError(f"{shown(point)} can't be set up: {told(error)}") from error
    if not callable(component):
        raise PluginError(f"{shown(point)} gives {type(component).__name__}, which can't be called")
    version = getattr(component, "version", None)
    if not isinstance(version, str) or not version:
        raise PluginError(f"{shown(point)} tells no version: its component needs a text `version`")
    return Plugged(shown(point), component), f"{point.name} {package_of(point)} {version}"
