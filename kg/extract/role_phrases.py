"""Reads the noun phrase of a position: its title without names, the body that it is held in, whether it is over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.role_modality import ORDER, modality_of_title
from kg.extract.role_organizations import BODIES, RoleBodies
from kg.extract.syntax import conjuncts, office_of
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
ORG_PREPOSITIONS = ("of", "at", "for", "in", "with", "from")


@dataclass(frozen=True, slots=True)
class Holding:
    """Whose holding of a position is told, at which name, how surely and by which rule, and whether it is over."""

    person: str
    name: Token
    confidence: float
    reason: str
    former: bool = False
    modality: Modality = Modality.ASSERTED


@dataclass(slots=True)
class OfficePhrase:
    """What is read of one noun phrase so far: the tokens of its title, its end, whether it is over, its body."""

    noun: Token
    kept: list[int]
    last: int
    former: bool
    organization: str | None = None


class RolePhrases(RoleBodies):
    """The roles of one resolved article while they are gathered, and how the words of one are read."""

    def _is_role_noun(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        return token.pos in ("NOUN", "PROPN") and (
            lemma in self.lexicon.tables.titles or lemma in self.lexicon.tables.title_heads
        )

    def _ornament(self, child: Token) -> bool:
        """Tell praise from what belongs to a title: "most decorated player", "longest-serving senator"."""
        return child.tag == "JJS" or any(c.tag == "RBS" for c in self.parsed.dependents(child))

    def _tells_origin(self, child: Token) -> bool:
        """Tell "Houston-born" and "Vienna-based" from what belongs to a title."""
        return child.tag == "VBN" and any(
            place.i in self.covered for place in self.parsed.dependents(child, "npadvmod", "compound", "nmod")
        )

    def _noun_phrase(self, noun: Token, held: Holding) -> None:
        phrase = OfficePhrase(noun, [noun.i], noun.i, held.former)
        for child in self.parsed.dependents(noun):
            if child.i <= noun.i:
                self._premodifier(child, phrase)
        first_conjunct = self.parsed.tokens[noun.head]
        shared = self.parsed.dependents(first_conjunct, "prep") if noun.dep == "conj" else []
        for child in [*self.parsed.dependents(noun, "prep"), *(c for c in shared if c.i == noun.i + 1)]:
            if child.i == phrase.last + 1 and child.text.lower() in (*ORG_PREPOSITIONS, "to", "on"):
                self._postmodifier(child, phrase)
        title = self._title_text(sorted(set(phrase.kept)))
        organization = phrase.organization or self._owner(noun) or self._shared_with_owner(noun)
        if title:
            # "the club's president" is of no country
            owned = any(c.dep == "poss" for c in self.parsed.dependents(noun))
            first, last = min(phrase.kept), max(max(phrase.kept), phrase.last) + 1
            self._add(replace(held, former=phrase.former), title, organization, first, last, owned)

    def _premodifier(self, child: Token, phrase: OfficePhrase) -> None:
        """Read one word before the noun: "former", the field, the body that owns it, or a word of the title."""
        lower = child.text.lower()
        link = self.covered.get(child.i)
        if lower in self.lexicon.tables.former:
            phrase.former = phrase.former or lower not in ("late", "outgoing")
        elif self._tells_origin(child) or lower in self._doubts:
            return
        elif child.dep != "poss" and link is not None and self._is_field(link.entities[0], phrase.noun):
            phrase.kept += range(link.first, link.last)
        elif child.dep == "poss" or link is not None:
            self._possessor(child, phrase)
        elif (
            child.dep in LEFT
            and child.pos in ("ADJ", "NOUN", "PROPN", "VERB", "PUNCT", "NUM")
            and not child.text.isdigit()
            and child.lemma.lower() != "old"  # "a 67-year-old farmer"
            and not self._ornament(child)
        ):
            self._title_words(child, phrase)

    def _possessor(self, child: Token, phrase: OfficePhrase) -> None:
        """ "Norwind's chairman", "the Norwind chairman": the body is the possessor, or what that belongs to."""
        for each, entity in ((c, e) for c in conjuncts(self.parsed, child) for e in self.people.linked(c)):
            if self.people.kinds.get(entity) not in BODIES or phrase.organization is not None:
                continue
            link = self.covered.get(each.i)
            if (
                child.dep == "poss"
                or link is None
                or not self._is_nationality(link.first, link.last, entity, phrase.noun)
            ):
                phrase.organization = entity
        for nested in self.parsed.dependents(child, "poss", "compound", "amod", "nmod"):
            owners = self.people.linked(nested)
            if phrase.organization is None and owners and self.people.kinds.get(owners[0]) in BODIES:
                phrase.organization = owners[0]

    def _title_words(self, child: Token, phrase: OfficePhrase) -> None:
        """Keep the words below a premodifier; a name among them is of the body, not of the title."""
        for i in range(child.left, child.right + 1):
            link = self.covered.get(i)
            if link is None:
                phrase.kept.append(i)
            elif phrase.organization is None:
                if not self._is_nationality(link.first, link.last, link.entities[0], phrase.noun):
                    phrase.organization = link.entities[0]

    def _postmodifier(self, preposition: Token, phrase: OfficePhrase) -> None:
        """Read "of the Syria desk", "at the school", "to the king" behind the noun."""
        inner = next(iter(self.parsed.dependents(preposition, "pobj")), None)
        if inner is None or inner.pos == "NUM":  # "a teacher of 62"
            return
        word, stop = preposition.text.lower(), self._phrase_end(inner)
        named = self._body_within(inner, stop)
        if self.people.kinds.get(named or "") is Kind.PLACE and (
            word == "in"  # where it is done: "head of research in Oslo", "a nurse from Kassel"
            or (word == "from" and not self._needs_constituency(phrase.noun.text))
        ):
            return
        if named is None:
            named = next(iter(self._bodies(inner)), None)
        if word == "at" and inner.lemma.lower() in self.lexicon.tables.organization_words:
            body = next(iter(self._bodies(inner)), named)
            if body is not None and self.people.kinds.get(body) is Kind.ORGANIZATION:
                phrase.organization = phrase.organization or body
            # "a professor of biology at the school": the place of work is no part of the title
            phrase.last = stop - 1
            return
        tail = range(preposition.i, stop)
        if word in ORG_PREPOSITIONS and named is not None:
            phrase.organization = phrase.organization or named
            phrase.kept += self._common_words(inner, tail)
            phrase.last = stop - 1
        elif named is None or word in ("to", "on"):
            owner = next(iter(self.parsed.dependents(inner, "poss")), None)
            if owner is not None and word == "of":
                phrase.organization = phrase.organization or next(iter(self._bodies(owner)), None)
                phrase.kept += [i for i in tail if not owner.left <= i <= owner.right]
            else:
                phrase.kept += tail
            phrase.last = stop - 1
        phrase.organization = phrase.organization or self._body_below(inner)

    def _body_within(self, inner: Token, stop: int) -> str | None:
        """Return the first body that is named up to `stop` in the phrase of `inner`."""
        for i in range(inner.left, stop):
            # "curator of Canadian art"
            if i in self.covered and self.parsed.tokens[i].dep != "amod":
                entity = self.covered[i].entities[0]
                if self.people.kinds.get(entity) in BODIES:
                    return entity
        return None

    def _body_below(self, inner: Token) -> str | None:
        """Return the body of the next phrase down: "head of research at Norwind"."""
        below = (c for c in self.parsed.dependents(inner, "prep") if c.text.lower() in ("at", "of", "in"))
        second = next(below, None)
        deep = next(iter(self.parsed.dependents(second, "pobj")), None) if second is not None else None
        return next(iter(self._bodies(deep)), None) if deep is not None else None

    def _common_words(self, inner: Token, tail: range) -> list[int]:
        """Return the words of "of the Syria desk of Norwind" that belong to the title, as they are no name."""
        tokens = self.parsed.tokens
        if all(i in self.covered or tokens[i].text.lower() in (*ORG_PREPOSITIONS, "the", ",") for i in tail):
            return []
        owned = {  # "head of the company's risk unit" is no title with the company in it
            i for c in self.parsed.dependents(inner, "poss") for i in range(c.left, c.right + 1)
        }
        rest = [i for i in tail if i not in self.covered and i not in owned]
        if inner.i in self.covered or self.people.linked(inner):
            return []
        if not any(tokens[i].pos in ("NOUN", "ADJ") for i in rest):
            return []
        return [tail[0], *(i for i in rest if i != tail[0] and tokens[i].text.lower() not in ("the", "'s"))]

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
        tokens, levels = self.parsed.tokens, self.lexicon.tables.constructions.levels
        words: list[str] = []
        previous = -2
        for i in indices:
            token = tokens[i]
            after = tokens[i + 1].text if i + 1 < len(tokens) else ""
            level = token.text in levels and after[:1].isupper()  # "the state Commissioner for Works"
            opening = not words and (token.text.lower() in DROPPED or level)
            if opening or token.text.lower() == "'s" or (token.pos == "PUNCT" and token.text != "-"):
                continue
            glue = "" if words and previous == i - 1 and not tokens[previous].space else " "
            words.append((glue if words else "") + token.text)
            previous = i
        text = "".join(words).strip(" -,")
        return re.sub(r"\s+", " ", text)

    def _add(
        self,
        held: Holding,
        title: str,
        organization: str | None,
        first: int,
        last: int,
        owned: bool = False,
    ) -> None:
        words = title.lower()
        sets = self.lexicon.tables.constructions
        letters = words in sets.behind_names or words.split()[-1].rstrip(".") in sets.short_ranks
        address = all(w.rstrip(".") in self.lexicon.tables.honorifics for w in words.split())  # "Mrs Justice"
        if (address and not letters) or not any(c.isalpha() for c in words):
            return
        if organization is None and not owned:
            organization = self._implied(words, held.name)
        sentence = self.parsed.sentence_span(held.name)
        self.found.append(
            Role(
                held.person,
                title,
                organization,
                held.former,
                self.parsed.span(first, last),
                sentence,
                round(held.confidence, 2),
                held.reason,
                min(held.modality, modality_of_title(self.parsed, first, self.lexicon), key=ORDER.index),
            )
        )

    def _unique(self) -> list[Role]:
        best: dict[tuple[str, str, Modality], Role] = {}
        order: list[tuple[str, str, Modality]] = []
        for role in self._strongest():
            key = (role.person, office_of(role.title), role.modality)
            if key not in best:
                best[key] = role
                order.append(key)
                continue
            old = best[key]
            if (role.organization is not None, len(role.title), role.confidence) > (
                old.organization is not None,
                len(old.title),
                old.confidence,
            ):
                best[key] = role
        return [best[k] for k in order]

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
