"""Write the page: one HTML file that holds its data, styles and scripts and may load nothing at all."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from rdflib import Graph

from kg.graph.inflection import irregular
from kg.view import palette, styles
from kg.view.fonts import fonts
from kg.view.graph_reader import read
from kg.view.opening import FIRST, FIRST_EDGES, opening
from kg.view.pyvis_network import carry, library
from kg.view.records import FactRecord, Story
from kg.view.roles import joined
from kg.view.scene import Scene, stage
from kg.view.terms import PREFIXES
from kg.view.untrusted import clean

_BIG = 1200  # from so many nodes on, the WebGL renderer travels with the page
_PACKED = 1_000_000  # from so many letters on, the data are packed and read behind the first picture
_CSS = ("base", "stage", "legend", "panel", "facts", "views", "narrow", "print")
_JS = (
    "data", "fonts", "state", "filter", "project", "looks", "labels", "apart", "draw_vis", "hand", "draw_sigma",
    "picture", "dom", "frame", "evidence", "tellings", "reader", "panel", "overview", "pairs", "hover", "search",
    "legend", "time", "timeline", "map", "path", "export", "sparql", "marked", "desk", "edits", "menu", "keys", "acts",
    "notices", "opening", "app",
)  # fmt: skip
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def render_html(
    graph: Graph, title: str = "Who did what to whom", *, site: str = "", texts: bool = False
) -> str:
    """Return the whole page for a graph in the model's vocabulary; the same graph gives the same bytes.

    `site` is the base IRI of the things that the site around the page has pages for; with `texts` the page
    carries the articles' texts, but none whose licence keeps it.
    """
    return render_scene(stage(joined(read(graph))), title, site=site, texts=texts)


def render_scene(scene: Scene, title: str, *, site: str = "", texts: bool = False) -> str:
    """Return the page of a scene; many data are packed, and a small block holds what is drawn first."""
    big = len(scene.spots) >= _BIG
    vis_script, vis_style = library()
    scripts = [
        vis_script,
        *(_vendor(name) for name in (("graphology.umd.min.js", "sigma.min.js") if big else ())),
    ]
    scripts.append("\n".join(_asset(f"js/{name}.js") for name in _JS))
    sheet = vis_style + palette.sheet() + "\n".join(_asset(f"css/{name}.css") for name in _CSS)
    environment = Environment(loader=PackageLoader("kg.view"), autoescape=True, undefined=StrictUndefined)
    page, rest = payload(scene, clean(title), site, texts)
    data = embed({**page, **rest})
    packed = len(data) >= _PACKED
    first = {**page, "opening": opening(scene, rest["net"]["nodes"], rest["facts"])} if packed else None
    return environment.get_template("page.html.j2").render(
        title=clean(title),
        policy=_policy(scripts, sheet),
        sheet=sheet,
        scripts=scripts,
        opening=embed(first),
        data=pack(embed(rest)) if packed else data,
        packed=packed,
        fonts=embed(fonts(data)),
        land=embed(json.loads(_asset("vendor/countries.json"))) if page["mapped"] else "null",
    )


def embed(value: object) -> str:
    """Write JSON that can stand inside a script element: nothing in it can end the element or open a tag."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES).encode("utf-8", "backslashreplace").decode("utf-8")


def payload(
    scene: Scene, title: str, site: str = "", texts: bool = False
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return all the page knows: what it says of itself, and pyvis's nodes and edges, the facts, their sentences."""
    nodes, edges, _, _, _, options = carry(scene).get_network_data()
    sentences: dict[tuple[str, int, str], int] = {}
    places = {article.iri: k for k, article in enumerate(scene.story.articles)}
    facts = [_fact(fact, scene, sentences) for fact in scene.story.facts]
    base = _shared([node["iri"] for node in nodes])
    for row in (*nodes, *facts):
        row["iri"] = _short(row["iri"], base)
        for telling in row.get("tel", ()):
            telling[0] = _short(telling[0], base)
    page = {
        "base": base,
        "title": title,
        "site": site,
        "styles": _styles(scene),
        "prefixes": PREFIXES,
        "options": json.loads(options),
        "first": [FIRST, FIRST_EDGES],
        "counts": census(scene.story),
        "days": _span([article.date for article in scene.story.articles if article.date]),
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


def _span(days: list[str]) -> list[str]:
    """Return the first and the last day, if there is any."""
    return [min(days), max(days)] if days else []


def _styles(scene: Scene) -> dict[str, Any]:
    """Return the styles, with the user's own classes of events among the others."""
    table = styles.load()
    return (
        {**table, "events": {**table["events"], **dict(scene.story.classes)}}
        if scene.story.classes
        else table
    )


def _shared(iris: list[str]) -> str:
    """Return the folder that all IRIs lie in."""
    low, high = min(iris, default=""), max(iris, default="")
    end = next((k for k, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    folder, slash, _ = low[:end].rpartition("/")
    return folder + slash  # nothing, where they share none: a name must then be the whole IRI


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


def _policy(scripts: list[str], sheet: str) -> str:
    """Allow exactly these scripts and this style sheet, pictures made on the page, and nothing else."""
    hashes = " ".join(_sha256(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_sha256(sheet)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _asset(name: str) -> str:
    return resources.files("kg.view").joinpath("assets", *name.split("/")).read_text(encoding="utf-8")


def _vendor(name: str) -> str:
    lines = _asset(f"vendor/{name}").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))


def pack(text: str) -> str:
    """Return text as base64 of its zlib form: no sign in it can end an element.

    >>> unpack(pack("</script>"))
    '</script>'
    """
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def unpack(text: str) -> str:
    """Return what `pack` was given."""
    return zlib.decompress(base64.b64decode(text)).decode("utf-8")


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
