"""The application: its routes, behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from kg.serve.endpoint import Endpoint
from kg.serve.engine import Engine
from kg.serve.guard import LOOPBACK, Guard


def make_app(engine: Engine, token: str | None = None, hosts: Iterable[str] = LOOPBACK) -> Starlette:
    """Return the application over an engine, which it opens and closes."""

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        async with engine:
            yield

    endpoint = Endpoint(engine, token)
    routes = [
        Route(path, endpoint.__call__, methods=["GET", "POST"], name=f"sparql{number}")
        for number, path in enumerate(("/sparql", "/sparql/"))
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard, hosts=tuple(hosts))], lifespan=life)
