"""`kg mcp`: let an assistant ask a graph."""

from __future__ import annotations

from kg.cli.options import GraphFile, Store, Timeout, source_of


def mcp(
    file: GraphFile = None,
    store: Store = None,
    timeout: Timeout = 10,
) -> None:
    """Answer an assistant over standard input and output, by the Model Context Protocol.

    It can run the named queries, search, read what is known of a thing and the sentences behind it, and ask
    SPARQL; nothing can be changed, and nothing is asked of other hosts. Needs pip install 'newskg[mcp]'. An
    assistant starts it itself: give it the command with whole paths.

    \b
    Examples:
      kg mcp --store /data/news.db
      kg mcp /data/output/graph.ttl
    """
    source = source_of(file, store, option=None)
    from kg.serve import Limits
    from kg.serve.assistant import serve_assistant

    serve_assistant(source, Limits(seconds=timeout, workers=1))
