"""Keep what is costly to work out for as long as the store stays as it is."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from kg.serve.engine import Engine

T = TypeVar("T")


class Kept:
    """The last `most` results, each worked out once and forgotten when the store has changed."""

    def __init__(self, engine: Engine, most: int = 256) -> None:
        self._engine = engine
        self._most = most
        self._generation = -1
        self._tasks: OrderedDict[str, asyncio.Task[object]] = OrderedDict()

    async def get(self, key: str, make: Callable[[], Awaitable[T]]) -> T:
        """Return what `make` gives, at the first call with this key; those who come meanwhile wait with it."""
        if self._generation != self._engine.generation:
            self._tasks.clear()
            self._generation = self._engine.generation
        task = self._tasks.get(key)
        if task is None or task.cancelled():
            task = self._tasks[key] = asyncio.ensure_future(_made(make))
            while len(self._tasks) > self._most:
                self._tasks.popitem(last=False)
        self._tasks.move_to_end(key)
        try:
            # shielded: that one client goes away must not take the result from the others
            return cast("T", await asyncio.shield(task))
        except Exception:
            if self._tasks.get(key) is task:
                del self._tasks[key]
            raise


async def _made(make: Callable[[], Awaitable[object]]) -> object:
    return await make()
