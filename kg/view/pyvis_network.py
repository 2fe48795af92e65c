"""Load a scene into a pyvis Network: it carries nodes, edges and options, and brings vis-network."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.view import styles
from kg.view.scene import Scene

if TYPE_CHECKING:
    from pyvis.network import Network

_LIBRARY = "templates/lib/vis-9.1.2"
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 7, "improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "tooltipDelay": 0,
        "keyboard": {"enabled": False},
        "zoomSpeed": 0.6,
    },
    "nodes": {"shape": "dot", "borderWidth": 1.5, "borderWidthSelected": 3, "chosen": False},
    "edges": {"smooth": {"enabled": False}, "chosen": False, "hoverWidth": 0, "selectionWidth": 0},
}


def carry(scene: Scene) -> Network:
    """Fill a pyvis Network: nodes with places and looks, one edge for each part that a thing plays."""
    from pyvis.network import Network  # it loads IPython: half a second that only the page needs
    from pyvis.node import Node

    network = Network(directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    looks = styles.load()["kinds"]
    for k, (kind, label, extra) in enumerate(_nodes(scene)):
        spot = scene.spots[k]
        x, y, *upright = spot.actors
        node = Node(k, looks[kind]["shape"], label, kind=kind, x=x, y=y, size=spot.size, **extra)
        if upright:
            node.options["up"] = upright
        if spot.full != spot.actors:
            node.options["full"] = list(spot.full)
        if spot.rank:
            node.options["rank"] = spot.rank
        if spot.community >= 0:
            node.options["com"] = spot.community
        # not add_node, which searches a list of all nodes for each one
        network.nodes.append(node.options)
    network.node_ids = [node["id"] for node in network.nodes]
    network.node_map = {node["id"]: node for node in network.nodes}
    _add_edges(network, scene)
    return network


def _nodes(scene: Scene) -> list[tuple[str, str, dict[str, Any]]]:
    rows: list[tuple[str, str, dict[str, Any]]] = []
    for thing in scene.story.things:
        extra: dict[str, Any] = {"iri": thing.iri, "m": thing.mentions}
        if thing.aliases:
            extra["aka"] = thing.aliases
        if thing.classes:
            extra["cls"] = thing.classes
        if thing.same_as:
            extra["same"] = thing.same_as
        if thing.latitude is not None and thing.longitude is not None:
            extra["at"] = [round(thing.longitude, 3), round(thing.latitude, 3)]
        rows.append((thing.kind, thing.label, extra))
    rows += [(fact.kind, fact.label, {"iri": fact.iri}) for fact in scene.nodal]
    rows += [("article", article.headline, {"iri": article.iri}) for article in scene.story.articles]
    return rows


def _add_edges(network: Network, scene: Scene) -> None:
    from pyvis.edge import Edge

    number = scene.number
    for index, fact in enumerate(scene.story.facts):
        if fact.kind in {"role", "relation"}:
            ends = [
                [number[i] for i in fact.who(*names)]
                for names in (("member", "subject"), ("organization", "object"))
            ]
            found = [(a, b, fact.kind) for a in ends[0] for b in ends[1]]
        else:
            own = number[fact.iri]
            found = [
                (number[iri], own, part) if part in {"agent", "speaker"} else (own, number[iri], part)
                for part, iri in fact.parts
            ]
        for a, b, part in found:
            network.edges.append(Edge(a, b, directed=False, part=part, fact=index).options)


def library() -> tuple[str, str]:
    """Return pyvis's packaged vis-network, script and style, without source map and toolbar pictures."""
    import pyvis

    base = Path(pyvis.__file__).parent
    script = (base / _LIBRARY / "vis-network.min.js").read_text(encoding="utf-8")
    style = (base / _LIBRARY / "vis-network.css").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S*", "", script), re.sub(r"url\([^)]*\)", "none", style)
