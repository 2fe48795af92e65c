"""Have only so much patience with a client: one that dawdles over its request, or over taking its answer."""

from __future__ import annotations

import asyncio

import h11
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD = 15.0
"""Seconds that a connection may be open without a whole head of a request."""
BODY = 30.0
"""Seconds that the body of a request may take."""
PART = 20.0
"""Seconds that a client may take over a part of its answer."""
_BYTES = 1 << 16
_LATE = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 34\r\n"
    b"connection: close\r\n\r\nthe request took too long to come\n"
)


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, but a connection that neither asks nor takes for a while is cut.

    uvicorn has a limit for idling between two requests only, none for a head that comes byte by byte, and
    none for an answer that is not read.
    """

    _due: asyncio.TimerHandle | None = None
    _untaken: asyncio.TimerHandle | None = None
    _begun = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes; once they are a request, it has the time it needs."""
        self._begun = True
        super().data_received(data)
        if self._due is not None and self._busy():
            self._due.cancel()
            self._due = None

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._begun = False
        super().on_response_complete()
        if not self._busy():
            self._wait()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP; where an answer is under way, which nothing can follow, the line is cut."""
        if self._busy():
            self.cycle.disconnected = True  # what the application still says goes nowhere
            self.cycle.message_event.set()
        try:
            if self._busy() and self.cycle.response_started:
                raise h11.LocalProtocolError("an answer is under way")
            super().send_400_response(msg)
        except h11.LocalProtocolError:
            self.transport.abort()

    def pause_writing(self) -> None:
        """Begin to wait for the client to take what was sent."""
        super().pause_writing()
        self._untaken = self.loop.call_later(PART, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on sending."""
        super().resume_writing()
        if self._untaken is not None:
            self._untaken.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        for timer in (self._due, self._untaken):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        if self._due is None:
            self._due = self.loop.call_later(HEAD, self._late)

    def _late(self) -> None:
        self._due = None
        if self._busy():
            return
        if self._begun and not self.transport.is_closing():
            self.transport.write(_LATE)
            self.transport.close()
        else:
            self.transport.abort()


class PatientResponse(Response):
    """Bytes sent in parts, the next when the client has taken the last."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        body = memoryview(self.body)
        for begin in range(0, max(len(body), 1), _BYTES):
            end = begin + _BYTES
            part = {
                "type": "http.response.body",
                "body": bytes(body[begin:end]),
                "more_body": end < len(body),
            }
            await send(part)
