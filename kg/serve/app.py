"""The application: the endpoint and the routes mounted beside it, behind the guard.

What is mounted beside `/sparql` asks through the same `Engine`, so that its limits hold for pages too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route

from kg.serve.endpoint import Endpoint
from kg.serve.engine import Engine
from kg.serve.guard import LOOPBACK, Guard

SPARQL = "/sparql"


@dataclass(frozen=True, slots=True)
class Settings:
    """Whom the application serves: who may update, by which names it is called, which pages may read it.

    `token` lets those who carry it update, None nobody. `hosts` are the names (without port) that a request's
    Host may have. `origins` are the origins of other sites whose scripts may ask it, `*` all of them.
    `edits` lets the server's own pages correct facts.
    """

    token: str | None = None
    hosts: tuple[str, ...] = LOOPBACK
    origins: tuple[str, ...] = ()
    edits: bool = False


def create_app(
    engine: Engine, settings: Settings = Settings(), routes: Sequence[BaseRoute] = ()
) -> Starlette:
    """Return the application over an engine, which is open while the application runs.

    `routes` are mounted beside `/sparql`; the guard stands before them too. A browser that comes to `/sparql`
    is sent to the route named "query", if there is one.
    """

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        async with engine:
            yield

    endpoint = Endpoint(engine, settings.token)
    sparql = [
        Route(path, endpoint.__call__, methods=["GET", "POST"], name=name)
        for path, name in ((SPARQL, "sparql"), (f"{SPARQL}/", "sparql-slash"))
    ]
    middleware = [Middleware(Guard, hosts=settings.hosts, origins=settings.origins)]
    if settings.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.origins,
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type"],  # no Authorization: no script of another site updates
                expose_headers=["KG-Truncated", "Retry-After"],
            )
        )
    return Starlette(routes=[*sparql, *routes], middleware=middleware, lifespan=life)
