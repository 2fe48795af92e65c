"""Turn the IRIs of a graph into addresses of this server's pages and back, safe for any IRI.

What an IRI names is a thing, not a page about it, so the thing and its documents have addresses of their own:
`/page/person/mira-tessel` for people, `/data/person/mira-tessel.ttl` for programs, and where the base IRI's
path stands on this server, the IRI itself answers 303 See Other ("Cool URIs for the Semantic Web",
https://www.w3.org/TR/cooluris/, section 4.2). Any other IRI goes into a parameter: `/page?iri=…`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kg.graph.iris import is_writable
from kg.view.untrusted import web_address

_SAFE = "/~!$&'()*+,;=:@-._"
_FRAGMENT = re.compile(r"char=\d+,\d+|title")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)
ENDINGS = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml"}
"""The endings of documents for programs, and the forms they have."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a graph whose instances live under `base`."""

    base: str

    @property
    def path(self) -> str:
        """The path under which instance IRIs themselves are asked for, such as `/newskg/`."""
        return urlsplit(self.base).path or "/"

    def page(self, iri: str) -> str:
        """Return the address of the page about a thing; a span of text is a place in its article."""
        document, hash_, fragment = iri.partition("#")
        if _FRAGMENT.fullmatch(fragment) or not hash_:
            rest = self._rest(document)
            if rest is not None:
                return f"/page/{quote(rest, safe=_SAFE)}" + (
                    f"#{quote(fragment, safe='=,')}" if fragment else ""
                )
        return f"/page?iri={quote(iri, safe='', errors='replace')}"

    def data(self, iri: str, ending: str) -> str:
        """Return the address of what the graph says of a thing, as a document for programs."""
        rest = self._rest(iri)
        if rest is not None:
            return f"/data/{quote(rest, safe=_SAFE)}.{ending}"
        return f"/data?iri={quote(iri, safe='', errors='replace')}&form={ending}"

    def graph(self, iri: str) -> str:
        """Return the address of the drawing of a thing's neighbourhood."""
        return f"/graph?iri={quote(iri, safe='', errors='replace')}"

    def iri(self, rest: str) -> str:
        """Return the IRI of what `/page/` and `/data/` call `rest`."""
        return self.base + rest

    def _rest(self, iri: str) -> str | None:
        """Return what follows the base, if a path can say it: nothing that a browser would resolve or decode."""
        if not iri.startswith(self.base):
            return None
        rest = iri[len(self.base) :]
        segments = rest.split("/")
        plain = is_writable(rest) and not re.search(r"[%?#\\]", rest)
        return rest if plain and all(s not in {"", ".", ".."} for s in segments) else None


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI that can be asked for."""
    return len(text) <= 4000 and is_writable(text) and _ABSOLUTE.fullmatch(text) is not None


def elsewhere(iri: str) -> str:
    """Return an address on the web to link to, or an empty string: no other scheme becomes a link."""
    return web_address(iri) if is_writable(iri) else ""
