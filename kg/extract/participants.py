"""Who speaks or acts: from a token of the parse to the entities, or the unnamed group, that it stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.extract.syntax import conjuncts, is_opposed, noun_owner, prepositional, qualifies_by_hyphen, subject
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, Mention, MentionKind, unnamed_id
from kg.parsed import Resolved, Token

BRACKETS = ("(", ")")
ECHOES = frozenset({"it", "they", "he", "she"})
VAGUE = frozenset(
    {
        "it",
        "this",
        "that",
        "which",
        "what",
        "there",
        "these",
        "those",
        "who",
        "one",
        "none",
        "such",
        "here",
        "whatever",
        "all",
        "each",
    }
)


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: an entity's id and how surely; `direct` when the entity itself is named there
    and not by its people or things.
    """

    entity: str
    confidence: float
    direct: bool


class Participants:
    """Finds the entities behind tokens, and mints one `Kind.GROUP` entity for each unnamed group that
    takes part in something.
    """

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
        self.people_endings = tuple(sorted(lexicon.tables.constructions.people_endings))
        self.names = {e.id: e.name for e in resolved.entities}
        self.cities = {e.id for e in resolved.entities if "schema:City" in e.classes}
        self.countries = {e.id for e in resolved.entities if "schema:Country" in e.classes}
        self.groups: dict[int, Entity] = {}
        self.first_person: dict[int, tuple[str, ...]] = {}
        self.before_suffix = {  # "Ana Roth, Jr.": the parser may take the name for one thing and the suffix for another
            i - 1: link.entities
            for link in resolved.links
            if link.kind is MentionKind.NAME
            for i in range(link.first + 1, link.last)
            if self.parsed.tokens[i].text == ","
        }
        self.by_lemma: defaultdict[tuple[str, str], list[Token]] = defaultdict(list)
        for token in self.parsed.tokens:
            if token.pos in ("NOUN", "PROPN") and token.dep not in ("compound", "nmod", "amod"):
                self.by_lemma[token.lemma.lower(), token.tag].append(token)

    def linked(self, token: Token) -> tuple[str, ...]:
        """Return the entities that a token's own mention speaks of."""
        found = self.first_person.get(token.i) or self.resolved.who(token.i)
        return found or self.before_suffix.get(token.i, ())

    def _nobody(self, token: Token) -> bool:
        return any(c.text.lower() in ("no", "neither") for c in self.parsed.dependents(token, "det"))

    def fill(self, token: Token | None, groups: bool = True, metonymy: bool = True) -> list[Filler]:
        """Return who `token` and what is coordinated with it stand for, without doubles, in order.

        With `groups`, a noun for people that names nobody gives its group; with `metonymy`, the people and things of
        somebody stand for him ("Russian officials", "the church's website").
        """
        if token is None:
            return []
        out: list[Filler] = []
        for each in conjuncts(self.parsed, token):
            for filler in self._one(each, groups, metonymy):
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
        """Return whom `token` itself stands for; see `fill`."""
        return self._one(token, groups, metonymy)

    def _one(self, token: Token, groups: bool, metonymy: bool) -> list[Filler]:
        """Return what the first rule that knows the token says it stands for."""
        if qualifies_by_hyphen(self.parsed, token):
            return []
        for rule in (
            self._as_linked,
            self._as_echo,
            self._as_speaker,
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
        acts = groups and (self.is_people(token) or self._is_body(token)) and not self._nobody(token)
        return [Filler(self._group(token), 0.6, False)] if acts else []

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
        return [replace(f, confidence=f.confidence * 0.9) for f in self._one(head, groups, metonymy)]

    def _as_speaker(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        if token.text.lower() not in ECHOES or token.dep not in ("nsubj", "nsubjpass"):
            return None
        sayer = self._who_says(token)
        return None if sayer is None else self._one(sayer, groups, metonymy)

    def _as_pronoun(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """A pronoun that resolution left alone stands for nobody, or for people in general."""
        lower = token.text.lower()
        if token.pos not in ("PRON", "DET") and lower not in VAGUE:
            return None
        if lower in self.lexicon.tables.constructions.indefinite_people and groups:
            return [Filler(self._group(token), 0.5, False)]
        return []

    def _as_part(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """ "hundreds of civilians", "the outskirts of Aleppo"."""
        if token.lemma.lower() not in self.lexicon.tables.constructions.quantities:
            return None
        # "a town in Mali" is a part of Mali, a "data centre in Mali" is not
        whole = self.is_people(token) or self.parsed.dependents(token, "compound")
        prepositions = ("of",) if whole else ("of", "in")
        inner = prepositional(self.parsed, token, *prepositions)
        found = self._one(inner, groups, metonymy) if inner is not None else []
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
        return [Filler(self._group(token), 0.6, False)] if groups else []

    def _as_named_people(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        named = self.named_within(token) if self.is_people(token) else []
        return [Filler(e, 0.7, True) for e in named] or None

    def _as_owner(self, token: Token, groups: bool, metonymy: bool) -> list[Filler] | None:
        """Whom people and things act for: "Israeli troops", "the firm's lawyers"."""
        if not metonymy or (groups and self._act_for_themselves(token)):
            return None
        return self.owners(token) or None

    def _is_body(self, token: Token) -> bool:
        """Tell an unnamed body that can act ("the court", "two banks") where it stands as a subject or object."""
        lemma, tables = token.lemma.lower(), self.lexicon.tables
        if token.pos != "NOUN" or lemma not in tables.organization_words:
            return False
        if lemma in tables.place_words:  # what is done to a school is done to a building
            return token.dep == "nsubj"
        return token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative")

    def _act_for_themselves(self, token: Token) -> bool:
        """Tell "Egyptian demonstrators" and "rebel leaders" from the troops and officials that act for their state."""
        if not self.is_people(token):
            return False
        if self.parsed.dependents(token, "nummod"):
            return True  # "nine UN peacekeepers": whoever is counted is no state
        state = self.lexicon.tables.constructions.state_people
        modifiers = [
            m for m in self.parsed.dependents(token, "compound", "amod", "nmod") if not self.linked(m)
        ]
        if any(
            m.lemma.lower() in self.lexicon.tables.group_nouns and m.lemma.lower() not in state
            for m in modifiers
        ):
            return True
        lemma = token.lemma.lower()
        if lemma in self.lexicon.tables.constructions.governments and not self.parsed.dependents(
            token, "nummod"
        ):
            return False  # "the Syrian people"
        return lemma in self.lexicon.tables.group_nouns and lemma not in state

    def _who_says(self, pronoun: Token) -> Token | None:
        """ "The rebels said they would withdraw": an unresolved subject of what is said is who says it."""
        clause = self.parsed.tokens[pronoun.head]
        verb = self.parsed.tokens[clause.head]
        if clause.dep != "ccomp" or verb.lemma.lower() not in self.lexicon.cues.verbs:
            return None
        sayer = subject(self.parsed, verb)
        return sayer if sayer is not None and sayer.pos not in ("PRON", "DET") else None

    def owners(self, token: Token) -> list[Filler]:
        """Return whose people or thing a noun is: by possessor, nationality word, "of" phrase, or who issued a text."""
        out: list[Filler] = []
        alone = (
            token.tag == "NN"
            and self.lexicon.tables.is_person_word(token.lemma.lower())
            and token.lemma.lower() not in self.lexicon.people.collectives
        )
        for child in self.parsed.dependents(token, "poss", "amod", "compound", "nmod"):
            for each in conjuncts(self.parsed, child):
                if is_opposed(self.parsed, each):
                    continue
                if each.i in self.resolved.echoes and not self.is_people(token):
                    out += self._one(each, True, False)  # "attacked *their* car": the journalists'
                for entity in self.linked(each):
                    theirs = self.kinds.get(entity) is Kind.PERSON and self.is_people(
                        token
                    )  # "her parents" are not she
                    theirs = theirs or (alone and self.kinds.get(entity) is Kind.PLACE)  # a mayor is no town
                    if not theirs and all(entity != f.entity for f in out):
                        out.append(Filler(entity, 0.6, False))
        if not out and (
            self.is_people(token)
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

    def is_people(self, token: Token) -> bool:
        """Tell whether a noun speaks of people: a group, a kind of person, or a body of people."""
        lemma = token.lemma.lower()
        return token.pos in ("NOUN", "PROPN", "ADJ") and (
            self.lexicon.tables.calls_person(lemma)
            or lemma in self.lexicon.tables.group_nouns
            or lemma.endswith(self.people_endings)
            or (lemma in ("other", "others") and bool(self.parsed.dependents(token, "nummod")))
        )

    def is_thing(self, noun: Token) -> bool:
        """Tell a noun for a thing: no word for people, bodies, places, or what somebody says or does."""
        lemma, tables = noun.lemma.lower(), self.lexicon.tables
        known = (
            lemma in tables.organization_words or lemma in tables.place_words or lemma in tables.speech_nouns
        )
        return not known and not self.is_people(noun) and not self.lexicon.frames_of(lemma, "noun")

    def _group(self, token: Token) -> str:
        first = self._first_telling(token)
        if first.i not in self.groups:
            name = re.sub(r"\s+", " ", self.parsed.span(*self._phrase(first)).of(self.parsed.article.text))
            name = re.sub(r"^(the|a|an)\s+", "", name, flags=re.I) or name
            for child in self.parsed.dependents(first, "poss"):  # "its supporters" → "the party's supporters"
                owners = self.linked(child)
                if (
                    child.pos == "PRON"
                    and len(owners) == 1
                    and name.lower().startswith(f"{child.text.lower()} ")
                ):
                    name = f"{self.name(owners[0])}'s{name[len(child.text) :]}"
            self.groups[first.i] = Entity(unnamed_id(first.i), Kind.GROUP, name, confidence=0.6)
        group = self.groups[first.i]
        mention = Mention(self.parsed.span(*self._phrase(token)), MentionKind.NOMINAL)
        if mention not in group.mentions:
            self.groups[first.i] = replace(group, mentions=tuple(sorted((*group.mentions, mention))))
        return group.id

    def name(self, entity: str) -> str:
        """Return what an entity is called, be it named in the article or a group that was minted here."""
        if entity not in self.names:
            self.names.update((group.id, group.name) for group in self.groups.values())
        return self.names[entity]

    def _first_telling(self, token: Token) -> Token:
        """Return the head by which a group entered: "two journalists … *the journalists*", "police … *police*"."""
        if token.pos not in ("NOUN", "PROPN") or token.i in self.resolved.at:
            return token
        own = self._modifiers(token)
        known = token.lemma.lower() in self.lexicon.people.collectives or any(
            c.text.lower() in ("the", "these", "those", "both")
            for c in self.parsed.dependents(token, "det", "predet")
        )
        if not known:
            return token
        for earlier in self.by_lemma[token.lemma.lower(), token.tag]:
            if earlier.i >= token.i:
                break
            same = own <= self._modifiers(earlier) or not own
            if (
                same
                and earlier.i not in self.resolved.at
                and (self.is_people(earlier) or self._is_body(earlier))
            ):
                return earlier
        return token

    def _modifiers(self, token: Token) -> set[str]:
        return {
            c.lemma.lower()
            for c in self.parsed.dependents(token, "amod", "compound", "nmod", "poss", "nummod")
        }

    def _phrase(self, token: Token) -> tuple[int, int]:
        tokens, first = self.parsed.tokens, token.i
        for child in reversed(self.parsed.dependents(token)):
            before = first - 1
            while before > 0 and tokens[before].text in BRACKETS:  # "a European Union (EU) source"
                before -= 1
            if (
                child.i < first
                and child.dep in ("det", "amod", "compound", "nmod", "poss", "nummod", "quantmod")
                and child.right == before
            ):
                first = child.left
        last = token.i + 1
        if token.pos == "PROPN" and tokens[last : last + 1] and tokens[last].tag == "CD":
            last += tokens[last].head == token.i  # "Channel 4"
        for child in self.parsed.dependents(token, "prep"):
            if (
                child.i == last
                and child.text.lower() in ("of", "on", "in", "at", "from")
                and child.right - child.i < 6
            ):
                last = child.right + 1
                break
        return first, last

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
            for filler in self.owners(token):  # "Iraq's interim government" is Iraq
                return filler.entity
        lower = token.text.lower()
        if token.i in self.resolved.echoes:
            return self.source(self.parsed.tokens[self.resolved.echoes[token.i]])
        if token.pos == "PRON" and lower in VAGUE | {"he", "she", "they", "i", "we", "you"}:
            return None
        if token.pos in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"):
            return self._group(token)
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
