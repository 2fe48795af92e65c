"""Who held the highest offices of countries, and when: what "President Reagan" tells without a word of the country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import model_validator

from kg.folding import plain_letters
from kg.lexicon.schema import Strict, Words

_TERM = re.compile(r"(\d{4})-(\d{4})?")
_ENTRY = re.compile(r"(?P<name>\D+?)(?P<terms>( \d{4}-(\d{4})?)+)")
_APART = str.maketrans("-.’", "  '")
_YOUNGER = frozenset({"jr", "sr"})


@dataclass(frozen=True, slots=True)
class Officeholder:
    """Who held an office of a country in the years `terms`; a term that goes on has no last year."""

    name: str
    country: str
    office: str
    terms: tuple[tuple[int, int | None], ...]

    def is_over(self, year: int) -> bool:
        """Tell whether the last term ended before a year."""
        return all(last is not None and last < year for _, last in self.terms)


@dataclass(frozen=True, slots=True)
class Officeholders:
    """The holders by the first and last word of their names, and by the word that stands for them alone."""

    offices: Mapping[str, str]
    by_name: Mapping[tuple[str, str], tuple[Officeholder, ...]]
    by_surname: Mapping[str, tuple[Officeholder, ...]]

    def holder(self, title: str, names: Iterable[str]) -> Officeholder | None:
        """Return who held the office of a title among those who bear one of a person's names, or None.

        A surname alone will do where all who bore it held the office in one country; then the last of them is taken.
        """
        office = self.offices.get(title.lower())
        if office is None:
            return None
        words = [found for name in names if (found := words_of_name(name))]
        for one in words:
            for holder in self.by_name.get((one[0], one[-1]), ()) if len(one) > 1 else ():
                if holder.office == office:
                    return holder
        if any(len(one) > 1 for one in words):
            return None
        namesakes = [h for one in words for h in self.by_surname.get(one[0], ()) if h.office == office]
        return namesakes[-1] if len({h.country for h in namesakes}) == 1 else None


class OfficeholderFile(Strict):
    """`officeholders.yaml`: each office with its other names, and by country and office "Name 1990-1995, …"."""

    offices: Mapping[str, Words]
    surname_first: frozenset[str]
    holders: Mapping[str, Mapping[str, str]]

    @model_validator(mode="after")
    def _sound(self) -> OfficeholderFile:
        for office in (o for held in self.holders.values() for o in held):
            if office not in self.offices:
                raise ValueError(f"'{office}' is none of the offices")
        for _ in self._entries():
            pass
        return self

    def _entries(self) -> Iterator[Officeholder]:
        for country, held in self.holders.items():
            for office, entries in held.items():
                for entry in entries.split(","):
                    found = _ENTRY.fullmatch(entry.strip())
                    if found is None:
                        raise ValueError(f"{country}, {office}: '{entry.strip()}' is no name with its years")
                    terms = tuple((int(a), int(b) if b else None) for a, b in _TERM.findall(found["terms"]))
                    yield Officeholder(found["name"], country, office, terms)

    def build(self) -> Officeholders:
        """Return the holders as they are looked up."""
        by_name: dict[tuple[str, str], list[Officeholder]] = {}
        by_surname: dict[str, list[Officeholder]] = {}
        for holder in self._entries():
            words = words_of_name(holder.name)
            by_name.setdefault((words[0], words[-1]), []).append(holder)
            alone = words[0] if holder.country in self.surname_first else words[-1]
            by_surname.setdefault(alone, []).append(holder)
        offices = {
            other.replace("_", " "): office for office, names in self.offices.items() for other in names
        }
        return Officeholders(
            MappingProxyType(offices),
            MappingProxyType({key: tuple(found) for key, found in by_name.items()}),
            MappingProxyType({key: tuple(found) for key, found in by_surname.items()}),
        )


def words_of_name(name: str) -> list[str]:
    """Return the words of a name as they are compared: in small letters, without accents, points and "Jr".

    >>> words_of_name("Recep Tayyip Erdoğan")
    ['recep', 'tayyip', 'erdogan']
    """
    words = plain_letters(name.translate(_APART)).lower().split()
    return [word for word in words if word not in _YOUNGER]
