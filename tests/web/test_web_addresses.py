"""Addresses of pages: there and back for any IRI, and nothing that a browser would run."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.iris import is_writable
from kg.serve.web.addresses import Addresses, elsewhere, is_iri

BASE = "https://example.org/newskg/"
HERE = Addresses(BASE)


def back(address: str) -> str:
    """The IRI that an address of a page asks for."""
    parts = urlsplit(address)
    assert not parts.scheme
    assert not parts.netloc
    if parts.path == "/page":
        return parse_qs(parts.query, keep_blank_values=True)["iri"][0]
    assert parts.path.startswith("/page/")
    fragment = f"#{unquote(parts.fragment)}" if parts.fragment else ""
    return BASE + unquote(parts.path.removeprefix("/page/")) + fragment


@pytest.mark.parametrize(
    "iri, address",
    [
        (f"{BASE}person/juan-peña", "/page/person/juan-pe%C3%B1a"),
        (f"{BASE}article/a/b#char=3,9", "/page/article/a/b#char=3,9"),
        (f"{BASE}organization/c~h4x2k7q3ab", "/page/organization/c~h4x2k7q3ab"),
        ("http://other.example/x?y#z", "/page?iri=http%3A%2F%2Fother.example%2Fx%3Fy%23z"),
        (
            f"{BASE}person/../../search",
            "/page?iri=https%3A%2F%2Fexample.org%2Fnewskg%2Fperson%2F..%2F..%2Fsearch",
        ),
        (f"{BASE}/evil.example", "/page?iri=https%3A%2F%2Fexample.org%2Fnewskg%2F%2Fevil.example"),
        (f"{BASE}a%2Fb", "/page?iri=https%3A%2F%2Fexample.org%2Fnewskg%2Fa%252Fb"),
        (BASE, "/page?iri=https%3A%2F%2Fexample.org%2Fnewskg%2F"),
    ],
)
def test_pages_have_readable_addresses_where_a_path_can_say_the_iri(iri: str, address: str) -> None:
    assert HERE.page(iri) == address
    assert back(address) == iri


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_every_iri_comes_back(rest: str) -> None:
    for iri in (BASE + rest, f"javascript:{rest}", f"http://x.example/{rest}"):
        if is_writable(iri):
            assert back(HERE.page(iri)) == iri
            assert HERE.page(iri).isascii()
            assert not set(HERE.page(iri)) & set('\r\n\t "<>\\')


@pytest.mark.parametrize(
    "iri",
    ["javascript:alert(1)", "data:text/html,x", "//x.example", "/x", "http://", "vbscript:x", "http://a b"],
)
def test_only_the_web_is_linked_to(iri: str) -> None:
    assert elsewhere(iri) == ""


def test_what_is_an_iri() -> None:
    assert is_iri("urn:x:1")
    assert not any(
        map(is_iri, ("", "x", "http://a b", "http://a>b", "http://a\r\nb", "http://x/" + "a" * 5000))
    )


def test_the_base_of_another_place_keeps_its_path() -> None:
    assert HERE.path == "/newskg/"
    assert Addresses("http://localhost:8080/").path == "/"
