"""Who speaks or acts: from a token of the parse to the entities, or the unnamed group, that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.extract.noun_kinds import NounKinds
from kg.extract.syntax import conjuncts, is_opposed, noun_owner, prepositional, qualifies_by_hyphen
from kg.extract.unnamed_groups import UnnamedGroups
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, MentionKind
from kg.parsed import Resolved, Token

_VAGUE = "it this that which what there these those who one none such here whatever all each"
VAGUE = frozenset(_VAGUE.split())


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: an entity's id and how surely; `direct` when it is named itself, not its people or things."""

    entity: str
    confidence: float
    direct: bool


class Participants:
    """Finds the entities behind tokens, unnamed groups among them, each minted when it first takes part."""

    def __init__(self, resolved: Resolved, lexicon: Lexicon) -> None:
        self.resolved, self.parsed, self.lexicon = resolved, resolved.parsed, lexicon
        self.kinds = {e.id: e.kind for e in resolved.entities}
        heads = lexicon.tables.place_words
        self.waters = {  # seas and rivers, with which nobody deals
            e.id
            for e in resolved.entities
            if e.kind is Kind.PLACE
            and "schema:BodyOfWater" in {heads.get(word) for word in e.name.lower().split()}
        }
        self.countries = {e.id for e in resolved.entities if "schema:Country" in e.classes}
        self.nouns = NounKinds(self.parsed, lexicon)
        self.unnamed = UnnamedGroups(resolved, self.nouns, lexicon)
        self.groups: Mapping[int, Entity] = self.unnamed.groups  # those that took part so far
        self.first_person: dict[int, tuple[str, ...]] = {}
        self.before_suffix = {  # "Ana Roth, Jr.": the parser may take the name for one thing and the suffix for another
            i - 1: link.entities
            for link in resolved.links
            if link.kind is MentionKind.NAME
            for i in range(link.first + 1, link.last)
            if self.parsed.tokens[i].text == ","
        }

    def linked(self, token: Token) -> tuple[str, ...]:
        """Return the entities that a token's own mention speaks of."""
        found = self.first_person.get(token.i) or self.resolved.who(token.i)
        return found or self.before_suffix.get(token.i, ())

    def of_kind(self, token: Token, *kinds: Kind) -> list[str]:
        """Return the entities of some kinds that a token's own mention speaks of."""
        return [e for e in self.linked(token) if self.kinds.get(e) in kinds]

    def fill(self, token: Token | None, groups: bool = True, metonymy: bool = True) -> list[Filler]:
        """Return who `token` and what is coordinated with it stand for, without doubles, in order.

        With `groups`, a noun for people that names nobody gives its group; with `metonymy`, the people and things of
        somebody stand for him ("Russian officials", "the church's website").
        """
        if token is None:
            return []
        out: list[Filler] = []
        for each in conjuncts(self.parsed, token):
            for filler in self.one(each, groups, metonymy):
                if all(filler.entity != other.entity for other in out):
                    out.append(filler)
        return out

    def fill_all(self, tokens: Iterable[Token]) -> list[Filler]:
        """Return who several tokens stand for, without doubles, in order."""
        out: list[Filler] = []
        for token in tokens:
            out += [f for f in self.fill(token) if all(f.entity != known.entity for known in out)]
        return out

    def one(self, token: Token, groups: bool = True, metonymy: bool = True) -> list[Filler]:
        """Return whom `token` itself stands for, by the first rule that knows it; see `fill`."""
        if qualifies_by_hyphen(self.parsed, token):
            return []
        for rule in (
            self._as_linked,
            self._as_echo,
            self._as_pronoun,
            self._as_part,
            self._as_named_place,
            self._as_people,
            self._as_named_people,
            self._as_owner,
        ):
            found = rule(token, groups, metonymy)
            if found is not None:
                return found
        nobody = any(c.text.lower() in ("no", "neither") for c in self.parsed.dependents(token, "det"))
        acts = groups and not nobody and self.nouns.can_act(token)
        return [Filler(self.unnamed.of(token, self.linked), 0.6, False)] if acts else []

    def _as_linked(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        linked = self.linked(token)
        if not linked:
            return None
        link = self.resolved.links[self.resolved.at[token.i]] if token.i in self.resolved.at else None
        return [Filler(e, link.confidence if link else 0.7, True) for e in linked]

    def _as_echo(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """A word that takes up an unnamed thing stands for whatever that one stands for."""
        if token.i not in self.resolved.echoes:
            return None
        head = self.parsed.tokens[self.resolved.echoes[token.i]]
        return [replace(f, confidence=f.confidence * 0.9) for f in self.one(head, groups, metonymy)]

    def _as_pronoun(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """A pronoun that resolution left alone stands for nobody, or for people in general."""
        lower = token.text.lower()
        if token.pos not in ("PRON", "DET") and lower not in VAGUE:
            return None
        if lower in self.lexicon.tables.constructions.indefinite_people and groups:
            return [Filler(self.unnamed.of(token, self.linked), 0.5, False)]
        return []

    def _as_part(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """ "hundreds of civilians", "the outskirts of Aleppo"."""
        if token.lemma.lower() not in self.lexicon.tables.constructions.quantities:
            return None
        # "a town in Mali" is a part of Mali, a "data centre in Mali" is not
        whole = self.nouns.is_people(token) or self.parsed.dependents(token, "compound")
        prepositions = ("of",) if whole else ("of", "in")
        inner = prepositional(self.parsed, token, *prepositions)
        found = self.one(inner, groups, metonymy) if inner is not None else []
        return [Filler(f.entity, f.confidence * 0.95, f.direct) for f in found] or None

    def _as_named_place(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """ "the rebel-held Urm town"."""
        if token.lemma.lower() in self.lexicon.tables.place_words:
            for child in self.parsed.dependents(token, "compound", "nmod", "appos"):
                for entity in self.linked(child):
                    if self.kinds.get(entity) is Kind.PLACE:
                        return [Filler(entity, 0.75, True)]
        return None

    def _as_people(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """People of a nation or faith ("Kurds")."""
        if token.i not in self.resolved.peoples:
            return None
        return [Filler(self.unnamed.of(token, self.linked), 0.6, False)] if groups else []

    def _as_named_people(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        named = self.named_within(token) if self.nouns.is_people(token) else []
        return [Filler(e, 0.7, True) for e in named] or None

    def _as_owner(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """Whom people and things act for: "Israeli troops", "the firm's lawyers"."""
        if not metonymy or (groups and self._act_for_themselves(token)):
            return None
        return self.owners(token) or None

    def _act_for_themselves(self, token: Token) -> bool:
        """Tell "Egyptian demonstrators" and "rebel leaders" from the troops and officials that act for their state."""
        if not self.nouns.is_people(token):
            return False
        if self.parsed.dependents(token, "nummod"):
            return True  # "nine UN peacekeepers": whoever is counted is no state
        tables, lemma = self.lexicon.tables, token.lemma.lower()
        groups, state = tables.group_nouns, tables.constructions.state_people
        modifiers = [
            m.lemma.lower()
            for m in self.parsed.dependents(token, "compound", "amod", "nmod")
            if not self.linked(m)
        ]
        if any(m in groups and m not in state for m in modifiers):
            return True
        # "the Syrian people" is Syria
        return lemma in groups and lemma not in state and lemma not in tables.constructions.governments

    def owners(self, token: Token) -> list[Filler]:
        """Return whose people or thing a noun is: by possessor, nationality word, "of" phrase, or who issued a text."""
        out: list[Filler] = []
        alone = (
            token.tag == "NN"
            and self.lexicon.tables.is_person_word(token.lemma.lower())
            and token.lemma.lower() not in self.lexicon.tables.collectives
        )
        for child in self.parsed.dependents(token, "poss", "amod", "compound", "nmod"):
            for each in conjuncts(self.parsed, child):
                if is_opposed(self.parsed, each):
                    continue
                if each.i in self.resolved.echoes and not self.nouns.is_people(token):
                    out += self.one(each, True, False)  # "attacked *their* car": the journalists'
                for entity in self.linked(each):
                    # "her parents" are not she
                    theirs = self.kinds.get(entity) is Kind.PERSON and self.nouns.is_people(token)
                    theirs = theirs or (alone and self.kinds.get(entity) is Kind.PLACE)  # a mayor is no town
                    if not theirs and all(entity != f.entity for f in out):
                        out.append(Filler(entity, 0.6, False))
        if not out and (
            self.nouns.is_people(token)
            or token.lemma.lower() in self.lexicon.tables.organization_words
            or token.lemma.lower() in self.lexicon.tables.title_heads
        ):
            inner = prepositional(self.parsed, token, "of", "from")
            found = self.linked(inner) if inner is not None else ()
            places = {e for e in found if alone and self.kinds.get(e) is Kind.PLACE}
            out += [Filler(entity, 0.55, False) for entity in found if entity not in places]
            inner = prepositional(self.parsed, token, "in")
            acts = token.lemma.lower() in self.lexicon.tables.constructions.state_people
            # "troops in Mali" are Mali's, "police in Lyon" not Lyon's, and a health centre in Mali is no state
            if not out and not alone and acts and inner is not None:
                out += [
                    Filler(entity, 0.5, False) for entity in self.linked(inner) if entity in self.countries
                ]
        if not out and token.lemma.lower() in self.lexicon.tables.speech_nouns:
            issuer = noun_owner(self.parsed, token)
            if issuer is not None and issuer.i != token.i:
                out += [Filler(e, 0.55, False) for e in (self.linked(issuer) or self.named_within(issuer))]
        return out

    def source(self, token: Token | None) -> str | None:
        """Return the one entity that speaks where `token` is the subject of saying; an unnamed source
        becomes a group.
        """
        if token is None:
            return None
        for filler in self.fill(token, groups=False, metonymy=False):
            return filler.entity
        for entity in self.named_within(token):
            return entity
        if token.lemma.lower() in self.lexicon.tables.constructions.governments:
            # "Iraq's interim government" is Iraq, "authorities in Iraq" are not
            for filler in self.owners(token):
                if filler.confidence > 0.5:
                    return filler.entity
        if token.i in self.resolved.echoes:
            head = self.parsed.tokens[self.resolved.echoes[token.i]]
            says = head.lemma.lower() in self.lexicon.tables.speech_nouns
            return self.source(head) if says or self.nouns.can_act(head) else None
        if token.pos == "PRON" and token.text.lower() in VAGUE | {"he", "she", "they", "i", "we", "you"}:
            return None
        if token.pos in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ") and not self.nouns.is_text(token):
            return self.unnamed.of(token, self.linked)
        return None

    def named_within(self, token: Token) -> list[str]:
        """Return the names in a noun phrase headed by a title or a word for a body.

        "Republican senators A and B", "Yonhap news agency", "sites such as X", "Ambassador to Y Z".
        """
        for child in self.parsed.dependents(token, "prep"):
            if child.text.lower() in ("as", "like"):
                named = [
                    e
                    for p in self.parsed.dependents(child, "pobj")
                    for t in conjuncts(self.parsed, p)
                    for e in self.linked(t)
                ]
                if named:
                    return named
        lemma = token.lemma.lower()
        person = self.lexicon.tables.is_person_word(lemma)
        if not person and lemma not in self.lexicon.tables.organization_words:
            return []
        wanted = Kind.PERSON if person else Kind.ORGANIZATION
        beside = self.parsed.dependents(token, "appos", "compound", "nmod", "conj")
        if person:
            relational = lemma in self.lexicon.tables.constructions.relational_people
            for child in self.parsed.dependents(token, "prep"):
                if relational and child.text.lower() in ("for", "to", "of"):
                    continue  # "an aide to the president"
                for inner in self.parsed.dependents(child, "pobj"):
                    deep = (inner, *self.parsed.dependents(inner, "appos", "nmod", "compound"))
                    beside += [d for d in deep if self._closes(d, token)]
        out: list[str] = []
        for child in beside:
            for each in conjuncts(self.parsed, child):
                out += [e for e in self.linked(each) if self.kinds.get(e) is wanted and e not in out]
        return out

    def _closes(self, inner: Token, noun: Token) -> bool:
        """Tell whether a phrase within that of `noun` ends with it, punctuation aside."""
        return all(t.pos == "PUNCT" for t in self.parsed.tokens[inner.right + 1 : noun.right + 1])
