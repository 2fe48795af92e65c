"""How names in capitals are written in a graph."""

from __future__ import annotations

import pytest

from kg.resolve.name_keys import as_usual


@pytest.mark.parametrize(
    ("shouted", "usual"),
    [
        ("MITCH MCDONALD", "Mitch McDonald"),
        ("ANN MACDONALD", "Ann MacDonald"),
        ("EMIL MACRON", "Emil Macron"),
        ("SHEILA O'BRIEN III", "Sheila O'Brien III"),
        ("ALI BIN SALEM", "Ali bin Salem"),
        ("ROSA DE LA CRUZ JR.", "Rosa de la Cruz Jr."),
    ],
)
def test_a_name_in_capitals(shouted: str, usual: str) -> None:
    assert as_usual(shouted) == usual
