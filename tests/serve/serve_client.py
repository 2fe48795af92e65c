"""Real servers over real HTTP: `kg serve` as a process of its own, and a client that sends what it is told."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

TOKEN = "a-token-for-the-tests"


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def rows(self) -> list[list[str]]:
        """The values of a table in JSON."""
        found = json.loads(self.body)
        names = found["head"]["vars"]
        return [[row.get(n, {}).get("value", "") for n in names] for row in found["results"]["bindings"]]


class Server:
    """A running `kg serve`."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url
        self.sparql = f"{url}sparql"
        self.host = str(urlsplit(url).hostname)
        self.port = int(urlsplit(url).port or 0)

    def send(
        self,
        method: str = "GET",
        path: str = "/sparql",
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> Reply:
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            data = body.encode("utf-8") if isinstance(body, str) else body
            connection.request(method, path, body=data, headers=headers or {})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str | None = None, **params: Any) -> Reply:
        """Ask by GET."""
        pairs = [("query", query), *((k.replace("_", "-"), v) for k, v in params.items())]
        headers = {"Accept": accept} if accept is not None else {}
        return self.send("GET", "/sparql?" + urlencode(pairs, doseq=True, quote_via=quote), headers=headers)

    def update(self, text: str, token: str | None = TOKEN, path: str = "/sparql") -> Reply:
        """Send an update."""
        headers = {"Content-Type": "application/sparql-update"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self.send("POST", path, text, headers)

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(20)


Serve = Callable[..., Server]


@contextmanager
def running(*args: str | Path, token: str | None = None, **patience: float) -> Iterator[Server]:
    """Run `kg serve` with arguments, at a free port, perhaps with less patience for slow clients."""
    less = "".join(f"; patience.{name} = {seconds}" for name, seconds in patience.items())
    program = f"import sys, kg.serve.patience as patience{less}; from kg.__main__ import run; sys.exit(run())"
    environment = {key: value for key, value in os.environ.items() if key != "KG_TOKEN"}
    if token is not None:
        environment["KG_TOKEN"] = token
    command = [sys.executable, "-c", program, "serve", "--workers", "2", "--port", "0", *map(str, args)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert " at http" in line, "the server did not start"
        yield Server(process, line.split(" at ")[1].split("sparql")[0])
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be taken note of does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def at_work(pid: int) -> bool:
    """Whether a process takes a processor's time just now."""

    def ticks() -> int:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    begin = ticks()
    time.sleep(0.1)
    return ticks() - begin > 1


def until(true: Callable[[], bool], patience: float = 20) -> bool:
    """Wait until a function says yes, so many seconds at most; tell whether it did."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False
