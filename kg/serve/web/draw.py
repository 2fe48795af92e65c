"""A process that draws one graph: the site's base, a title and N-Triples come in, the page goes out."""

from __future__ import annotations

import sys

from kg.graph.terms import Graph
from kg.view import render_html


def main() -> None:
    """Read standard input to its end and write the page to standard output."""
    site = sys.stdin.buffer.readline().decode("utf-8").strip()
    title = sys.stdin.buffer.readline().decode("utf-8").strip()
    graph = Graph(bind_namespaces="none").parse(data=sys.stdin.buffer.read(), format="nt")
    sys.stdout.buffer.write(render_html(graph, title, site=site).encode("utf-8"))


if __name__ == "__main__":
    main()
