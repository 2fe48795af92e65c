"""Noun phrases of a label: an entity by its best name, everything else by the words of the text, shortened."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.labels.mentions import Mentions
from kg.extract.labels.naming import COUNTS, Naming, joined, plain
from kg.extract.syntax import RELATIVES, conjuncts, is_infinitive
from kg.lexicon import Lexicon
from kg.model import MentionKind
from kg.parsed import Parsed, Token

_LEFT = "det amod compound nmod nummod quantmod poss predet advmod case neg punct preconj npadvmod nounmod meta cc conj"
BEFORE = frozenset(_LEFT.split())
PREDICATES = frozenset({"attr", "oprd"})
ROOM = 56  # characters of a noun of all with what limits it
WIDE, NARROW = 48, 40  # characters of a noun and the words before it, beyond which its first words go
OPENING = frozenset({":", '"', "\u201c", "\u2018", "'", "\u2013", "\u2014"})
QUOTES = str.maketrans("", "", '"\u201c\u201d\u201e\u00ab\u00bb')


class Phrases:
    """Writes noun phrases of one article, and notes what was shown: `kept` tokens, `shown` entities, and whether the
    clause that they stand in `lacks_subject`.

    `way` are the verbs of the clauses that the label is made of.
    `level` tells how much beside the bare phrase: 0 nothing, 1 its "of", 3 all that belongs to it; `wanted` who takes
    part in the event.
    """

    def __init__(
        self,
        parsed: Parsed,
        naming: Naming,
        lexicon: Lexicon,
        level: int,
        wanted: frozenset[str] = frozenset(),
    ) -> None:
        self.parsed, self.naming, self.lexicon, self.level = parsed, naming, lexicon, level
        self.wanted = wanted
        self.words = lexicon.wording
        self.kept: set[int] = set()
        self.shown: set[str] = set()
        self.mentions = Mentions(parsed, naming, self.words.pronouns, wanted, self.shown)
        self.lacks_subject = False
        self.way: frozenset[int] = frozenset()

    def noun(self, token: Token, others: Iterable[str] = (), nested: int = 0) -> str:
        """Return a noun phrase with what is coordinated with it; `others` are who an unresolved pronoun stands for."""
        heads = self.members(token)
        ways = {c.text.lower() for h in heads[:-1] for c in self.parsed.dependents(h, "cc")}
        if ways & {"but", "not", "than", "rather"}:
            heads = heads[:1]
        found: list[str] = []
        for head in heads:
            if head is not token and head.i in self.kept:
                continue  # a part of the first, split off by the tokenizer
            words = self._one(head, others, nested)
            if words and words not in found and not any(known.endswith(words) for known in found):  # "Jr."
                found.append(words)
        beside = self.parsed.dependents(token, "preconj", "cc")
        if neither := [c.i for c in beside if c.text.lower() in ("neither", "nor")]:
            self.kept.update(neither)
            return f"neither {' nor '.join(found)}" if len(found) > 1 else "".join(found)
        places = all(self._is_setting(head) for head in heads)
        if not ways and (places or len(found) == 2):  # "Chicago, Illinois"
            return ", ".join(found[:2])
        text = joined(found)
        return text.replace(" and ", " or ") if "or" in ways and len(found) > 1 and " and " in text else text

    def members(self, token: Token) -> list[Token]:
        """Return the heads of a list, with names that the parser takes for what the first is called: "Chad, *Mali*, and
        Niger".
        """
        heads = [t for t in conjuncts(self.parsed, token) if t.i == token.i or self._joined(t, token)]
        for head in heads:  # grows as it goes
            here = {*self.naming.at.get(head.i, ())}
            for child in self.parsed.dependents(head, "appos", "npadvmod") if here else ():
                others, tail = {*self.naming.at.get(child.i, ())}, conjuncts(self.parsed, child)
                listed = child.i < max(t.i for t in heads) or len(tail) > 1
                listed = listed and self.parsed.tokens[child.left - 1].text == ","
                if listed and others.isdisjoint(here) and others - (self.naming.places - self.wanted):
                    heads += tail if self.naming.how.get(child.i) is MentionKind.NAME else ()
        clauses = [c.i for c in self.parsed.dependents(token, "relcl", "acl") if c.i in self.way]
        return sorted((h for h in heads if h is token or not clauses or h.i < clauses[0]), key=lambda t: t.i)

    def _is_setting(self, token: Token) -> bool:
        """Tell a place that does not take part."""
        entities = self.naming.at.get(token.i, ())
        return bool(entities) and all(e in self.naming.places and e not in self.wanted for e in entities)

    def noun_alone(self, token: Token) -> str:
        """Return one noun with the words before it, and its "of" where it is a number of something."""
        return self.with_more(token, self.core(token), 0)

    def after(self, prep: Token, nested: int, others: Iterable[str] = ()) -> str:
        """Return a prepositional phrase, or nothing where it tells of a time or has no object; `others` are who an
        unresolved pronoun stands for.
        """
        if prep.text.lower() in self.words.circumstances:
            return ""
        for inner in self.parsed.dependents(prep, "pobj", "amod", "advmod"):
            if plain(self.parsed.text(prep.i, inner.i + 1)).lower() in self.words.asides:
                return ""
        for inner in self.parsed.dependents(prep, "pobj", "prep", "pcomp"):
            if inner.dep == "prep":
                rest = self.after(inner, nested)
                if rest:
                    self.kept.add(prep.i)
                    return f"{prep.text.lower()} {rest}"
            elif inner.dep == "pcomp" or self._tells_nothing(prep, inner) or self._is_open(prep, inner):
                return ""
            else:
                self.kept.add(prep.i)
                such = [
                    c.text.lower() for c in self.parsed.dependents(prep, "amod") if c.text.lower() == "such"
                ]
                return " ".join((*such, prep.text.lower(), self.noun(inner, others, nested + 1)))
        return ""

    def _is_open(self, prep: Token, noun: Token) -> bool:
        """Tell a noun that is little without the clause behind it, which no phrase tells: "in an *effort* to …"."""
        if noun.i in self.naming.at or prep.text.lower() not in ("in", "with"):
            return False
        return any(
            is_infinitive(self.parsed, c) or (c.text.lower() == "of" and self.parsed.dependents(c, "pcomp"))
            for c in self.parsed.dependents(noun, "acl", "relcl", "prep")
            if c.left == noun.i + 1 and c.i not in self.way
        )

    def _tells_nothing(self, prep: Token, inner: Token) -> bool:
        ranges = prep.i - 1 in self.naming.when  # "from May *to June*"
        time = inner.i in self.naming.when and (ranges or prep.text.lower() in self.words.of_times)
        return time or (inner.text.lower() in RELATIVES and inner.pos != "NOUN")

    def core(self, token: Token, owners: Iterable[str] = ()) -> str:
        """Return a noun with the words before it, as they stand, possessors by their names; `owners` are who an
        unresolved "its" stands for.
        """
        kids = [
            c
            for c in self.parsed.dependents(token)
            if c.i < token.i and (c.dep in BEFORE or c.right - c.left == 0) and c.dep not in ("relcl", "mark")
        ]
        first = token.i
        for child in reversed(kids):
            if child.right == first - 1:
                first = child.left
        room = WIDE if self.level else NARROW
        ends = [c.left for c in kids if c.dep not in ("punct", "case") and self._parts(c.left)]
        told = [c.left for c in kids if c.i in self.way]  # "the court *convicts* Anna Berg", taken for a name
        while first < token.i and token.end - self.parsed.tokens[first].begin > room:
            later = [n for n in ends if n > first and n <= min(told, default=n)]
            if not later:
                break
            first = later[0]
        pieces, i = [], first
        possessors = {c.left: c for c in kids if c.dep == "poss" and c.left >= first}
        while i < token.i:
            owner = possessors.get(i)
            own = self._possessor(owner, owners) if owner is not None else ""
            untold = owner is not None and (owner.i in self.naming.when or (not own and owner.tag == "WP$"))
            if owner is not None and (own or untold):  # of "today's meeting" the day is left out
                pieces += [own + " "] if not untold else []
                i = owner.right + 1
                continue
            pieces.append(self.word(self.parsed.tokens[i]) + (" " if self.parsed.tokens[i].space else ""))
            i += 1
        pieces.append(self.word(token))
        pieces += self._right_behind(token)
        return plain("".join(pieces).translate(QUOTES)).lstrip(" ,-\u2013\u2014")

    def _parts(self, first: int) -> bool:
        """Tell whether words may be cut off before a token: never within a name."""
        name = self.parsed.named_at(first)
        return name is None or name.first == first or name.label in COUNTS

    def _right_behind(self, token: Token) -> list[str]:
        """Return what stands right behind a noun and is its own: a number, an adjective, what a hyphen joins."""
        pieces: list[str] = []
        last = token.i + 1
        if last < len(self.parsed.tokens) and self.parsed.tokens[last].dep == "nummod":
            if self.parsed.tokens[last].head == token.i:  # "article 5"
                pieces.append(f" {self.word(self.parsed.tokens[last])}")
        behind = self.parsed.tokens[last] if last < len(self.parsed.tokens) else token
        if behind.head == token.i and behind.dep == "amod" and behind.pos == "ADJ":
            more = [self.after(c, 1) for c in self.parsed.dependents(behind, "prep") if self.level]
            if any(more) or behind.right == behind.i:  # "made help *available*", "rebels *loyal* to the king"
                pieces += [f" {p}" for p in (self.word(behind), *more) if p]
        if behind.tag == "$":  # "US $99"
            pieces.append(" ")
            for t in self.parsed.tokens[last : self.parsed.sentences[token.sent].last]:
                if t.tag not in ("$", "CD") and (t.pos == "PUNCT" or self.parsed.tokens[t.i - 1].space):
                    break
                pieces.append(self.word(t) + (" " if t.space else ""))
        return [*pieces, *self.tail(token)]

    def lead(self, token: Token) -> str:
        """Return what a hyphen joins before a word: "re-" of "re-elected"."""
        first = token.i
        while first and not self.parsed.tokens[first - 1].space:
            if "-" not in (self.parsed.tokens[first - 1].text[-1:], self.parsed.tokens[first].text[:1]):
                break
            first -= 1
        return "".join(self.word(t) for t in self.parsed.tokens[first : token.i])

    def tail(self, token: Token) -> list[str]:
        """Return what a hyphen joins to a word: "-defendants" of "co-defendants", split by the tokenizer."""
        pieces: list[str] = []
        last = token.i + 1
        while last < len(self.parsed.tokens) and not self.parsed.tokens[last - 1].space:
            if "-" not in (self.parsed.tokens[last].text[:1], self.parsed.tokens[last - 1].text[-1:]):
                break
            pieces.append(self.word(self.parsed.tokens[last]))
            last += 1
        return pieces

    def word(self, token: Token) -> str:
        """Return one word; a small one loses the capital that it has at the beginning of a sentence."""
        self.kept.add(token.i)
        self.shown.update(self.naming.at.get(token.i, ()))
        first = token.i == self.parsed.sentences[token.sent].first or (
            self.parsed.tokens[token.i - 1].text in OPENING
        )
        small = first and token.pos != "PROPN" and token.i not in self.naming.capital and token.text != "I"
        return token.text.lower() if small and token.text.istitle() else token.text

    def _joined(self, token: Token, first: Token) -> bool:
        # what has a subject or an object is a verb that the parser took for a noun: "and *injures* 17 others"
        verbal = self.parsed.dependents(token, "nsubj", "dobj")
        if token.pos == "NUM" and self.parsed.dependents(first, "acl", "relcl"):
            return False  # joined within that clause
        return token.pos in ("NOUN", "PROPN", "PRON", "NUM") and not verbal

    def _one(self, token: Token, others: Iterable[str], nested: int) -> str:
        entities = self.naming.at.get(token.i, ())
        if entities and token.dep not in PREDICATES and not self.mentions.keeps(token, entities):
            self.kept.update(range(token.i, self.naming.ends[token.i]))
            self.shown.update(entities)
            return self.naming.all_of(entities)
        if token.pos in ("PRON", "DET") and token.text.lower() in self.words.third_person and not entities:
            known = [e for e in others if self.mentions.may_mean(token, e)]
            if known:
                self.kept.add(token.i)
                self.shown.update(known)
                return self.naming.all_of(known)
        words = self.with_more(token, self.core(token), nested)
        return self._limited(token, words) if self._is_every(token) else words

    def _is_every(self, token: Token) -> bool:
        """Tell a noun of all that are meant, which says more than the text without what limits it: "all prisoners"."""
        near = [token, *self.parsed.dependents(token, "det", "predet", "amod", "advmod")]
        every = any(c.text.lower() in self.words.every and c.pos != "PROPN" for c in near)
        return every and not any(c.text.lower() in ("and", "or") for c in self.parsed.dependents(token, "cc"))

    def _limited(self, token: Token, words: str) -> str:
        """Add what limits a noun of all, "most imports *from Brazil*", or a sign that it is left out."""
        last = token.right
        while last + 1 < len(self.parsed.tokens) and self._limits(self.parsed.tokens[last + 1], token):
            last = self.parsed.tokens[last + 1].right
        comma = (i for i in range(token.i + 1, last + 1) if self.parsed.tokens[i].text in (",", "("))
        rest = range(token.i + 1, next(comma, last + 1))
        if any(c.i in self.way for c in self.parsed.dependents(token, "acl", "relcl", "prep")):
            return words  # the clause that it stands before limits it
        if all(i in self.kept or self.parsed.tokens[i].pos in ("PUNCT", "DET") for i in rest):
            return words
        whole = f"{self.core(token)} {plain(self.parsed.text(rest.start, rest.stop)).translate(QUOTES)}"
        if len(whole) > ROOM:
            return f"{words}\u2026"
        self.kept.update(rest)
        return whole

    def _limits(self, prep: Token, noun: Token) -> bool:
        if prep.dep != "prep" or prep.head > noun.i or prep.text.lower() in self.words.circumstances:
            return False
        return not any(c.i in self.naming.when for c in self.parsed.dependents(prep, "pobj"))

    def _possessor(self, token: Token, owners: Iterable[str] = ()) -> str:
        """Return "Anna Berg's" for "her" or "Berg's"; nothing where the text's own word will do."""
        entities = self.naming.at.get(token.i, ())
        if not entities and token.text.lower() in self.words.third_person:
            entities = tuple(e for e in owners if self.mentions.may_mean(token, e))
        if not entities or self.mentions.keeps(token, entities):
            return ""
        if self.parsed.dependents(token, "poss"):  # "our Nation's"
            return f"{self.core(token)}'s"
        self.kept.add(token.i)
        self.shown.update(entities)
        name = self.naming.all_of(entities)
        many = name.endswith("s") and not any(e in self.naming.people for e in entities)
        return f"{name}'" if many else f"{name}'s"

    def with_more(self, token: Token, words: str, nested: int) -> str:
        """Add what a noun phrase needs behind its head: "dozens *of people*", and as much else as the level allows."""
        quantities = self.lexicon.tables.constructions.quantities
        counted = token.lemma.lower() in quantities or token.pos in ("NUM", "DET", "PRON")
        for child in self.parsed.dependents(token, "appos"):
            if child.left == token.i + 1 and child.pos == "PROPN" and token.space:  # "the website GitHub"
                words = f"{words} {self.noun(child, (), nested)}"
        beyond = min(
            (c.i for c in self.parsed.dependents(token, "conj", "relcl")), default=len(self.parsed.tokens)
        )
        for child in self.parsed.dependents(token, "prep"):
            if child.i < token.i or child.i > beyond or nested > 2:
                continue
            of = child.text.lower() == "of"
            if (of and (counted or self.level >= 1)) or (self.level >= 3 and nested < 2):
                words = f"{words} {self.after(child, nested)}".strip()
        return words
