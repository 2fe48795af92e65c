"""Render pages: the templates with what they may call, and errors as pages."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kg.errors import KGError
from kg.serve.endpoint import refusal
from kg.serve.negotiate import PAGE, accepted
from kg.serve.web.addresses import Addresses, elsewhere
from kg.serve.web.tellings import gathered
from kg.serve.web.words import MODALITIES, NAMES, local, spoken
from kg.view.untrusted import clean


class Nothing(KGError):  # noqa: N818 - reads as what it says
    """The graph has nothing of that name."""


@dataclass(slots=True)
class Pages:
    """The templates, with the addresses of the graph that is served now.

    `token` is what pages that may correct facts send with it; `source` names in a command what is served.
    """

    addresses: Callable[[], Addresses]
    token: str = ""
    source: str = ""
    _environment: Environment = field(init=False)

    def __post_init__(self) -> None:
        environment = Environment(
            loader=PackageLoader("kg.serve.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "page": lambda iri: self.addresses().page(iri),
            "drawing": lambda iri: self.addresses().graph(iri),
            "elsewhere": elsewhere,
            "gathered": gathered,
            "spoken": spoken,
            "local": local,
            "clean": clean,
            "fix_articles": lambda told: json.dumps([[link.iri, link.label] for link, _, _ in told]),
        }
        environment.globals |= {
            "data_page": lambda iri, ending: self.addresses().data(iri, ending),
            "kind_names": NAMES,
            "modalities": MODALITIES,
            "edit_token": self.token,
            "edit_source": self.source,
        }
        self._environment = environment

    def text(self, template: str, **values: object) -> str:
        """Return a template filled in."""
        found = self._environment.get_template(template).render(**values)
        return found.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate can't be sent

    def show(
        self, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
    ) -> HTMLResponse:
        """Return a page."""
        more = {"Cache-Control": "no-cache", **(headers or {})}
        return HTMLResponse(self.text(template, **values), status, more)

    def wrong(self, request: Request, error: KGError) -> Response:
        """Return what went wrong as a page, or as a line of text for those who want no page."""
        plain = PlainTextResponse(f"{error}\n", 404) if isinstance(error, Nothing) else refusal(error)
        if accepted(request.headers.get("accept"), PAGE) is None:
            return plain
        title = {404: "Nothing here", 504: "That took too long", 503: "Busy"}.get(
            plain.status_code, "That went wrong"
        )
        kept = {name: value for name, value in plain.headers.items() if name == "retry-after"}
        return self.show("error.html.j2", plain.status_code, kept, title=title, message=clean(str(error)))


def named(source: Path) -> str:
    """Return how a command names what is served; by its own name alone, for the folders above are nobody's business."""
    return f"{'--store' if source.is_dir() else '--data'} {shlex.quote(source.name)}"


def asset(name: str) -> bytes:
    """Return a packaged file."""
    return resources.files("kg.serve.web").joinpath("assets", *name.split("/")).read_bytes()
