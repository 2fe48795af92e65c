"""Hand out the packaged scripts, styles, typefaces and pictures, and vis-network as pyvis packages it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.web.pages import Nothing, asset
from kg.view import palette
from kg.view.fonts import font_faces, font_file, font_files
from kg.view.pyvis_network import library

_MEDIA = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2"}
_NAMES = (
    "app.css", "edits.js", "editor.css", "theme.js", "app.js", "article.js", "graph.js", "query.js", "results.js",
    "vendor/yasqe.min.js", "vendor/yasqe.min.css", "icon.svg",
)  # fmt: skip
_PALETTE, _STYLE, _EDITS = "palette.css", "app.css", "edits.js"
_SHEETS = ("base", "things", "article", "query", "graph", "edits")
_VIEW = resources.files("kg.view") / "assets"
_VIS = {"vendor/vis-network.js": 0, "vendor/vis-network.css": 1}


class Assets:
    """The files under `/static/`."""

    async def file(self, request: Request) -> Response:
        """Give one file, or say that the client has it already."""
        name = str(request.path_params["name"])
        if name not in {*_NAMES, *_VIS, *font_files(), _PALETTE}:
            raise Nothing(f"{request.url.path}: there is no such file")
        body, tag = _read(name)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=_MEDIA[name.rpartition(".")[2]], headers=headers)


@cache
def _read(name: str) -> tuple[bytes, str]:
    if name in _VIS:
        body = library()[_VIS[name]].encode("utf-8")
    elif name == _EDITS:
        # the dialogs of the graph's own page, on the pages of the site
        parts = [(_VIEW / "js" / part).read_text(encoding="utf-8") for part in ("dom.js", "edits.js")]
        begin = '"use strict";\nconst KG = {};'
        body = "\n".join([begin, *parts, asset(name).decode("utf-8")]).encode("utf-8")
    elif name == _STYLE:
        body = b"".join(asset(f"css/{part}.css") for part in _SHEETS)
    elif name == _PALETTE:
        body = (font_faces() + palette.sheet()).encode("utf-8")
    else:
        body = font_file(name) if name in font_files() else asset(name)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
