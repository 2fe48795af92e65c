"""The roles of one article while they are gathered: what the patterns note, and what one role tells of another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.roles.modality import ORDER, modality_of_title
from kg.extract.roles.organizations import ImpliedBodies
from kg.extract.roles.words import RoleWords
from kg.extract.syntax import office_of
from kg.model import Kind, MentionKind, Modality, Role, Span
from kg.parsed import Token

_JOINT = re.compile(r"and(?: an?| the)?|&")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DECADE = re.compile(r"\d{2,4}s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties")


@dataclass(frozen=True, slots=True)
class Holding:
    """Whose holding of a position is told, at which name, how surely and by which rule, and whether it is over."""

    person: str
    name: Token
    confidence: float
    reason: str
    former: bool = False
    modality: Modality = Modality.ASSERTED
    present: bool = False
    written: str = ""  # the title in the text's words, where these are of several people


class GatheredRoles:
    """The roles of one resolved article while they are gathered."""

    def __init__(self, words: RoleWords) -> None:
        self.words = words
        self.resolved, self.parsed, self.people = words.resolved, words.parsed, words.people
        self.lexicon, self.entities = words.lexicon, words.entities
        self.found: list[Role] = []
        # places in `found` of roles beside which no body is told, and their names
        self.bare: dict[int, Token] = {}

    def add(
        self,
        held: Holding,
        title: str,
        organization: str | None,
        first: int,
        last: int,
        owned: bool = False,
    ) -> None:
        """Note a role."""
        words = title.lower()
        if not any(c.isalpha() for c in words):
            return
        if organization is None and not owned:
            self.bare[len(self.found)] = held.name
        sentence = self.parsed.sentence_span(held.name)
        self.found.append(
            Role(
                held.person,
                title,
                organization,
                held.former or self._stood_once(words, held.name) or self._in_a_past_decade(held.name),
                self.parsed.span(first, last),
                sentence,
                round(held.confidence, 2),
                held.reason,
                min(held.modality, modality_of_title(self.parsed, first, self.lexicon), key=ORDER.index),
                held.present,
                held.written if held.written != title else "",
            )
        )

    def settled(self) -> list[Role]:
        """Return each position once, in the order of the text, with the body that another role beside it or the article
        tells where its own words tell none.
        """
        self._owned_names()
        self._shared_bodies()
        self._shared_countries()
        self._shared_in_succession()
        implied = ImpliedBodies(self.words)
        for index, name in self.bare.items():
            role = self.found[index]
            if role.organization is None:
                self.found[index] = replace(role, organization=implied.implied(role, name, self.found))
        return self._unique()

    def _stood_once(self, title: str, name: Token) -> bool:
        """Tell who stood for an office in a year that is past: "In 2016, nominee A received two percent"."""
        if office_of(title) not in self.lexicon.tables.constructions.contenders:
            return False
        years = _YEAR.findall(self.parsed.sentence_span(name).of(self.parsed.article.text))
        now = (self.parsed.article.date or "")[:4] or max(_YEAR.findall(self.parsed.article.text), default="")
        return bool(years) and max(years) < now

    def _in_a_past_decade(self, name: Token) -> bool:
        """Tell "under President A in the seventies": a decade behind the name is that of the office."""
        behind = [t.text.lower() for t in self.parsed.tokens[name.i + 1 : name.i + 4]]
        decade = behind[2] if behind[:2] == ["in", "the"] and len(behind) > 2 else ""
        now = f"{(self.parsed.article.date or '')[:3]}0s"
        return _DECADE.fullmatch(decade) is not None and decade != now

    def shared_with_owner(self, noun: Token) -> str | None:
        """ "His deputy, A": the body of the office that the possessor is already known to hold."""
        if noun.lemma.lower() not in self.lexicon.tables.constructions.seconds:
            return None
        owners = {e for child in self.parsed.dependents(noun, "poss") for e in self.people.linked(child)}
        held = [r.organization for r in self.found if r.person in owners and r.organization is not None]
        return held[-1] if held else None

    def _unique(self) -> list[Role]:
        """Return each position once: of two tellings of one, that with its body, and with more words."""
        kept: list[Role] = []
        for role in self._strongest():
            same = next((i for i, old in enumerate(kept) if self._is_same_position(old, role)), None)
            if same is None:
                kept.append(role)
            elif _fullness(role) > _fullness(kept[same]):
                kept[same] = role
        return kept

    def _is_same_position(self, one: Role, other: Role) -> bool:
        """Tell "President" and "former president of Chile", of one person, from "associate professor" and "Smith
        Professor", and from the chair of one committee and that of another.
        """
        if (one.person, one.modality) != (other.person, other.modality):
            return False
        if office_of(one.title) != office_of(other.title):
            return False
        mine, theirs = set(one.title.lower().split()), set(other.title.lower().split())
        if not (mine <= theirs or theirs <= mine):
            return False
        if (one.present or other.present) and (
            mine ^ theirs
        ) & self.lexicon.tables.constructions.office_ranks:
            return False  # "Deputy Governor A becomes governor"
        apart = one.organization != other.organization
        kinds = {self.people.kinds.get(r.organization or "") for r in (one, other)}
        return not (apart and kinds == {Kind.ORGANIZATION})

    def _strongest(self) -> list[Role]:
        """Leave out the weaker telling of a position that the article tells of more surely elsewhere."""
        told: dict[tuple[str, str], list[Role]] = {}
        for role in self.found:
            told.setdefault((role.person, office_of(role.title)), []).append(role)

        def is_outdone(role: Role) -> bool:
            return any(
                ORDER.index(other.modality) > ORDER.index(role.modality)
                and other.former == role.former
                and (
                    other.organization == role.organization or None in (other.organization, role.organization)
                )
                for other in told[role.person, office_of(role.title)]
            )

        return [role for role in self.found if not is_outdone(role)]

    def _owned_names(self) -> None:
        """ "Labour's Keir Starmer, who was elected leader": the possessor of the name is the body of the title."""
        owners: dict[tuple[str, Span], str] = {}
        for link in self.resolved.links:
            head = self.parsed.tokens[link.head]
            if link.kind is not MentionKind.NAME or len(link.entities) != 1:
                continue
            for owner in self.parsed.dependents(head, "poss"):
                if bodies := self.words.bodies(owner):
                    owners[link.entities[0], self.parsed.sentence_span(head)] = bodies[0]
        for index, role in enumerate(self.found):
            if role.organization is None:
                self.found[index] = replace(role, organization=owners.get((role.person, role.sentence)))

    def _shared_bodies(self) -> None:
        """ "The chairman and chief executive of Norwind, A": one body of two offices that "and" joins."""
        text = self.parsed.article.text
        for index, role in enumerate(self.found):
            if role.organization is not None or role.title.lower().split()[-1] not in self.words.officers:
                continue
            if {"of", "at", "for"} & {*role.span.of(text).split()}:  # "owner of the website"
                continue
            for other in self.found:
                first, second = sorted((role.span, other.span), key=lambda span: span.begin)
                joined = _JOINT.fullmatch(text[first.end : second.begin].strip(" ,"))
                before = other.span is second or not {"of", "at", "for"} & {*other.span.of(text).split()}
                if other.person == role.person and other.organization and joined and before:
                    self.found[index] = replace(role, organization=other.organization)

    def _shared_in_succession(self) -> None:
        """ "Sworn in as prime minister of Norland, succeeding interim prime minister A": the office is one."""
        sets = self.lexicon.tables.constructions
        for index, role in enumerate(self.found):
            if role.organization is not None:
                continue
            changed = any(t.lemma.lower() in sets.role_changes for t in self.parsed.tokens_in(role.sentence))
            for other in self.found if changed else ():
                apart = other.person != role.person and other.sentence == role.sentence
                if apart and other.organization and office_of(other.title) == office_of(role.title):
                    self.found[index] = replace(role, organization=other.organization)

    def _shared_countries(self) -> None:
        """ "Iran's chief negotiator, Deputy Foreign Minister A": one country of two offices that one sentence tells."""
        sets = self.lexicon.tables.constructions
        for index, role in enumerate(self.found):
            words = role.title.lower().split()
            national = words[-1] in sets.national_titles or words[0] == "presidential"
            if role.organization is not None or not national:
                continue
            for other in self.found:
                home = self.entities.get(other.organization or "")
                same = other.person == role.person and other.sentence == role.sentence
                if same and home is not None and "schema:Country" in home.classes:
                    self.found[index] = replace(role, organization=home.id)


def _fullness(role: Role) -> tuple[bool, int, float]:
    return (role.organization is not None, len(role.title), role.confidence)
