"""What every request passes first and every response gets: Host and Origin checks, the security headers."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script, style or picture from elsewhere or inline, and no request to elsewhere."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Guard:
    """Lets only requests through that are meant for this server, and not those that other sites' pages send.

    `hosts` are the names that the Host header may have (this undoes DNS rebinding), `origins` the other sites
    whose scripts may ask (`*`: all). A link that leads here from elsewhere may be followed.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], origins: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}
        self._origins = set(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", POLICY)
            await send(message)

        headers = Headers(scope=scope)
        if not self._known(headers.getlist("host")):
            refused = PlainTextResponse("this server does not go by that name\n", status_code=421)
            await refused(scope, receive, guarded)
        elif not self._welcome(headers):
            refused = PlainTextResponse("pages of other sites may not ask this server\n", status_code=403)
            await refused(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _known(self, given: list[str]) -> bool:
        if len(given) != 1:
            return False
        host = given[0].lower()
        name = host[: host.rfind("]") + 1] if host.startswith("[") else host.partition(":")[0]
        port = host[len(name) :]
        return name in self._hosts and (not port or (port[0] == ":" and port[1:].isdecimal()))

    def _welcome(self, headers: Headers) -> bool:
        """Tell whether a request comes from no other site's page; programs send none of these headers."""
        if "*" in self._origins:
            return True
        origins = headers.getlist("origin")
        if origins:
            own = headers["host"].lower()
            return all(o in self._origins or _authority(o) == own for o in origins)
        from_elsewhere = headers.get("sec-fetch-site", "none") in {"cross-site", "same-site"}
        return not from_elsewhere or headers.get("sec-fetch-mode") == "navigate"


def _authority(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
