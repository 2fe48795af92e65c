"""Write a graph file or a store in another form: RDF for other stores, networks and entities for other tools."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import StoreError, UsageError
from kg.run.files import File, write_files
from kg.store import FORMS as RDF_FORMS
from kg.store import GraphStore, Shelf, StoreReader, as_dataset, inferred_only, memory_of, to_ftm, write

NETWORK_FORMS = ("graphml", "gexf", "csv")
TABLE_FORMS = ("neo4j", "parquet")
"""Those of several files, which go into a folder."""
FORMS = (*RDF_FORMS, *NETWORK_FORMS, *TABLE_FORMS, "ftm")


def export(source: Path, form: str, out: Path | None = None) -> None:
    """Write a graph file, or the store in a folder, in one of `FORMS`, to a file or to standard output.

    Those of `TABLE_FORMS` are two files, nodes and edges, in the folder `out`.

    The same graph always gives the same bytes. Turtle, N-Triples and what follows them in `FORMS` after
    JSON-LD hold the union of all graphs.

    Raises:
        UsageError: the form is unknown, or needs a folder and `out` is none.
        StoreError: the source can't be read, or what the form needs is not installed.
        OutputError: the file can't be written; what was there before still is.
    """
    if form not in FORMS:
        raise UsageError(f"'{form}' is no form; there are {', '.join(FORMS)}")
    if form in TABLE_FORMS:
        _tables(source, form, out)
        return
    if source.is_file() and form in RDF_FORMS:
        raw, declared = memory_of(source, merged=False)
        _written(out, lambda to: write(raw, form, to, declared, merged=False))
        return
    with opened(source) as (store, base, shelf):
        _written(out, lambda to: _write(store, base, form, to, shelf))


def export_inferred(file: Path, out: Path | None = None) -> int:
    """Write what follows from a graph file by the ontology, and return how many triples that is.

    The ending of `out` tells the form; TriG and N-Quads name the graph `…/inferred`. Without `out` it is
    Turtle on standard output.

    Raises:
        UsageError: the ending of `out` is no form of RDF.
        StoreError: the file can't be read.
        OutputError: the file can't be written.
    """
    form = out.suffix.removeprefix(".") if out is not None else "ttl"
    if form not in RDF_FORMS:
        raise UsageError(f"{out}: the ending is no form of RDF; there are .{', .'.join(RDF_FORMS)}")
    store, base = memory_of(file)
    made = inferred_only(store, base)
    _written(out, lambda to: write(made, form, to, base))
    return len(made) // 2  # each stands in its graph and in the merge


@contextmanager
def opened(source: Path) -> Iterator[tuple[GraphStore, str, Shelf | None]]:
    """Open a graph file, or the store in a folder, for reading; yields Oxigraph's store, the base IRI, packed articles.

    Raises:
        StoreError: it can't be read.
    """
    if source.is_dir():
        with StoreReader(source) as reader:
            yield reader.ox, reader.base, reader.shelf
    else:
        yield *memory_of(source), None


def _write(store: GraphStore, base: str, form: str, out: BinaryIO, shelf: Shelf | None) -> None:
    if form in RDF_FORMS:
        write(store, form, out, base, shelf=shelf)
    elif form == "ftm":
        to_ftm(store, out)
    else:
        from kg.view import to_csv, to_gexf, to_graphml

        writers = {"graphml": to_graphml, "gexf": to_gexf, "csv": to_csv}
        out.write(writers[form](as_dataset(store)))


def _tables(source: Path, form: str, out: Path | None) -> None:
    """Write nodes and edges into a folder, both or none."""
    from kg.view.tables import EDGES, NODES, tables, write_edges, write_nodes, write_parquet

    if out is None or out.is_file():
        raise UsageError(f"{form} is two files, nodes and edges; name a folder for them with --out")
    with opened(source) as (store, _, _):
        found = tables(as_dataset(store))
    if form == "neo4j":
        files = [
            File("nodes.csv", lambda to: write_nodes(found.nodes, to)),
            File("edges.csv", lambda to: write_edges(found.edges, to)),
        ]
    else:
        files = [
            File("nodes.parquet", lambda to: write_parquet(found.nodes, NODES, to)),
            File("edges.parquet", lambda to: write_parquet(found.edges, EDGES, to)),
        ]
    write_files(out, files)


def _written(out: Path | None, write_to: Callable[[BinaryIO], object]) -> None:
    if out is None:
        write_to(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    elif out.is_dir():
        raise StoreError(f"{out}: a folder; name a file")
    else:
        write_files(out.parent, [File(out.name, write_to)])
