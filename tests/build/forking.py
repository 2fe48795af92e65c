"""Loads the model once and then forks for each build that it is asked for, so that builds can be killed cheaply.

Forked from the tests themselves they would hang: Oxigraph's threads do not live on in a fork. Each line of standard
input is a JSON list: what to do, and its arguments. Answered is the fork's number, and when it ends its exit code.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import kg.corpus
import kg.run.into_store
from kg.builder import build, load_resources
from kg.store import ArticleStore, write

# small batches, stretches and transactions, so that there are many moments between them
kg.corpus.BATCH = 150
kg.corpus.STRETCH = 10_000
kg.run.into_store.BATCH = 1_000


def main() -> None:
    """Serve."""
    resources = load_resources()

    def files(shard: str, folder: str) -> None:
        build(shard, out=folder, view=False, resources=resources)

    def store(shard: str, folder: str) -> None:
        build(shard, store=folder, resources=resources)

    def dump(folder: str, file: str) -> None:
        with ArticleStore(folder) as opened, Path(file).open("wb") as out:
            write(opened.ox, "nq", out, shelf=opened.shelf)

    def merge(folder: str, file: str) -> None:
        with ArticleStore(folder) as opened, Path(file).open("wb") as out:
            write(opened.ox, "nt", out)

    deeds = {"files": files, "store": store, "dump": dump, "merge": merge}
    print("ready", flush=True)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        process = os.fork()
        if process == 0:
            code = 1
            try:
                deeds[name](*arguments)
                code = 0
            finally:
                os._exit(code)
        print(process, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
