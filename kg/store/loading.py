"""Load graph files into Oxigraph: which formats there are, and one line for a file that is bad."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.graph.assemble import bind_prefixes
from kg.graph.iris import DEFAULT_BASE, check_base
from kg.graph.terms import Dataset, Graph
from kg.store.merged import DEFAULT, merge
from kg.store.terms import RdflibTerms, node, to_ox

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}


def format_of(file: Path) -> ox.RdfFormat:
    """Return the format that the ending of a file's name tells.

    Raises:
        StoreError: it tells none.
    """
    kind = FORMATS.get(file.suffix.lower())
    if kind is None:
        raise StoreError(f"{file}: the ending tells no format; known are {', '.join(FORMATS)}")
    return kind


def file_of(path: Path) -> IO[bytes]:
    """Open a file to read.

    Raises:
        StoreError: it can't be.
    """
    try:
        stream = path.open("rb")
        if stream.peek(3)[:3] == b"\xef\xbb\xbf":  # a mark of the byte order, which Oxigraph takes for a word
            stream.seek(3)
        return stream
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def check_file(file: Path, graph: str | None = None) -> None:
    """Read a graph file from begin to end without loading it.

    Loading in bulk writes as it reads: a mistake in the last line would leave all lines before it.

    Raises:
        StoreError: the ending tells no format, the file can't be read, or its syntax is bad.
    """
    kind = format_of(file)
    if graph is not None and node(graph) and kind.supports_datasets:
        raise StoreError(f"{file}: it names its graphs itself; leave out the graph")
    with file_of(file) as stream, _told(file):
        for _ in ox.parse(stream, kind, base_iri=file.resolve().as_uri()):
            pass


def quads_of(stream: IO[bytes], file: Path, plain: str) -> Iterator[ox.Quad]:
    """Yield the quads of a graph file, those without a graph in the graph `plain`.

    Raises:
        StoreError: the ending tells no format, or the syntax is bad; the message says where.
    """
    graph = node(plain)
    with _told(file):
        for quad in ox.parse(
            stream, format_of(file), base_iri=file.resolve().as_uri(), rename_blank_nodes=True
        ):
            named = quad.graph_name != DEFAULT
            yield quad if named else ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def names_in(file: Path, plain: str) -> list[str]:
    """Return the names of the graphs in a file, sorted; of triples without one it is `plain`.

    Raises:
        StoreError: the ending tells no format, the file can't be read, or its syntax is bad.
    """
    if not format_of(file).supports_datasets:
        return [plain]
    with file_of(file) as stream:
        names = {quad.graph_name for quad in quads_of(stream, file, plain)}
    return sorted(name.value for name in names if isinstance(name, ox.NamedNode))


def memory_of(file: Path, merged: bool = True) -> tuple[ox.Store, str]:
    """Load a graph file into a store in memory; return it and the base IRI that the file declares.

    `merged` says that the default graph is to hold the named graphs too, as in a store on disk.

    Raises:
        StoreError: the ending tells no format, the file can't be read, or its syntax is bad.
    """
    store = ox.Store()
    with file_of(file) as stream, _told(file):
        store.bulk_load(stream, format_of(file), base_iri=file.resolve().as_uri())
    if merged:
        merge(store)
    return store, declared_base(file) or DEFAULT_BASE


def load_graph(file: Path) -> Graph:
    """Return the graph in a file as rdflib has it; of named graphs a dataset whose default graph is the union of all.

    Nothing is fetched: JSON-LD is read only where its context stands in the file.

    Raises:
        StoreError: the ending tells no format, the file can't be read, or its syntax is bad.
    """
    kind = format_of(file)
    whole: Graph = Dataset(default_union=True) if kind.supports_datasets else Graph(bind_namespaces="none")
    bind_prefixes(whole)
    term = RdflibTerms().__getitem__
    parts: dict[object, Graph] = {DEFAULT: whole}
    with file_of(file) as stream, _told(file):
        for quad in ox.parse(stream, kind, base_iri=file.resolve().as_uri()):
            name = quad.graph_name
            if name not in parts and isinstance(whole, Dataset):
                parts[name] = whole.graph(term(name))
            parts[name].add((term(quad.subject), term(quad.predicate), term(quad.object)))  # type: ignore[arg-type]
    return whole


def copied(graph: Graph) -> ox.Store:
    """Return an rdflib graph or dataset as a store in memory, whose default graph is the merge of all.

    Raises:
        StoreError: it holds a term that is no RDF, such as an IRI with a space.
    """
    store = ox.Store()
    if not isinstance(graph, Dataset):
        store.bulk_extend(_as_quads(graph, DEFAULT))
        return store
    for part in graph.graphs():
        store.bulk_extend(_as_quads(part, DEFAULT if part == graph.default_graph else to_ox(part.identifier)))
    merge(store)
    return store


def _as_quads(graph: Graph, name: object) -> Iterator[ox.Quad]:
    return (ox.Quad(*(to_ox(term) for term in triple), name) for triple in graph)  # type: ignore[call-arg, arg-type]


def declared_base(file: Path) -> str | None:
    """Return the base IRI that a Turtle or TriG file begins with, if it has one that instances can have.

    Raises:
        StoreError: the ending tells no format, the file can't be read, or its syntax is bad.
    """
    kind = format_of(file)
    if kind not in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG}:
        return None
    with file_of(file) as stream, _told(file):
        parser = ox.parse(stream, kind)
        next(parser, None)
        base = parser.base_iri
    try:
        return base if base is not None and check_base(base) == base else None
    except UsageError:
        return None


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Turn what a parser says into a StoreError with the file and the line."""
    try:
        yield
    except Exception as error:
        if "LoadDocumentCallback" in str(error):
            raise StoreError(f"{file}: its JSON-LD context lies elsewhere and is not fetched") from error
        if isinstance(error, SyntaxError):
            place = f", line {error.lineno}" if error.lineno else ""
            raise StoreError(f"{file}{place}: {one_line(error.msg)}") from error
        if isinstance(error, OSError | ValueError):
            raise StoreError(f"{file}: {one_line(error)}") from error
        raise


def one_line(error: object) -> str:
    """Return a message as one line of a bearable length."""
    return " ".join(str(error).split())[:300]
