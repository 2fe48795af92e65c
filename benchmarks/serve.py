# ruff: noqa: E501 - a table stands on one line
"""Load `kg serve` with many clients while slow queries are cut off, and write benchmarks/serve.md."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "view")]

from view_stories import synthetic  # noqa: E402

PEOPLE = "SELECT ?p { ?p a schema:Person } ORDER BY ?p LIMIT 200"
ASKED = {
    "is there such a person (ASK)": "ASK {{ <{0}> a schema:Person }}",
    "all of one person": "SELECT ?p ?o {{ <{0}> ?p ?o }}",
    "whom a person acts on, by name": "SELECT ?class ?other {{ ?e nkg:agent <{0}> ; a ?class ; nkg:patient/rdfs:label ?other }} LIMIT 50",
    "the neighbourhood as a graph": "CONSTRUCT {{ ?s ?p <{0}> . <{0}> ?q ?o }} WHERE {{ {{ ?s ?p <{0}> }} UNION {{ <{0}> ?q ?o }} }} LIMIT 200",
    "a page of people by name": "SELECT ?p ?name {{ ?p a schema:Person ; rdfs:label ?name }} ORDER BY ?name OFFSET {1} LIMIT 20",
}
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER (?c != ?f) }"
LIMIT = 3  # seconds that a query may take


@dataclass
class Tally:
    """What came back: seconds by kind of query, and how often each status."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[str] = field(default_factory=Counter)
    slow: list[float] = field(default_factory=list)


class Client:
    """One connection, kept open as long as the server keeps it."""

    def __init__(self, host: str, port: int) -> None:
        self._where = (host, port)
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, query: str) -> tuple[int, bytes]:
        """Send a query and return the status and the body."""
        if self._open is None:
            self._open = await asyncio.open_connection(*self._where)
        reader, writer = self._open
        body = query.encode("utf-8")
        writer.write(
            f"POST /sparql HTTP/1.1\r\nHost: {self._where[0]}\r\nContent-Type: application/sparql-query\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].split("\r\n")[0])
        return int(head.split()[1]), await reader.readexactly(length)

    def close(self) -> None:
        """Close the connection."""
        if self._open is not None:
            self._open[1].close()
            self._open = None


async def quick(client: Client, people: list[str], end: float, chance: random.Random, tally: Tally) -> None:
    """Ask one quick query after the other until the end."""
    while time.monotonic() < end:
        kind = chance.choice(list(ASKED))
        query = ASKED[kind].format(chance.choice(people), chance.randrange(0, 2000, 20))
        begin = time.monotonic()
        try:
            async with asyncio.timeout(60):
                status, _ = await client.ask(query)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            tally.statuses[type(error).__name__] += 1
            client.close()
            continue
        tally.statuses[str(status)] += 1
        tally.seconds[kind].append(time.monotonic() - begin)
    client.close()


async def slow(client: Client, end: float, tally: Tally) -> None:
    """Ask one query that takes too long after the other until the end."""
    while time.monotonic() < end:
        begin = time.monotonic()
        status, _ = await client.ask(SLOW)
        if status != 504:
            tally.statuses[f"slow {status}"] += 1
        tally.slow.append(time.monotonic() - begin)
    client.close()


async def load(url: str, clients: int, seconds: float, slow_ones: int) -> Tally:
    """Return what the clients met."""
    where = urlsplit(url)
    host, port = str(where.hostname), int(where.port or 0)
    first = Client(host, port)
    status, body = await first.ask(PEOPLE)
    assert status == 200, body
    people = [part.split(b'"')[0].decode() for part in body.split(b'"value":"')[1:]]
    first.close()
    tally, end = Tally(), time.monotonic() + seconds
    chances = [random.Random(n) for n in range(clients)]
    asking = [quick(Client(host, port), people, end, chance, tally) for chance in chances]
    await asyncio.gather(*asking, *(slow(Client(host, port), end, tally) for _ in range(slow_ones)))
    return tally


def memory(pid: int) -> float:
    """Return the resident memory of a process and its children, in MiB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    pages = sum(int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in (pid, *children))
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def at(values: list[float], part: float) -> float:
    """Return a percentile in milliseconds."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] * 1000


def row(name: str, values: list[float]) -> str:
    """Return a line of the table."""
    return f"| {name} | {len(values):,} | {at(values, 0.5):.0f} | {at(values, 0.95):.0f} | {at(values, 0.99):.0f} | {max(values) * 1000:.0f} |"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--actors", type=int, default=5000)
    parser.add_argument("--facts", type=int, default=20000)
    asked = parser.parse_args()
    busy = os.getloadavg()[0]
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nt"
        graph = synthetic(asked.actors, asked.facts)
        graph.serialize(file, format="nt", encoding="utf-8")
        for slow_ones in (0, 1):
            command = [sys.executable, "-m", "kg", "serve", file, "--port", "0", "--timeout", str(LIMIT)]
            server = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
            try:
                assert server.stdout is not None
                url = server.stdout.readline().split(" at ")[1].split()[0]
                tally = asyncio.run(load(url, asked.clients, asked.seconds, slow_ones))
                used = memory(server.pid)
                server.send_signal(signal.SIGTERM)
                assert server.wait(20) == 0
            finally:
                server.kill()
            everything = [seconds for found in tally.seconds.values() for seconds in found]
            wrong = {status: n for status, n in tally.statuses.items() if status != "200"}
            title = "and meanwhile one client whose every query is too slow" if slow_ones else "nothing else"
            lines += [
                f"\n## {asked.clients} clients, {title}\n",
                f"{len(everything):,} queries in {asked.seconds:.0f} s ({len(everything) / asked.seconds:.0f} a second), "
                f"errors: {wrong or 'none'}; server and workers together {used:.0f} MiB at the end.\n",
                "| query | times | p50, ms | p95, ms | p99, ms | longest, ms |",
                "|---|---:|---:|---:|---:|---:|",
                *(row(kind, tally.seconds[kind]) for kind in ASKED),
                row("**all**", everything),
            ]
            if slow_ones:
                lines.append(
                    f"\nThe slow ones: {len(tally.slow)}, each ended with status 504, "
                    f"{min(tally.slow):.2f} to {max(tally.slow):.2f} s after it was sent; the limit is {LIMIT} s."
                )
    head = (
        "# The endpoint under load\n\n"
        f"One run of `python benchmarks/serve.py`: {os.cpu_count()} cores, which server, workers and clients share, "
        f"Python {platform.python_version()}; load of the machine before it began: {busy:.1f}. A synthetic graph of {len(graph):,} triples, served with the defaults "
        f"(3 workers) but a time limit of {LIMIT} s. Each client sends its next query when it has the answer to the "
        "last; the queries are drawn at random, each for a person drawn at random.\n"
    )
    text = head + "\n".join(lines) + "\n"
    (ROOT / "benchmarks" / "serve.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
