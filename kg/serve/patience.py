"""Have only so much patience with a client: one that dawdles over its request, or over taking its answer."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD = 15.0
"""Seconds that a connection may be open without a whole head of a request."""
BODY = 30.0
"""Seconds that the body of a request may take."""
_PART = 1 << 16
_PART_SECONDS = 20.0


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, but a connection that asks nothing for a while is closed.

    uvicorn has a limit for idling between two requests only, none for a head that comes byte by byte.
    """

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes; once they are a request, it has the time it needs."""
        super().data_received(data)
        if self._due is not None and self._busy():
            self._due.cancel()
            self._due = None

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        if not self._busy():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        super().connection_lost(exc)

    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        if self._due is None:
            self._due = self.loop.call_later(HEAD, self._late)

    def _late(self) -> None:
        self._due = None
        if not self._busy():
            self.transport.abort()


class PatientResponse(Response):
    """Bytes sent in parts, each of which the client must take in its time, else it gets no more."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        start: dict[str, Any] = {"type": "http.response.start", "status": self.status_code}
        await send(start | {"headers": self.raw_headers})
        body = memoryview(self.body)
        for begin in range(0, max(len(body), 1), _PART):
            part = {"type": "http.response.body", "body": bytes(body[begin : begin + _PART])}
            try:
                async with asyncio.timeout(_PART_SECONDS):
                    await send(part | {"more_body": begin + _PART < len(body)})
            except TimeoutError:
                return
