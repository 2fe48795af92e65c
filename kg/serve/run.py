"""Run the server: one process that listens, and the workers that answer."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from kg.errors import StoreError, UsageError
from kg.serve.app import Settings, create_app
from kg.serve.engine import Engine, Limits
from kg.serve.guard import LOOPBACK
from kg.serve.web import web_routes


def run(
    source: Path,
    host: str = "127.0.0.1",
    port: int = 8080,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    token: str | None = None,
    hosts: Sequence[str] = (),
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a store or graph file until interrupted.

    `token` lets updates through that carry it; `hosts` are further names by which the server may be called.
    `on_ready` is called with the address once connections are taken.

    Raises:
        UsageError: there is nothing to serve, or the address can't be had.
        StoreError: the store can't be opened.
    """
    engine = Engine(source, limits)
    engine.check()
    listener = _listener(host, port)
    bound = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    settings = Settings(token, (*LOOPBACK, shown, *hosts))
    app = create_app(engine, settings, web_routes(engine))
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=10,
        h11_max_incomplete_event_size=limits.body + 65_536,
        limit_concurrency=1000,
        timeout_graceful_shutdown=3,
    )
    server = _Server(config, lambda: on_ready(f"http://{shown}:{bound}/") if on_ready else None)
    try:
        server.run(sockets=[listener])
    except SystemExit as error:
        raise StoreError(f"{source}: it can't be served") from error
    finally:
        listener.close()
    if not server.started:
        raise StoreError(f"{source}: it can't be served, the store is damaged or in use by another process")


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


def _listener(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise UsageError(f"{host}:{port}: {error.strerror or error}; choose another --port") from error
    except OverflowError as error:
        raise UsageError(f"{port} is no port") from error
    return listener
