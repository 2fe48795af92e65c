"""Reads the noun phrase of a position: its title without names, the body that it is held in, whether it is over."""

from __future__ import annotations

import re

from kg.extract.role_modality import ORDER, modality_of_title
from kg.extract.role_organizations import BODIES, RoleBodies
from kg.extract.syntax import conjuncts, office_of, prepositional
from kg.model import Kind, Modality, Role
from kg.parsed import Token

LEFT = frozenset({"amod", "compound", "nmod", "poss", "nummod", "advmod", "punct", "npadvmod"})
DROPPED = frozenset(
    {
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "current",
        "new",
        "acting",
        "longtime",
        "'s",
        "then",
        "then-",
        "former",
        "ex",
        "ex-",
        "one",
        "senior-most",
        "main",
        "own",
        "late",
        "last",
        "prominent",
        "fellow",
    }
)
_JOINED = re.compile(r" (?:and|&) ")
ORG_PREPOSITIONS = ("of", "at", "for", "in", "with", "from")


class RolePhrases(RoleBodies):
    """The roles of one resolved article while they are gathered, and how the words of one are read."""

    def _is_role_noun(self, token: Token) -> bool:
        lemma, tables = token.lemma.lower(), self.lexicon.tables
        if token.pos not in ("NOUN", "PROPN"):
            return False
        return lemma in tables.titles or lemma in tables.title_heads or bool(self._known_title(token))

    def _ornament(self, child: Token) -> bool:
        """Tell praise from what belongs to a title: "most decorated player", "longest-serving senator"."""
        if child.lemma.lower() in self.lexicon.tables.constructions.praise or child.text.lower() == "serving":
            return True  # "outspoken", "long-serving"
        graded = child.pos == "ADJ" and any(c.pos == "ADV" for c in self.parsed.dependents(child, "advmod"))
        return child.tag == "JJS" or graded or any(c.tag == "RBS" for c in self.parsed.dependents(child))

    def _tells_origin(self, child: Token) -> bool:
        """Tell "Houston-born" and "Vienna-based" from what belongs to a title."""
        return child.tag == "VBN" and any(
            place.i in self.covered for place in self.parsed.dependents(child, "npadvmod", "compound", "nmod")
        )

    def _noun_phrase(
        self,
        noun: Token,
        person: str,
        name: Token,
        confidence: float,
        reason: str,
        past: bool = False,
        modality: Modality = Modality.ASSERTED,
    ) -> None:
        parsed, tokens = self.parsed, self.parsed.tokens
        if noun.lemma.lower() in self.lexicon.tables.constructions.stances and (
            prepositional(parsed, noun, "of") or parsed.dependents(noun, "poss")
        ):
            return  # "a critic of the government" holds no position
        organization: str | None = None
        party: str | None = None  # "the Democratic chairman of the committee" chairs the committee
        former = past
        kept = [noun.i, *self._known_title(noun)]
        for child in parsed.dependents(noun):
            if child.i > noun.i:
                continue
            lower = child.text.lower()
            if lower in self.lexicon.tables.former:
                former = former or lower != "outgoing"
                continue
            if self._tells_origin(child) or lower in self._doubts:
                continue
            if self._is_role_noun(child) and child.dep in LEFT and tokens[child.right + 1].text == ",":
                self._noun_phrase(child, person, name, confidence, reason, past, modality)
                continue  # "a performer, artist, and designer"
            link = self.covered.get(child.i)
            if child.dep != "poss" and link is not None and self._is_field(link.entities[0], noun):
                kept += range(link.first, link.last)
                continue
            if child.dep == "poss" or child.i in self.covered:
                for each, entity in ((c, e) for c in conjuncts(parsed, child) for e in self.people.linked(c)):
                    if self.people.kinds.get(entity) not in BODIES or organization is not None:
                        continue
                    link = self.covered.get(each.i)
                    if (
                        child.dep == "poss"
                        or link is None
                        or not self._is_nationality(link.first, link.last, entity, noun)
                    ):
                        organization = entity
                        said = parsed.text(link.first, link.last).lower() if link else ""
                        partisan = said in self.lexicon.tables.constructions.party_words
                        if child.dep != "poss" and (partisan or self._is_party(entity)):
                            party = entity
                for nested in parsed.dependents(child, "poss", "compound", "amod", "nmod"):
                    if (
                        organization is None
                        and self.people.linked(nested)
                        and self.people.kinds.get(self.people.linked(nested)[0]) in BODIES
                    ):
                        organization = self.people.linked(nested)[0]
                continue
            if (
                child.dep in LEFT
                and child.pos in ("ADJ", "NOUN", "PROPN", "VERB", "PUNCT", "NUM")
                and not child.text.isdigit()
                and child.lemma.lower() != "old"  # "a 67-year-old farmer"
                and not self._ornament(child)
            ):
                kept += [i for i in range(child.left, child.right + 1) if i not in self.covered]
                for i in range(child.left, child.right + 1):
                    link = self.covered.get(i)
                    if link is not None and organization is None:
                        if not self._is_nationality(link.first, link.last, link.entities[0], noun):
                            organization = link.entities[0]
        last = noun.i
        first_conjunct = parsed.tokens[noun.head]
        shared = parsed.dependents(first_conjunct, "prep") if noun.dep == "conj" else []
        for child in [*parsed.dependents(noun, "prep"), *(c for c in shared if c.i == noun.i + 1)]:
            if child.i != last + 1 or child.text.lower() not in (*ORG_PREPOSITIONS, "to", "on"):
                continue
            tail = list(range(child.i, child.right + 1))
            inner = next(iter(parsed.dependents(child, "pobj")), None)
            if inner is None or inner.pos == "NUM":  # "a teacher of 62"
                continue
            stop = self._phrase_end(inner)
            tail = list(range(child.i, stop))
            named = self._body_within(inner, stop)
            if self.people.kinds.get(named or "") is Kind.PLACE and (
                child.text.lower()
                == "in"  # where it is done: "head of research in Oslo", "a nurse from Kassel"
                or (child.text.lower() == "from" and not self._needs_constituency(noun.text))
            ):
                continue
            if named is None:
                named = next(iter(self._bodies(inner)), None)
            if named is None and child.text.lower() == "from":  # "a teacher from a small village"
                continue
            if child.text.lower() == "at" and inner.lemma.lower() in self.lexicon.tables.organization_words:
                linked = self._bodies(inner)
                body = linked[0] if linked else named
                if body is not None and self.people.kinds.get(body) is Kind.ORGANIZATION:
                    organization = organization or body
                last = (
                    stop - 1
                )  # "a professor of biology at the school": the place of work is no part of the title
                continue
            if child.text.lower() in ORG_PREPOSITIONS and named is not None:
                if organization in (None, party):
                    organization = named
                whole = all(
                    i in self.covered or tokens[i].text.lower() in (*ORG_PREPOSITIONS, "the", ",")
                    for i in tail
                )
                if not whole:  # "head of the Syria desk of …": keep the common words that are no name
                    owned = {  # "head of the company's risk unit" is no title with the company in it
                        i for c in parsed.dependents(inner, "poss") for i in range(c.left, c.right + 1)
                    }
                    rest = [i for i in tail if i not in self.covered and i not in owned]
                    words = [tokens[i].text for i in rest if tokens[i].pos in ("NOUN", "ADJ")]
                    named_so = inner.i in self.covered or self.people.linked(inner)
                    if words and not named_so and not self._is_unnamed_body(child, inner):
                        kept += [
                            child.i,
                            *[
                                i
                                for i in rest
                                if i != child.i and tokens[i].text.lower() not in ("the", "'s")
                            ],
                        ]
                last = stop - 1
            elif named is None or child.text.lower() in ("to", "on"):
                owner = next(iter(parsed.dependents(inner, "poss")), None)
                if owner is not None and child.text.lower() == "of":
                    organization = organization or next(iter(self._bodies(owner)), None)
                    tail = [i for i in tail if not owner.left <= i <= owner.right]
                if not self._is_unnamed_body(child, inner):
                    kept += tail
                last = stop - 1
            second = next(
                (c for c in parsed.dependents(inner, "prep") if c.text.lower() in ("at", "of", "in")), None
            )
            if second is not None and organization is None:
                deep = next(iter(parsed.dependents(second, "pobj")), None)
                if deep is not None:
                    organization = next(iter(self._bodies(deep)), None)
        title = self._title_text(sorted(set(kept)))
        organization = organization or self._owner(noun) or self._shared_with_owner(noun)
        if title:
            self._add(
                person,
                title,
                organization,
                former,
                min(kept),
                max(max(kept), last) + 1,
                name,
                confidence,
                reason,
                any(
                    c.dep == "poss" for c in parsed.dependents(noun)
                ),  # "the club's president" is of no country
                modality,
            )

    def _is_unnamed_body(self, preposition: Token, inner: Token) -> bool:
        """ "A spokesman for the fire service", "founder of a charity": a nameless body is no part of the title."""
        tables = self.lexicon.tables
        whose = preposition.text.lower() in ("of", "for", "with", "at")
        return (
            whose
            and inner.tag == "NN"
            and inner.lemma.lower()
            in (tables.constructions.generic_organizations | tables.constructions.employers)
        )

    def _known_title(self, noun: Token) -> range:
        """Return the words before a noun that make a known title with it, whatever the parser thinks of them."""
        for begin in range(max(self.parsed.sentences[noun.sent].first, noun.i - 5), noun.i):
            if begin in self.covered:
                continue
            if self.parsed.text(begin, noun.i + 1).lower() in self.lexicon.tables.titles:
                return range(begin, noun.i)
        return range(noun.i, noun.i)

    def _body_within(self, inner: Token, stop: int) -> str | None:
        """Return the body that the noun phrase of `inner` names up to `stop`: what it is, before whose it is and where
        it sits ("Iran's Quds Force", "Virginia-based Norwind").
        """
        tokens = self.parsed.tokens
        own: list[str] = []
        others: list[str] = []
        for i in range(inner.left, stop):
            if i not in self.covered or tokens[i].dep == "amod":  # "curator of Canadian art"
                continue
            entity = self.covered[i].entities[0]
            if self.people.kinds.get(entity) in BODIES:
                (others if self._is_beside(i, inner) else own).append(entity)
        return next(iter((*own, *others)), None)

    def _is_beside(self, index: int, inner: Token) -> bool:
        """Tell whether a token belongs to a possessor or to "London-based" under the noun `inner`."""
        token = self.parsed.tokens[index]
        while token.i != inner.i:
            if token.dep in ("poss", "npadvmod"):
                return True
            if token.head == token.i:
                return False
            token = self.parsed.tokens[token.head]
        return False

    def _is_party(self, body: str) -> bool:
        """ "President A of the Green Party" presides over a country."""
        return "nkg:PoliticalParty" in self.entities[body].classes

    def _phrase_end(self, inner: Token) -> int:
        """Return where the noun phrase of `inner` ends: with "of" phrases, without clauses, commas or
        further places.
        """
        end = inner.i + 1
        for child in self.parsed.dependents(inner):
            if child.i < end:
                continue
            if (child.dep in ("prep",) and child.text.lower() in ("of", "for", "on") and child.i == end) or (
                child.dep in ("cc", "conj") and child.i >= end and child.right - inner.i < 6
            ):
                end = child.right + 1
            elif child.i >= end:
                break
        return end

    def _title_text(self, indices: list[int]) -> str:
        tokens, sets = self.parsed.tokens, self.lexicon.tables.constructions
        levels, praise = sets.levels, sets.praise
        words: list[str] = []
        previous = -2
        for i in indices:
            token = tokens[i]
            after = tokens[i + 1].text if i + 1 < len(tokens) else ""
            level = token.text in levels and after[:1].isupper()  # "the state Commissioner for Works"
            praised = token.text.lower() in praise and after[:1].isalpha()
            opening = not words and (token.text.lower() in DROPPED or level or praised)
            if opening or token.text.lower() == "'s" or (token.pos == "PUNCT" and token.text != "-"):
                continue
            glue = "" if words and previous == i - 1 and not tokens[previous].space else " "
            words.append((glue if words else "") + token.text)
            previous = i
        text = "".join(words).strip(" -,")
        return re.sub(r"\s+", " ", text)

    def _add(
        self,
        person: str,
        title: str,
        organization: str | None,
        former: bool,
        first: int,
        last: int,
        name: Token,
        confidence: float,
        reason: str,
        owned: bool = False,
        modality: Modality = Modality.ASSERTED,
    ) -> None:
        words = title.lower()
        sets = self.lexicon.tables.constructions
        letters = words in sets.behind_names or words.split()[-1].rstrip(".") in sets.short_ranks
        address = all(w.rstrip(".") in self.lexicon.tables.honorifics for w in words.split())  # "Mrs Justice"
        if (address and not letters) or not any(c.isalpha() for c in words):
            return
        parts = _JOINED.split(title)
        if len(parts) > 1 and all(part.lower() in self.lexicon.tables.titles for part in parts):
            for part in parts:  # "president and CEO"
                self._add(
                    person, part, organization, former, first, last, name, confidence, reason, owned, modality
                )  # fmt: skip
            return
        if organization is None and not owned:
            organization = self._implied(words, name)
        sentence = self.parsed.sentence_span(name)
        self.found.append(
            Role(
                person,
                title,
                organization,
                former,
                self.parsed.span(first, last),
                sentence,
                round(confidence, 2),
                reason,
                min(modality, modality_of_title(self.parsed, first, self.lexicon), key=ORDER.index),
            )
        )

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


def _fullness(role: Role) -> tuple[bool, int, float]:
    return (role.organization is not None, len(role.title), role.confidence)
