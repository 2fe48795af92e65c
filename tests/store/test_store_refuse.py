"""Requests to other hosts: which texts are refused, which are not, and a process that has no network."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.errors import QueryError
from kg.store.refuse import refuse_remote, with_using

GO = """
import socket, subprocess, sys
from kg.store.offline import go_offline
if not go_offline():
    sys.exit(77)
try:
    socket.socket()
except PermissionError:
    pass
else:
    sys.exit(1)
try:
    subprocess.run([sys.executable, "-c", "import socket; socket.socket()"], check=True, stderr=subprocess.DEVNULL)
except subprocess.CalledProcessError:
    sys.exit(0)
sys.exit(2)
"""


def test_a_process_that_went_offline_makes_no_socket_nor_do_its_children() -> None:
    code = subprocess.run([sys.executable, "-c", GO], check=False).returncode
    if code == 77:
        pytest.skip("this system has no seccomp")
    assert code == 0


@pytest.mark.parametrize("query", [
    "SELECT * { ?s <x:service> ?o }",
    "SELECT * { ?s rdfs:label 'a service' ; <x:b> ?service }",
    "SELECT ?service { ?service a <x:Service> . FILTER (?service != <x:y>) }",
    "SELECT * { ?s <x:payload> <x:o> ; ?p <x:load> }",
])  # fmt: skip
def test_a_query_with_such_words_is_not_refused(query: str) -> None:
    refuse_remote(query)


@pytest.mark.parametrize("update", [
    "INSERT DATA { <x:s> <x:payload> <x:o> ; <x:b> 1 }",
    "INSERT DATA { <x:s> x:load <x:o> ; <x:b> 1 }",
    "DELETE { ?load ?p ?o } WHERE { ?load ?p ?o }",
])  # fmt: skip
def test_an_update_with_such_words_is_not_refused(update: str) -> None:
    refuse_remote(update, update=True)


def test_using_goes_before_each_outermost_where() -> None:
    update = (
        "DELETE { ?where ?p 'WHERE' } WHERE { { SELECT * WHERE { ?where ?p ?o } } } ;\n"
        "INSERT DATA { <x:s> <x:p> 1 } ; INSERT { ?s ?p 2 } where{ ?s ?p ?o }"
    )
    assert with_using(update, ["x:d"], ["x:n"]) == (
        "DELETE { ?where ?p 'WHERE' } USING <x:d> USING NAMED <x:n> WHERE "
        "{ { SELECT * WHERE { ?where ?p ?o } } } ;\n"
        "INSERT DATA { <x:s> <x:p> 1 } ; INSERT { ?s ?p 2 } USING <x:d> USING NAMED <x:n> where{ ?s ?p ?o }"
    )


@pytest.mark.parametrize("update", [
    "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p 1 } USING <x:g> WHERE { ?s ?p ?o }",
    "DELETE # or\n WHERE { ?s ?p ?o }",
])  # fmt: skip
def test_two_datasets_are_one_too_many(update: str) -> None:
    with pytest.raises(QueryError):
        with_using(update, ["x:d"], [])


def test_a_variable_called_like_the_keyword_is_none() -> None:
    update = "INSERT { ?using ?with ex:using } WHERE { ?using ?with ?o }"
    assert "USING <x:d> WHERE" in with_using(update, ["x:d"], [])
