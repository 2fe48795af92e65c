"""Choose the form of an answer from what a client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# each form's own media type first: only a client that names another for it gets the form by that
ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
TRUTH = ROWS
GRAPH = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/x-turtle": "turtle",
    "text/plain": "ntriples",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
}
PAGE = {"text/html": "html", "application/xhtml+xml": "html"}
MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}


def accepted(header: str | None, offers: Mapping[str, str]) -> str | None:
    """Return the form that the client likes best, the first if it takes anything, None if it takes none."""
    if header is None or not header.strip():
        return next(iter(offers.values()))
    wishes = [wish for part in header[:2000].split(",")[:60] if (wish := _wish(part)) is not None]
    best: tuple[float, int] | None = None
    form = None
    for place, (media, offered) in enumerate(offers.items()):
        quality = _quality(media, wishes)
        if quality > 0 and (best is None or (quality, -place) > best):
            best, form = (quality, -place), offered
    return form


def _wish(part: str) -> tuple[str, float] | None:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                return None
    media = "*/*" if media == "*" else media  # as Java has it
    return (media, quality) if "/" in media else None


def _quality(media: str, wishes: Sequence[tuple[str, float]]) -> float:
    """Return how much the most exact wish for a media type likes it."""
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        for wish, quality in wishes:
            if wish == pattern:
                return quality
    return 0.0
