"""Tells the body that a position is held in where its own words do not: owners, countries, whom an article is about."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

from kg.extract.digests import is_digest, paragraphs
from kg.extract.participants import Participants
from kg.extract.syntax import office_of
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, MentionKind, Role
from kg.parsed import Resolved, Token

BODIES = (Kind.ORGANIZATION, Kind.PLACE)
PARTS = {
    "state": {"schema:State", "schema:AdministrativeArea"},
    "county": {"schema:County"},
    "city": {"schema:City"},
}


class RoleBodies:
    """The roles of one resolved article while they are gathered, and the bodies that they may be held in."""

    def __init__(self, resolved: Resolved, people: Participants, lexicon: Lexicon) -> None:
        self.resolved, self.parsed, self.people, self.lexicon = resolved, resolved.parsed, people, lexicon
        self.entities = {e.id: e for e in resolved.entities}
        self.found: list[Role] = []
        self._bare: dict[
            int, Token
        ] = {}  # places in `found` of roles beside which no body is told, and their names
        self._ranked: dict[str, list[tuple[int, str]]] = {}  # bodies by how much the article speaks of them
        sets = lexicon.tables.constructions
        self._officers = sets.body_officers | {"president"}  # who presides over a company or a country
        self._doubts = sets.role_hopes | sets.role_plans | sets.role_claims
        self.covered = {
            i: link
            for link in reversed(resolved.links)  # longer names come first and keep their tokens
            if link.kind is MentionKind.NAME
            for i in range(link.first, link.last)
        }

    def _bodies(self, token: Token) -> list[str]:
        """Return the bodies and places that a token speaks of."""
        return [e for e in self.people.linked(token) if self.people.kinds.get(e) in BODIES]

    def _inside_organization(self, begin: int, end: int) -> str | None:
        for i in range(begin, end):
            link = self.covered.get(i)
            if link is not None and self.people.kinds.get(link.entities[0]) in BODIES:
                return link.entities[0]
        return None

    def _described(self, noun: Token) -> str | None:
        """Return the organisation last called by this noun ("the team"), or None."""
        for link in reversed(self.resolved.links):
            if (
                link.head < noun.i
                and self.parsed.tokens[link.head].lemma.lower() == noun.lemma.lower()
                and self.people.kinds.get(link.entities[0]) is Kind.ORGANIZATION
            ):
                return link.entities[0]
        return None

    def _named(self, word: str) -> str | None:
        """Return the organisation of the article that goes by this word, or None."""
        for entity in self.resolved.entities:
            if entity.kind is Kind.ORGANIZATION and word in (entity.name, *entity.aliases):
                return entity.id
        return None

    def _owner(self, noun: Token) -> str | None:
        """Return the body that "whose" or "its" before a title speaks of: "the agency, whose chief A …"."""
        for child in self.parsed.dependents(noun, "poss"):
            owners = self.people.linked(child)
            if child.text.lower() == "whose":
                clause = noun
                while clause.dep != "relcl" and clause.head != clause.i:
                    clause = self.parsed.tokens[clause.head]
                owners = self.people.linked(self.parsed.tokens[clause.head]) if clause.dep == "relcl" else ()
            for owner in owners:
                if self.people.kinds.get(owner) in BODIES:
                    return owner
        return None

    def _shared_with_owner(self, noun: Token) -> str | None:
        """ "His deputy, A": the body of the office that the possessor is already known to hold."""
        if noun.lemma.lower() not in self.lexicon.tables.constructions.seconds:
            return None
        owners = {e for child in self.parsed.dependents(noun, "poss") for e in self.people.linked(child)}
        held = [r.organization for r in self.found if r.person in owners and r.organization is not None]
        return held[-1] if held else None

    def _is_nationality(self, first: int, last: int, entity: str, noun: Token) -> bool:
        """Tell where a player or composer comes from, "Icelandic composer A", from the state that an office is of."""
        country = self.entities[entity]
        lemma, sets = noun.lemma.lower(), self.lexicon.tables.constructions
        of_a_state = (
            lemma in sets.state_people or lemma in sets.national_titles or lemma in sets.state_offices
        )
        words = self.parsed.text(first, last)
        if country.kind is Kind.PLACE and lemma in sets.private_people:  # "Toronto lawyer A"
            return True
        named = words == country.name and words.lower() not in sets.adjectival_countries
        part = country.kind is Kind.PLACE and self.parsed.tokens[last - 1].tag == "JJ"  # "English drummer A"
        return ("schema:Country" in country.classes or part) and not named and not of_a_state

    def _is_field(self, entity: str, noun: Token) -> bool:
        """ "Our Europe correspondent", "a Russia expert": the place is what the holder knows of, not the employer."""
        watching = noun.lemma.lower() in self.lexicon.tables.constructions.watching_titles
        return watching and self.people.kinds.get(entity) is Kind.PLACE

    def _needs_constituency(self, title: str) -> bool:
        return title.lower().split()[-1] in self.lexicon.tables.constructions.constituency_titles

    def _is_of_a_place(self, title: str) -> bool:
        """Tell whether "of" behind the holder's name tells the place of an office: "President A of Kenya"."""
        sets = self.lexicon.tables.constructions
        last = title.lower().split()[-1]
        return self._needs_constituency(title) or last in sets.national_titles or last in sets.state_offices

    def _implied(self, title: str, name: Token) -> str | None:
        """Return the organisation or country that the article tells where the words beside a title do not.

        In a digest it is one that the same item names.
        """
        beside = self._beside(title, name)
        if beside is not None:
            return beside
        found = self._of_the_article(title, name)
        if not self._apart:
            return found
        if found is not None and name.block in paragraphs(self.parsed, self.entities[found]):
            return found
        return self._only_country(title, name.block)

    def _beside(self, title: str, name: Token) -> str | None:
        """ "Israeli prime minister A and energy minister B": the country of whom "and" joins a minister with; two
        foreign ministers, or two heads of government, may be of two.
        """
        sets = self.lexicon.tables.constructions
        words = title.split()
        if words[-1] not in ("minister", "secretary") or len(words) < 2 or title in sets.counterparts:
            return None
        text, sentence = self.parsed.article.text, self.parsed.sentence_span(name)
        for role in reversed(self.found):
            if role.sentence != sentence or role.organization is None or role.span.end > name.begin:
                continue
            home = self.entities[role.organization]
            named = any(
                sentence.begin <= m.span.begin < role.span.end and role.span.begin - m.span.end <= 3
                for m in home.mentions
            )
            between = [
                t for t in self.parsed.tokens_in(sentence) if role.span.end <= t.begin and t.i < name.i
            ]
            apart = any(t.pos in ("VERB", "AUX", "ADP") or text[t.begin] in ";:" for t in between)
            joined = any(t.text.lower() in ("and", ",") for t in between)
            if named and joined and not apart and "schema:Country" in home.classes:
                return home.id
            return None
        return None

    def _only_country(self, title: str, block: int) -> str | None:
        """Return the one country that an item of a digest names, where an office before a name is a country's."""
        sets = self.lexicon.tables.constructions
        national = office_of(title) in sets.national_titles | sets.lawmakers or title in sets.national_offices
        if not national or title in sets.regional_titles:
            return None
        named = [
            e.id
            for e in self.resolved.entities
            if "schema:Country" in e.classes and block in paragraphs(self.parsed, e)
        ]
        return named[0] if len(named) == 1 else None

    @cached_property
    def _apart(self) -> bool:
        return is_digest(self.resolved)

    def _of_the_article(self, title: str, name: Token) -> str | None:
        """A national office without its country ("Environment Minister") belongs to the one country that
        the article names most, if any stands out.
        """
        sets = self.lexicon.tables.constructions
        home = sets.offices_of_one_country.get(title)
        if home is not None:
            return next((e.id for e in self.resolved.entities if e.name == home), None)
        for body in sets.offices_of_one_body.get(title, ()):
            for entity in self.resolved.entities:
                if body in (entity.name, *entity.aliases):
                    return entity.id
        head = office_of(title).rpartition("-")[2]  # "vice-president"
        if head in ("spokesman", "spokeswoman", "spokesperson") and title not in sets.national_offices:
            return self._last_body(name)
        if title in sets.regional_titles:
            return self._foremost("state")
        if any(title in o.titles for o in sets.offices_of_bodies):
            body = self._body_of_article(title, name)
            if body is not None or head in sets.national_titles:
                return body
        if head not in sets.national_titles and title not in sets.national_offices:
            part = sets.offices_of_parts.get(title, sets.offices_of_parts.get(head))
            return self._foremost(part) if part is not None else None
        lands = self._by_mentions("country", lambda e: "schema:Country" in e.classes, self._spoken_of)
        if head == "premier" and lands and self.entities[lands[0][1]].name in sets.lands_of_premiers:
            return self._foremost("state")
        if not lands or lands[0][0] < 2 or (len(lands) > 1 and lands[0][0] < 2 * lands[1][0]):
            return self._subject_country(name) or self._opening_country(name)
        foreign = self.entities[lands[0][1]].name in sets.lands_without_ministers
        return None if foreign and head in ("minister", "premier", "chancellor") else lands[0][1]

    def _by_mentions(
        self, what: str, wanted: Callable[[Entity], bool], count: Callable[[Entity], int]
    ) -> list[tuple[int, str]]:
        """Return the entities that are wanted, the most spoken of first; worked out once for each `what`."""
        if what not in self._ranked:
            found = ((count(e), e.id) for e in self.resolved.entities if wanted(e))
            self._ranked[what] = sorted(found, reverse=True)
        return self._ranked[what]

    def _foremost(self, part: str) -> str | None:
        """Return the state, county or city that the article names most, if it stands out."""
        ranked = self._by_mentions(part, lambda e: self._is_part(e, part), self._spoken_of)
        if not ranked or (len(ranked) > 1 and ranked[0][0] < 1.5 * ranked[1][0]):
            return None
        return None if part == "city" and ranked[0][0] < 2 else ranked[0][1]

    def _is_part(self, entity: Entity, part: str) -> bool:
        named = entity.name.lower().endswith(f" {part}")
        return entity.kind is Kind.PLACE and (named or bool(PARTS[part] & set(entity.classes)))

    def _body_of_article(self, title: str, name: Token) -> str | None:
        """Return the body that an article is about, where a bare title before a name is one of such a body:
        "skipper A. Hall" of the club that is named most, "Inspector B. Kerr" of the police named before.
        """
        words = next(
            (o.words for o in self.lexicon.tables.constructions.offices_of_bodies if title in o.titles), None
        )
        if words is None:
            return None
        ranked = self._by_mentions(
            " ".join(sorted(words)), lambda e: self._is_called(e, words), lambda e: len(e.mentions)
        )
        if len(ranked) > 1 and (ranked[0][0] < 3 or ranked[0][0] < 2 * ranked[1][0]):
            return self._last_body(name, {body for _, body in ranked})
        return ranked[0][1] if ranked else None

    def _is_called(self, entity: Entity, words: frozenset[str]) -> bool:
        """Tell whether a body's name or one of its descriptions holds one of the words."""
        if entity.kind is not Kind.ORGANIZATION:
            return False
        said = {w for m in entity.mentions for w in m.span.of(self.parsed.article.text).lower().split()}
        return bool(said & words) or any(w.endswith("bank") for w in said if "bank" in words)

    def _subject_country(self, name: Token) -> str | None:
        """ "India has halted purchases, Oil Minister A said": the country that the sentence is about is the speaker's;
        it is not that of whom it sanctions.
        """
        if not self._is_subject(name):
            return None
        for token in self.parsed.tokens[self.parsed.sentences[name.sent].first : name.i]:
            if token.dep in ("nsubj", "nsubjpass"):
                for entity in self.people.linked(token):
                    if "schema:Country" in self.entities[entity].classes:
                        return entity
        return None

    def _is_subject(self, name: Token) -> bool:
        top = name
        while top.dep in ("compound", "appos") and top.head != top.i:
            top = self.parsed.tokens[top.head]
        return top.dep in ("nsubj", "nsubjpass")

    def _opening_country(self, name: Token) -> str | None:
        """ "In Norland, she met Prime Minister A": whom one meets is at home where a sentence begins."""
        if self._is_subject(name):
            return None
        sentence = self.parsed.sentences[name.sent]
        opening = self.parsed.tokens[sentence.first : name.i]
        comma = next((t.i for t in opening if t.text == ","), None)
        if comma is None or opening[0].text != "In":
            return None
        told = {self.covered[i].entities[0] for i in range(sentence.first, comma) if i in self.covered}
        lands = [e for e in told if "schema:Country" in self.entities[e].classes]
        return lands[0] if len(told) == 1 and lands else None

    def _last_body(self, name: Token, of: Collection[str] | None = None) -> str | None:
        """Return the organisation that was spoken of last, here or two sentences before: whose spokesman it is."""
        for link in reversed(self.resolved.links):
            head = self.parsed.tokens[link.head]
            if head.i < name.i and name.sent - head.sent <= 2 and head.block >= name.block - 1:
                if len(link.entities) != 1 or (of is not None and link.entities[0] not in of):
                    continue
                if self.people.kinds.get(link.entities[0]) is Kind.ORGANIZATION:
                    return link.entities[0]
        return None

    def _spoken_of(self, country: Entity) -> int:
        """Count the mentions of a country and of the bodies that bear its name ("Environment Canada")."""
        words = {country.name, *country.aliases}
        names = ((e, f" {n} ") for e in self.resolved.entities for n in (e.name, *e.aliases))
        named = (e for e, n in names if any(f" {w} " in n for w in words))
        return sum(len(e.mentions) for e in {country.id: country, **{e.id: e for e in named}}.values())
