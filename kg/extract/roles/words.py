"""What is asked of the words of one article by all who look for roles in it."""

from __future__ import annotations

import re

from kg.extract.participants import Participants
from kg.lexicon import Lexicon
from kg.model import Kind, MentionKind
from kg.parsed import Parsed, Resolved, Token

ORG_PREPOSITIONS = ("of", "at", "for", "in", "with", "from")
BODIES = (Kind.ORGANIZATION, Kind.PLACE)


class RoleWords:
    """One resolved article, and what is asked of its words: which are titles, which name bodies, what a title keeps."""

    def __init__(self, resolved: Resolved, people: Participants, lexicon: Lexicon) -> None:
        self.resolved, self.parsed, self.people, self.lexicon = resolved, resolved.parsed, people, lexicon
        self.entities = {e.id: e for e in resolved.entities}
        sets = lexicon.tables.constructions
        self.officers = sets.body_officers | {"president"}  # who presides over a company or a country
        self.doubts = sets.role_hopes | sets.role_plans | sets.role_claims
        self.covered = {
            i: link
            for link in reversed(resolved.links)  # longer names come first and keep their tokens
            if link.kind is MentionKind.NAME
            for i in range(link.first, link.last)
        }

    def bodies(self, token: Token) -> list[str]:
        """Return the bodies and places that a token speaks of."""
        return self.people.of_kind(token, *BODIES)

    def described(self, noun: Token) -> str | None:
        """Return the organisation last called by this noun ("the team"), or None."""
        for link in reversed(self.resolved.links):
            if (
                link.head < noun.i
                and self.parsed.tokens[link.head].lemma.lower() == noun.lemma.lower()
                and self.people.kinds.get(link.entities[0]) is Kind.ORGANIZATION
            ):
                return link.entities[0]
        return None

    def owner(self, noun: Token) -> str | None:
        """Return the body that "whose" or "its" before a title speaks of: "the agency, whose chief A …"."""
        for child in self.parsed.dependents(noun, "poss"):
            owners = self.people.linked(child)
            if child.text.lower() == "whose":
                clause = self.parsed.climb(noun, lambda node: node.dep != "relcl")
                owners = self.people.linked(self.parsed.tokens[clause.head]) if clause.dep == "relcl" else ()
            for owner in owners:
                if self.people.kinds.get(owner) in BODIES:
                    return owner
        return None

    def is_nationality(self, first: int, last: int, entity: str, noun: Token) -> bool:
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

    def is_field(self, entity: str, noun: Token) -> bool:
        """ "Our Europe correspondent", "a Russia expert": the place is what the holder knows of, not the employer."""
        watching = noun.lemma.lower() in self.lexicon.tables.constructions.watching_titles
        return watching and self.people.kinds.get(entity) is Kind.PLACE

    def needs_constituency(self, title: str) -> bool:
        """Tell whether a title is one of somebody who stands for a place: "senator"."""
        return title.lower().split()[-1] in self.lexicon.tables.constructions.constituency_titles

    def is_of_a_place(self, title: str) -> bool:
        """Tell whether "of" behind the holder's name tells the place of an office: "President A of Kenya"."""
        sets = self.lexicon.tables.constructions
        last = title.lower().split()[-1]
        return self.needs_constituency(title) or last in sets.national_titles or last in sets.state_offices

    def is_party(self, body: str) -> bool:
        """ "President A of the Green Party" presides over a country."""
        return "nkg:PoliticalParty" in self.entities[body].classes

    def is_person(self, index: int) -> bool:
        """Tell whether a token stands in the name of a person."""
        link = self.covered.get(index)
        return link is not None and self.people.kinds.get(link.entities[0]) is Kind.PERSON

    def is_former(self, token: Token) -> bool:
        """Tell "former", and the last word of "one-time", that a position is over."""
        former = self.lexicon.tables.former
        first = max(self.parsed.sentences[token.sent].first, token.i - 2)
        return token.text.lower() in former or (
            token.text == "time" and self.parsed.text(first, token.i + 1).lower() in former
        )

    def is_role_noun(self, token: Token) -> bool:
        """Tell whether a noun is a title, or ends one that is known."""
        lemma, tables = token.lemma.lower(), self.lexicon.tables
        if token.pos not in ("NOUN", "PROPN"):
            return False
        return lemma in tables.titles or lemma in tables.title_heads or bool(self.known_title(token))

    def known_title(self, noun: Token) -> range:
        """Return the words before a noun that make a known title with it, whatever the parser thinks of them."""
        for begin in range(max(self.parsed.sentences[noun.sent].first, noun.i - 5), noun.i):
            if begin in self.covered:
                continue
            if self.parsed.text(begin, noun.i + 1).lower() in self.lexicon.tables.titles:
                return range(begin, noun.i)
        return range(noun.i, noun.i)

    def ornament(self, child: Token) -> bool:
        """Tell praise from what belongs to a title: "most decorated player", "first mayor", "long-serving judge"."""
        if is_count(self.parsed, child, self.lexicon):
            return True
        if child.lemma.lower() in self.lexicon.tables.constructions.praise or child.text.lower() == "serving":
            return True  # "outspoken", "long-serving"
        graded = child.pos == "ADJ" and any(c.pos == "ADV" for c in self.parsed.dependents(child, "advmod"))
        return child.tag == "JJS" or graded or any(c.tag == "RBS" for c in self.parsed.dependents(child))

    def contender(self, office: int) -> Token | None:
        """Return "candidate" of "candidate for mayor", who stands for the office that begins at a token, or None."""
        tokens = self.parsed.tokens
        before = (
            tokens[office - 2] if office > 1 and tokens[office - 1].text.lower() in ("for", "to") else None
        )
        stands = before is not None and before.lemma.lower() in self.lexicon.tables.constructions.contenders
        return before if stands else None

    def is_rank(self, word: Token) -> bool:
        """Tell a word for the rank of an office: "Deputy"."""
        return word.text.lower() in self.lexicon.tables.constructions.office_ranks

    def is_several(self, noun: Token) -> bool:
        """Tell a title in the plural: "ministers", and "Ministers", which the tagger may take for a name."""
        tables, one = self.lexicon.tables, noun.text.lower().removesuffix("s")
        if noun.tag in ("NNS", "NNPS") and self.is_role_noun(noun):
            return True
        return (
            noun.tag in ("NNP", "NNPS")
            and noun.text[-1:] == "s"
            and (one in tables.titles or one in tables.title_heads)
        )

    def title_text(self, indices: list[int]) -> str:
        """Return the words of a title: without articles, praise and what its body is called."""
        tokens, sets = self.parsed.tokens, self.lexicon.tables.constructions
        levels, praise = sets.levels, sets.praise
        words: list[str] = []
        previous = -2
        for i in indices:
            token = tokens[i]
            after = tokens[i + 1].text if i + 1 < len(tokens) else ""
            level = token.text in levels and after[:1].isupper()  # "the state Commissioner for Works"
            praised = token.text.lower() in praise and after[:1].isalpha()
            praised = praised or is_count(self.parsed, token, self.lexicon)
            opening = (
                not words
                and i != indices[-1]
                and (token.text.lower() in sets.left_out_of_titles or level or praised)
            )
            if opening or token.text.lower() == "'s" or (token.pos == "PUNCT" and token.text != "-"):
                continue
            glue = "" if words and previous == i - 1 and not tokens[previous].space else " "
            words.append((glue if words else "") + token.text)
            previous = i
        while words and words[-1].strip().lower() in (*ORG_PREPOSITIONS, "to", "on"):
            words.pop()  # "head of government of" Arken
        text = "".join(words).strip(" -,")
        return re.sub(r"\s+", " ", text)

    def is_office_beside(self, word: Token, inner: Token) -> bool:
        """Tell an office that "and" joins to one before, though the parser hangs it on what that one is of."""
        office = word.tag in ("NN", "NNP") and self.is_role_noun(word) and word.i not in self.covered
        return office and not self.is_role_noun(inner)


def is_count(parsed: Parsed, word: Token, lexicon: Lexicon) -> bool:
    """Tell which of many holders one is, "the first mayor", from the rank of an office, "first secretary"."""
    ordinal = word.text in lexicon.tables.constructions.ordinals or word.text[:1].isdigit()
    after = parsed.text(word.i, min(word.i + 2, len(parsed.tokens))).lower()
    return ordinal and word.pos != "NUM" and after not in lexicon.tables.titles
