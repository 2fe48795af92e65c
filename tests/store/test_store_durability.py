"""`kill -9` at any moment: the store opens, articles are whole or absent, a second run ends the same."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from store_articles import put, story

from kg.store import ArticleStore, write
from kg.store.spelling import triples_in

HERE = Path(__file__).parent
ARTICLES, BATCH, KILLS = 120, 3, 20


def start(folder: Path, verb: str) -> subprocess.Popen[str]:
    program = HERE / "store_articles.py"
    arguments = [sys.executable, str(program), str(folder), str(ARTICLES), str(BATCH), verb]
    paths = os.pathsep.join([str(HERE.parent), *filter(None, sys.path)])
    environment = {**os.environ, "PYTHONPATH": paths}
    return subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True)


def dump(folder: Path) -> bytes:
    out = io.BytesIO()
    with ArticleStore(folder) as store:
        write(store.ox, "nq", out, shelf=store.shelf)
    return out.getvalue()


def test_twenty_kills_lose_nothing_that_was_whole(tmp_path: Path) -> None:
    chance = random.Random(7)
    whole = {
        verb: {p.doc: len(set(p.triples)) for p in (put(story(n, verb)) for n in range(ARTICLES))}
        for verb in ("met", "thanked")
    }
    undisturbed = tmp_path / "undisturbed"
    started = time.monotonic()
    for verb in whole:
        assert start(undisturbed, verb).wait() == 0
    spent = (time.monotonic() - started) / 2
    folder = tmp_path / "killed"
    begun = 0
    for kill in range(KILLS):
        verb = "met" if kill < KILLS // 2 else "thanked"  # first new articles, then replacements
        process = start(folder, verb)
        assert process.stdout is not None
        process.stdout.readline()  # it has opened the store
        for _ in range(chance.randint(0, 3)):
            process.stdout.readline()
        time.sleep(chance.random() * spent / 40)
        process.send_signal(signal.SIGKILL)
        begun += process.wait() == -signal.SIGKILL
        process.stdout.close()
        with ArticleStore(folder) as store:
            for doc in store.graphs():
                lines = store.shelf.lines(doc)
                assert len(lines) in {whole["met"][doc], whole["thanked"][doc]}, doc
                assert all(quad in store.ox for quad in triples_in(lines)), doc
            said = {line for doc in store.graphs() for line in store.shelf.lines(doc)}
            assert len(store.ox) == len(said)
    assert begun >= KILLS // 2, "the runs ended before they could be killed"
    for verb in whole:
        assert start(folder, verb).wait() == 0
    assert dump(folder) == dump(undisturbed)
