"""Write the networkx graph for other programs: GraphML, GEXF, CSV and JSON, the same bytes on every run."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
from rdflib import Graph

from kg.view.graph_reader import read
from kg.view.multigraph import MultiDiGraph, multigraph
from kg.view.palette import palette
from kg.view.scene import stage
from kg.view.untrusted import clean

_PLACED = 20_000
"""Beyond so many things and facts there's no page, and nothing is placed."""
_COLUMNS = (
    "source",
    "source_label",
    "target",
    "target_label",
    "part",
    "label",
    "cls",
    "stance",
    "modality",
    "confidence",
    "date",
)


def _plain(graph: Graph) -> MultiDiGraph:
    """Return the network with only strings and numbers as values, and no character that XML refuses."""
    rich = multigraph(read(graph))
    plain = nx.MultiDiGraph()
    for node, data in rich.nodes(data=True):
        plain.add_node(clean(node), **{key: _flat(value) for key, value in data.items()})
    for source, target, key, data in rich.edges(keys=True, data=True):
        plain.add_edge(clean(source), clean(target), key=clean(key), **{k: _flat(v) for k, v in data.items()})
    return plain


def _looks(graph: Graph) -> dict[str, dict[str, object]]:
    """Return colour, size and place of every node."""
    story = read(graph)
    if len(story.things) + len(story.facts) > _PLACED:
        return {}
    scene = stage(story)
    kinds = {thing.iri: thing.kind for thing in story.things} | {fact.iri: fact.kind for fact in scene.nodal}
    return {
        clean(iri): {
            "color": _rgb("kinds", kinds.get(iri, "article")),
            "size": scene.spots[k].size,
            "position": {"x": scene.spots[k].full[0], "y": -scene.spots[k].full[1], "z": 0},
        }
        for iri, k in scene.number.items()
    }


def _rgb(group: str, name: str) -> dict[str, int]:
    colour = palette()[group].get(name, palette()[group].get("neutral"))[0]
    return {part: int(colour[k : k + 2], 16) for part, k in (("r", 1), ("g", 3), ("b", 5))}


def _flat(value: object) -> str | int | float:
    if isinstance(value, int | float):
        return value
    return clean(" | ".join(value) if isinstance(value, tuple) else str(value)).replace("\t", " ")


def to_graphml(graph: Graph) -> bytes:
    """Return the network as GraphML, for yEd, Gephi and Cytoscape."""
    out = io.BytesIO()
    plain = _plain(graph)
    # keys of parallel edges become ids, which must differ over the whole file and not only between two nodes
    numbered = nx.MultiDiGraph()
    numbered.add_nodes_from(plain.nodes(data=True))
    for k, (source, target, data) in enumerate(plain.edges(data=True)):
        numbered.add_edge(source, target, key=f"e{k}", **data)
    nx.write_graphml_xml(numbered, out, encoding="utf-8", prettyprint=True)
    return out.getvalue() + b"\n"


def to_gexf(graph: Graph) -> bytes:
    """Return the network as GEXF, for Gephi, without the date of writing that networkx puts in.

    Colours, sizes and places are those of the page, up to the size where a page makes sense.
    """
    numbered = nx.MultiDiGraph()
    plain = _plain(graph)
    looks = _looks(graph)
    for node, data in plain.nodes(data=True):
        numbered.add_node(node, **data, **({"viz": looks[node]} if node in looks else {}))
    for k, (source, target, data) in enumerate(plain.edges(data=True)):
        viz = {"color": _rgb("stances", str(data["stance"]))}
        numbered.add_edge(source, target, key=k, id=str(k), **data, viz=viz)
    writer = nx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph(numbered)
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + b"\n"


def to_csv(graph: Graph) -> bytes:
    """Return the edges as CSV, one row each, with the labels of both ends.

    A cell that a spreadsheet would read as a formula is led by an apostrophe.
    """
    plain = _plain(graph)
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for source, target, data in plain.edges(data=True):
        ends = {"source_label": plain.nodes[source]["label"], "target_label": plain.nodes[target]["label"]}
        row = {"source": source, "target": target, **ends, **data}
        writer.writerow(
            {
                k: f"'{v}" if isinstance(v, str) and v.lstrip()[:1] in {"=", "+", "-", "@"} else v
                for k, v in row.items()
            }
        )
    return out.getvalue().encode("utf-8")


def to_json(graph: Graph) -> bytes:
    """Return the network as node-link JSON, which `networkx.node_link_graph(…, edges="edges")` reads back."""
    data = nx.node_link_data(multigraph(read(graph)), edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
