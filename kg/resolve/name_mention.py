"""A stretch of tokens taken for a name, with what speaks for each type of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.world import Place, World


@dataclass(slots=True)
class Name:
    """A stretch of tokens taken for a name, and what speaks for each type; `place` is its gazetteer entry.

    `title` holds the tokens of titles cut from its front; `told` is the kind that a noun beside it tells outright ("the
    airline Norwind", "the Petrenko regime"); the label is "surname" where a word that names a body elsewhere means a
    person; `demonym` is "adj", "people" or "person" for words of nationality.
    """

    first: int
    last: int
    text: str
    label: str
    place: Place | None = None
    demonym: str = ""
    title: tuple[int, int] | None = None
    votes: dict[str, float] = field(default_factory=dict)
    told: str = ""

    def vote(self, kind: str, weight: float) -> None:
        """Add `weight` for a kind: Person, Organization, Place or None (no name at all)."""
        self.votes[kind] = self.votes.get(kind, 0.0) + weight


def known_place(text: str, world: World) -> Place | None:
    """Return the gazetteer's place of that name; in capitals too ("VARNA"), where that can't be an acronym,
    and with its saint cut short ("St. Petersburg").
    """
    if text.startswith(("ST. ", "ST ")) and len(text) > 5:
        text = text.title()
    place = world.gazetteer.names.get(text)
    if place is None and text.startswith(("State of ", "Commonwealth of ")):
        state = world.gazetteer.names.get(text.split(" of ", 1)[1])
        place = state if state is not None and state.kind == "state" else None
    if place is None and text.startswith(("St ", "St. ")):
        place = world.gazetteer.names.get("Saint " + text.split(" ", 1)[1])
    if place is None and len(text) > 3 and text.isupper() and "." not in text:
        place = world.gazetteer.names.get(text.title())
    return place
