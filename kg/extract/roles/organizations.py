"""Tells the body that a position is held in where no words beside it do: countries, whom an article is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from kg.extract.digests import is_digest, paragraphs
from kg.extract.roles.words import RoleWords
from kg.extract.syntax import office_of
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, Role, Span
from kg.parsed import Parsed, Token

PARTS = {
    "state": {"schema:State", "schema:AdministrativeArea"},
    "county": {"schema:County"},
    "city": {"schema:City"},
}


def is_met(name: Token, parsed: Parsed, lexicon: Lexicon) -> bool:
    """Tell a guest or host, whose country may be another: "they met with President A", "talks with Minister B"."""
    met = parsed.top(name, "compound", "appos", "conj", "nmod")
    above = parsed.tokens[met.head]
    if met.dep == "pobj" and above.text.lower() in ("with", "to", "between"):
        above = parsed.tokens[above.head]
    elif met.dep not in ("dobj", "dative"):
        return False
    part = "verb" if above.pos == "VERB" else "noun"
    frames = lexicon.frames_of(above.lemma.lower(), part)
    return any(frame.event_class == "plover:Consult" for frame in frames)


def is_told_behind(name: Token, parsed: Parsed, lexicon: Lexicon) -> bool:
    """Tell "Superintendent A of the police of Arken", whose own words tell a body, though none that has a name."""
    of, noun = parsed.tokens[name.i + 1 : name.i + 2], None
    if of and of[0].text == "of":
        noun = next(iter(parsed.dependents(of[0], "pobj")), None)
    return noun is not None and noun.lemma.lower() in lexicon.tables.organization_words


class ImpliedBodies:
    """Tells the body of a role beside which none is told; made once for an article."""

    def __init__(self, words: RoleWords) -> None:
        self.words = words
        self.resolved, self.parsed, self.people = words.resolved, words.parsed, words.people
        self.lexicon, self.entities, self.covered = words.lexicon, words.entities, words.covered
        self._ranked: dict[str, list[tuple[int, str]]] = {}  # bodies by how much the article speaks of them

    def implied(self, role: Role, name: Token, found: Sequence[Role]) -> str | None:
        """Return the organisation or country that the article tells where the words beside a title do not.

        In a digest it is one that the same item names.
        """
        if is_told_behind(name, self.parsed, self.lexicon):
            return None
        title = role.title.lower()
        body = self._beside(title, name, found) or self._of_the_article(title, name, self._home(role, found))
        if self._apart and (body is None or name.block not in paragraphs(self.parsed, self.entities[body])):
            return self._only_country(title, name)
        return body

    def _home(self, role: Role, found: Sequence[Role]) -> str | None:
        """Return the country of another national office that the article tells of the same person."""
        national = self.lexicon.tables.constructions.national_titles
        for other in found:
            home = self.entities.get(other.organization or "")
            same = other.person == role.person and office_of(other.title) in national
            if same and home is not None and "schema:Country" in home.classes:
                return home.id
        return None

    def _beside(self, title: str, name: Token, found: Sequence[Role]) -> str | None:
        """ "Israeli prime minister A and energy minister B": the country of whom "and" joins a minister with; two
        foreign ministers, or two heads of government, may be of two.
        """
        sets = self.lexicon.tables.constructions
        words = title.split()
        if words[-1] not in ("minister", "secretary") or len(words) < 2 or title in sets.counterparts:
            return None
        text, sentence = self.parsed.article.text, self.parsed.sentence_span(name)
        for role in reversed(found):
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

    def _only_country(self, title: str, name: Token) -> str | None:
        """Return the one country that an item of a digest names, where an office before a name is a country's."""
        sets = self.lexicon.tables.constructions
        national = office_of(title) in sets.national_titles | sets.lawmakers or title in sets.national_offices
        if not national or title in sets.regional_titles:
            return None
        named = [
            e.id
            for e in self.resolved.entities
            if "schema:Country" in e.classes and name.block in paragraphs(self.parsed, e)
        ]
        return named[0] if len(named) == 1 and not is_met(name, self.parsed, self.lexicon) else None

    @cached_property
    def _apart(self) -> bool:
        return is_digest(self.resolved)

    def _of_the_article(self, title: str, name: Token, own: str | None) -> str | None:
        """A national office without its country ("Environment Minister") belongs to the holder's `own`, or to the one
        that the article names most, if any stands out.
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
            named = self._body_of_article(title, name)
            if named is not None or head in sets.national_titles:
                return named
        if head not in sets.national_titles and title not in sets.national_offices:
            part = sets.offices_of_parts.get(title, sets.offices_of_parts.get(head))
            return self._foremost(part) if part is not None else None
        lands = self._by_mentions("country", lambda e: "schema:Country" in e.classes, self._spoken_of)
        lands = [] if own is not None or is_met(name, self.parsed, self.lexicon) else lands
        if head == "premier" and lands and self.entities[lands[0][1]].name in sets.lands_of_premiers:
            return self._foremost("state")
        if not lands or lands[0][0] < 2 or (len(lands) > 1 and lands[0][0] < 2 * lands[1][0]):
            return own or self._opening_country(name)
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
        if not any(self._is_in_a_sentence(m.span) for m in entity.mentions):
            return False  # "Circuit Court Press Bio", the heading of a part
        said = {w for m in entity.mentions for w in m.span.of(self.parsed.article.text).lower().split()}
        return bool(said & words) or any(w.endswith("bank") for w in said if "bank" in words)

    def _is_in_a_sentence(self, span: Span) -> bool:
        words = self.parsed.tokens_in(span)
        return not words or self.parsed.tokens[self.parsed.sentences[words[0].sent].last - 1].pos == "PUNCT"

    def _opening_country(self, name: Token) -> str | None:
        """ "In Norland, she met Prime Minister A": whom one meets is at home where a sentence begins."""
        if self.parsed.top(name, "compound", "appos").dep in ("nsubj", "nsubjpass"):
            return None
        sentence = self.parsed.sentences[name.sent]
        opening = self.parsed.tokens[sentence.first : name.i]
        if opening and opening[0].text != "In":
            return None
        verb = next((t.i for t in opening if t.pos in ("VERB", "AUX")), sentence.first)
        comma = max((t.i for t in opening if t.text == "," and t.i < verb), default=sentence.first)
        told = {self.covered[i].entities[0] for i in range(sentence.first, comma) if i in self.covered}
        lands = [e for e in told if "schema:Country" in self.entities[e].classes]
        return lands[0] if len(lands) == 1 else None

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
