"""Write the page: one HTML file that holds its data, styles and scripts and may load nothing at all."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from rdflib import Graph

from kg.view import palette
from kg.view.fonts import fonts
from kg.view.graph_reader import read
from kg.view.opening import opening
from kg.view.payload import payload
from kg.view.pyvis_network import library
from kg.view.roles import joined
from kg.view.scene import Scene, stage
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
    """Return text as base64 of its zlib form: no sign in it can end an element."""
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")
