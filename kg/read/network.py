"""Connections that keep out of this machine and the local network, wherever a name or a redirect leads."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import urllib.request
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL = (".localhost", ".local", ".internal", ".home.arpa")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateAddressError(OSError):
    """A name leads to an address that only this machine or its network knows."""


def is_private_name(host: str) -> bool:
    """Tell whether a name or an address, as it stands in a URL, is one of the local network."""
    host = host.strip("[]").rstrip(".").lower()
    if host == "localhost" or host.endswith(_LOCAL):
        return True
    try:
        return is_private(host)
    except ValueError:
        return False


def is_private(address: str) -> bool:
    """Tell whether an address can't be reached from the whole internet; those wrapped in others count.

    >>> [is_private(one) for one in ("10.1.2.3", "::ffff:127.0.0.1", "9.9.9.9")]
    [True, True, False]

    Raises:
        ValueError: it is no address.
    """
    found = ipaddress.ip_address(address)
    return any(not one.is_global or one.is_multicast for one in (found, *_within(found)))


def _within(address: Address) -> tuple[Address, ...]:
    if not isinstance(address, ipaddress.IPv6Address):
        return ()
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return tuple(one for one in (address.ipv4_mapped, address.sixtofour) if one is not None)


class Gate:
    """Lets connections out: to everywhere while `open`, else to public addresses alone.

    With `first` the first connection goes wherever it was told, and so do later ones to that very host. Where its
    name by itself is one of the local network, the gate is open from then on: who names a host there may be sent on
    within it.
    """

    def __init__(self, is_open: bool = False, first: bool = False) -> None:
        self.open = is_open
        self._first = first
        self._named: str | None = None

    def _check(self, host: str, private: str | None) -> None:
        """Let a host pass, of which `private` is an address, or the name, in the local network, if there is one."""
        if self._first:
            self._first, self._named = False, host
            self.open = self.open or is_private_name(host) or (private is not None and "." not in host)
        elif private is not None and not self.open and host != self._named:
            raise PrivateAddressError(f"{host} leads to {private}, in the local network")

    def connect(
        self, address: tuple[str, int], timeout: Any = None, source: tuple[str, int] | None = None
    ) -> socket.socket:
        """Connect as `socket.create_connection` does, but only to addresses that were looked at.

        Raises:
            PrivateAddressError: one of the addresses of that name is one of the local network.
            OSError: no connection could be made.
        """
        host, port = address
        found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
        self._check(host, next((a for place in found if is_private(a := str(place[4][0]))), None))
        last: OSError | None = None
        for family, kind, protocol, _, place in found:
            one = socket.socket(family, kind, protocol)
            try:
                one.settimeout(timeout if isinstance(timeout, int | float) else None)
                if source:
                    one.bind(source)
                one.connect(place)
            except OSError as error:
                one.close()
                last = error
            else:
                return one
        raise last or OSError(f"{host} has no address")

    def handlers(self) -> tuple[urllib.request.BaseHandler, ...]:
        """Return urllib's handlers of http and https, whose connections pass this gate."""
        return (_Http(self), _Https(self))

    def connections(self, request: urllib.request.Request) -> type[HTTPConnection] | Any:
        """Return what makes the connection of a request; a proxy, which the user chose, is not looked at."""
        parts = urlsplit(request.full_url)
        proxied = urlsplit(f"//{request.host}").hostname != parts.hostname
        base: type[HTTPConnection] = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        if proxied:
            self._check_behind_proxy(parts.hostname or "")
            return base

        def made(host: str, **more: Any) -> HTTPConnection:
            connection = base(host, **more)
            connection._create_connection = self.connect  # type: ignore[attr-defined]
            return connection

        return made

    def _check_behind_proxy(self, host: str) -> None:
        """Look at a name that a proxy will look up; one that is unknown here is left to the proxy."""
        try:
            found = [str(place[4][0]) for place in socket.getaddrinfo(host, None, 0, socket.SOCK_STREAM)]
        except OSError:
            found = []
        private = host if is_private_name(host) else next((a for a in found if is_private(a)), None)
        self._check(host, private)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._gate.connections(req), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        more: Mapping[str, Any] = {"context": ssl.create_default_context()}
        return self.do_open(self._gate.connections(req), req, **more)
