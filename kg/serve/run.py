"""Run the server: one process that listens, and the workers that answer."""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn

from kg.errors import UsageError
from kg.serve.app import Settings, create_app
from kg.serve.edits import Edits
from kg.serve.engine import Engine
from kg.serve.guard import LOOPBACK
from kg.serve.patience import PatientProtocol
from kg.serve.web import web_routes
from kg.serve.workers import Limits

_CONNECTIONS = 256
_HEAD_BYTES = 65_536
_LAST_QUERIES, _LAST_ANSWERS = 2, 5
"""How many seconds queries may still run, and answers be sent, after the server was told to stop."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; only if `public` may it be an address that other machines reach."""

    host: str = "127.0.0.1"
    port: int = 8080
    public: bool = False


def run(
    source: Path,
    address: Address = Address(),
    limits: Limits = Limits(),  # noqa: B008 - frozen
    settings: Settings = Settings(),  # noqa: B008 - frozen
    on_ready: Callable[[str], None] | None = None,
    decisions: Path | None = None,
) -> None:
    """Serve a store or graph file until SIGINT or SIGTERM; the workers end before it returns.

    `on_ready` is called with the server's own address once connections are taken. `decisions` is the file that
    corrections are kept in, if it is not identity.yaml beside the source.

    Raises:
        UsageError: there is nothing to serve, the address can't be had, or updates are allowed on a file.
        StoreError: the store can't be opened.
    """
    engine = Engine(source, limits, decisions)
    engine.check()
    if settings.token is not None and engine.is_file:
        raise UsageError(f"{source}: updates need a store, a graph file stays as it is")
    if settings.edits and (address.public or settings.origins or set(settings.hosts) - set(LOOPBACK)):
        raise UsageError(
            "corrections are taken on this machine alone: --allow-edits goes with no --public, --allow-host or "
            "--allow-origin"
        )
    edits = Edits(engine, engine.decisions, secrets.token_urlsafe(32)) if settings.edits else None
    with _listening(address.host, address.port, address.public) as listener:
        shown = f"[{address.host}]" if ":" in address.host else address.host
        settings = replace(settings, hosts=(*settings.hosts, shown))
        config = uvicorn.Config(
            create_app(engine, settings, web_routes(engine, edits)),
            http=PatientProtocol,
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            h11_max_incomplete_event_size=_HEAD_BYTES,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_LAST_ANSWERS,
        )
        url = f"http://{shown}:{listener.getsockname()[1]}/"
        server = _Server(config, engine, lambda: on_ready(url) if on_ready else None)
        asyncio.run(server.run_on(listener))


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it listens, and takes a signal for a wish to end and not a failure."""

    def __init__(self, config: uvicorn.Config, engine: Engine, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._engine = engine
        self._on_ready = on_ready

    async def run_on(self, listener: socket.socket) -> None:
        with self._stopping():
            async with self._engine:  # before the application enters it, so that an error is one line
                if not self.should_exit:
                    await self.serve(sockets=[listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        timer = asyncio.get_running_loop().call_later(_LAST_QUERIES, self._engine.stop)
        await super().shutdown(sockets)
        timer.cancel()

    @contextmanager
    def _stopping(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM; a second SIGINT does not wait for requests."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to `_stopping`: uvicorn's way sends them again at the end."""
        yield


@contextmanager
def _listening(host: str, port: int, public: bool) -> Iterator[socket.socket]:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        if not (public or ipaddress.ip_address(address[0]).is_loopback):
            raise UsageError(
                f"{host} can be reached from other machines, which would read all that is served; "
                "if that is meant, say --public"
            )
        # with the protocol named: else asyncio takes it for no TCP and leaves answers to Nagle's algorithm
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(_CONNECTIONS)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise UsageError(
            f"{host}:{port}: {error.strerror or error}; choose another --port or --host"
        ) from error
    with listener:
        yield listener
