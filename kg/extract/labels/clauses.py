"""Clauses of a label: subject, verb with its auxiliaries and negation, and what completes it, in the text's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extract.labels.ground import Item, contrasted, has_subject, is_verb
from kg.extract.labels.inflect import in_full, third_person
from kg.extract.labels.naming import plain
from kg.extract.labels.phrases import Phrases
from kg.extract.syntax import (
    RELATIVES,
    antecedent,
    is_infinitive,
    is_passive,
    logical_object,
    noun_taken_for_verb,
    own_subject,
    subject,
)
from kg.parsed import Token

GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
MANY = frozenset({"i", "you", "we", "they"})
STEPS = 3  # from a name up to the noun that "who" speaks of
DEPTH = 2  # clauses within clauses that are told
SUPPOSING = frozenset({"should", "had", "were"})
OPENERS = frozenset({"that", "whether", "if", "for"})


class Clauses:
    """Writes the clauses on the way down to a trigger; `agents` and `patients` are who takes part in its event.

    `hedge` is an adverb that goes with the first verb.
    """

    def __init__(
        self, phrases: Phrases, agents: Sequence[str], patients: Sequence[str], hedge: str | None = None
    ) -> None:
        self.phrases, self.parsed, self.words = phrases, phrases.parsed, phrases.words
        self.agents, self.patients, self.hedge = agents, patients, hedge
        self.level, self.naming = phrases.level, phrases.naming

    def top(self, way: Sequence[Item]) -> str:
        """Return the words of a way: its first word stands alone, as a clause with its subject or as a noun phrase."""
        if not is_verb(way[0].token):
            return self._node(way, 0)
        item, rest = way[0], way[1:]
        verb = item.token
        if item.place.dep == "acl" and self._asked_whole(item.place):
            sentence = self.parsed.sentences[verb.sent]
            self.phrases.kept.update(range(sentence.first, sentence.last))
            first = self.phrases.word(self.parsed.tokens[sentence.first])
            rest_of_it = plain(self.parsed.text(sentence.first + 1, sentence.last))
            return f"{first} {rest_of_it.rstrip('?')}?"
        asks = self._asks(item)
        openers = [
            self.phrases.word(c)
            for c in self.parsed.dependents(item.place, "mark", "advmod")
            if c.i < verb.i and self._is_condition(c)
        ]
        who = self._subject(item, rest)
        self.phrases.lacks_subject = not who
        group = self._group(item, who)
        first, *others = group
        moved = [c for c in self._auxiliaries(item) if self._before_subject(c)]
        # "should Norway attack" is no "Norway should attack"
        inverted = len(group) > 1 and any(asks or c.text.lower() in SUPPOSING for c in moved)
        openers += self._asked(item) if asks else []
        said = [*openers, first, who, *others] if inverted else [*openers, who, *group]
        said += self._complements(item, self._below_verb(item, rest), 0)
        return f"{' '.join(p for p in said if p)}{'?' if asks else ''}"

    # -- the words on the way

    def _below_verb(self, item: Item, rest: Sequence[Item]) -> Sequence[Item]:
        return () if rest and rest[0].place.dep in SUBJECTS and rest[0].place.head == item.token.i else rest

    def _node(self, way: Sequence[Item], depth: int) -> str:
        """Return the words of the first of a way with what follows below it."""
        item, rest = way[0], way[1:]
        token = item.token
        if is_verb(token):
            return self._inner(item, rest, depth)
        if token.pos in ("NOUN", "PROPN", "PRON", "NUM") and not rest:
            return self._happening(token)
        if token.pos in ("ADP", "SCONJ", "PART", "ADV"):
            kids = [c for c in self.parsed.dependents(token) if c.i == token.i - 1]  # "instead of"
            said = [*(self.phrases.word(c) for c in kids), self.phrases.word(token)]
            return " ".join(p for p in (*said, self._node(rest, depth) if rest else "") if p)
        words = self._noun_or_adjective(token)
        return " ".join(p for p in (words, self._node(rest, depth) if self._still(rest) else "") if p)

    def _still(self, rest: Sequence[Item]) -> bool:
        """Tell whether what follows has not been written before its head ("the *attack* victims")."""
        return bool(rest) and rest[0].token.i not in self.phrases.kept

    def _noun_or_adjective(self, token: Token) -> str:
        return self.phrases.core(token)

    def _happening(self, noun: Token) -> str:
        """Return the noun that a happening is told by, with who and what belongs to it."""
        words = self.phrases.core(noun, self.agents or self.patients)
        takes_part = {*self.agents, *self.patients}
        room = 1 if self.level == 0 else 2 if self.level < 3 else 9
        for child in self.parsed.dependents(noun, "prep", "acl", "agent"):
            if child.i < noun.i:
                continue
            inside = any(takes_part & {*self.naming.at.get(i, ())} for i in range(child.i, child.right + 1))
            of = child.text.lower() == "of"
            if not inside and not of and room <= 0:
                continue
            if child.dep == "acl":
                if self.level < 2 and not (inside and is_infinitive(self.parsed, child)):
                    continue
                more = self._inner(Item(child, child), (), 1)
            else:
                more = self.phrases.after(child, 0) or self._gerund(child, 1)
            if more:
                room -= 1
                words = f"{words} {more}"
        return words

    def _inner(self, item: Item, rest: Sequence[Item], depth: int) -> str:
        """Return a clause below another: "to attack the port", "killing three people", "that Norway attacked"."""
        verb = item.token
        said: list[str] = []
        own = has_subject(self.parsed, item.place)
        if own:
            said += [
                self.phrases.word(c)
                for c in self.parsed.dependents(item.place, "mark")
                if c.i < verb.i and (c.text.lower() in OPENERS or self._is_condition(c))
            ]
            said += self._asked(item)
            who = self._subject(item, rest)
            said += [who, *self._group(item, who)]
        else:
            for mark in self.parsed.dependents(item.place, "mark"):  # "rather than sue"
                kids = self.parsed.dependents(item.place, "advmod")
                said += [self.phrases.word(c) for c in kids if c.i == mark.i - 1]
                said.append(self.phrases.word(mark))
            said += self._group(item, None)
        said += self._complements(item, self._below_verb(item, rest), depth + 1)
        return " ".join(p for p in said if p)

    def _asked(self, item: Item) -> list[str]:
        """Return the question word that opens a clause: "how", "which city"."""
        return [
            self.phrases.core(c)
            for c in self.parsed.dependents(item.place, "advmod", "dobj", "attr", "pobj")
            if c.i < item.token.i
            and self.parsed.tokens[c.left].tag in ("WRB", "WP", "WDT")
            and c.pos != "PROPN"
        ]

    def _gerund(self, prep: Token, depth: int) -> str:
        for inner in self.parsed.dependents(prep, "pcomp"):
            if is_verb(inner) and depth <= DEPTH and prep.text.lower() != "with":
                return f"{self.phrases.word(prep)} {self._inner(Item(inner, inner), (), depth)}"
        return ""

    # -- subject and verb

    def _subject(self, item: Item, rest: Sequence[Item]) -> str:
        verb, place = item.token, item.place
        roles = self._roles(item, rest)
        for holder in dict.fromkeys((verb, place)):
            for child in self._subjects(holder):
                if rest and child.i == rest[0].place.i:
                    return self._node(rest, 0)
                if is_verb(child) and child.tag == "VBN":  # "Founded by A. Berg, the firm says": misread
                    return self.naming.all_of(roles)
                if (whole := self._whole(holder, child)) is not None:
                    return whole
                who = self._spoken_of(child, antecedent(self.parsed, child, holder), holder)
                return self.phrases.noun(who, roles) if who is not None else ""
        misread = self._taken_for_verb(verb, place)
        if misread:
            return misread
        absolute = self._of_absolute(place)
        if absolute is not None:
            return self.phrases.noun(absolute, roles)
        if is_infinitive(self.parsed, place) and place.dep == "ROOT":
            return self.naming.all_of(roles)
        if place.dep == "relcl" and not place.tag.startswith("VB"):
            return ""
        if understood := self._understood(place, roles, bool(rest)):
            return understood
        owner = self._before_participle(verb)
        if owner is not None:
            return self.phrases.noun(owner, roles)
        known = [e for e in roles if e not in self.phrases.shown]
        self.phrases.shown.update(known)
        return self.naming.all_of(known)

    def _understood(self, verb: Token, roles: Sequence[str], above: bool) -> str:
        """Return the subject that a verb without one has, if it agrees: who has its part in the event, where the noun
        that the verb stands behind has none, and the verb is not `above` the trigger.
        """
        noun = subject(self.parsed, verb)
        if noun is None or is_verb(noun) or self._disagrees(verb, noun):
            return ""
        meant = {*self.naming.at.get(noun.i, ())}
        acts = not above and meant and meant.isdisjoint(roles)
        return (self.naming.all_of(roles) if acts else "") or self.phrases.noun(noun, roles)

    def _spoken_of(self, relative: Token, noun: Token, verb: Token) -> Token | None:
        """Return the noun that "who" or "which" speaks of: of "A. Berg, a director of the *bank*, who was treated" the
        parser may take the last one. No noun that its verb disagrees with.
        """
        word = relative.text.lower()
        if word not in ("who", "which") or noun.i == relative.i:
            return None if self._disagrees(verb, noun) else noun
        for _ in range(STEPS):
            found = {*self.naming.at.get(noun.i, ())}
            human = bool(found & (self.naming.people | self.naming.unnamed))
            if noun.pos in ("NOUN", "PROPN") and (not found or human == (word == "who")):
                return noun
            noun = self.parsed.tokens[noun.head]
        return None

    def _disagrees(self, verb: Token, noun: Token) -> bool:
        """Tell a plural before a verb in the singular, which has another subject: "nine *others* when a bus hits"."""
        row = [*self.parsed.dependents(verb, "aux", "auxpass"), verb]
        finite = next((t for t in row if t.tag in ("VBZ", "VBP", "VBD", "MD")), verb)
        return finite.tag == "VBZ" and noun.tag == "NNS" and noun.i not in self.naming.capital

    def _whole(self, verb: Token, number: Token) -> str | None:
        """Return a subject as it stands: a clause, and "one in ten clients", of which the parser makes two subjects."""
        if number.dep == "csubj":
            return plain(self.parsed.text(number.left, number.right + 1)) if self.level else ""
        for other in self.parsed.dependents(verb, "nsubj", "nsubjpass"):
            first, second = sorted((number, other))
            if first.i < second.i < verb.i and first.pos == "NUM" and first.right + 1 == second.left:
                self.phrases.kept.update(range(first.left, second.right + 1))
                words = plain(self.parsed.text(first.left, second.right + 1))
                return words[:1].lower() + words[1:]
        return None

    def _of_absolute(self, place: Token) -> Token | None:
        """Return who acts behind "with": "with its *president* urging banks to lend"."""
        preposition = self.parsed.tokens[place.head]
        if place.dep != "pcomp" or preposition.text.lower() != "with":
            return None
        return next(iter(self.parsed.dependents(preposition, "pobj")), None)

    def _taken_for_verb(self, verb: Token, place: Token) -> str:
        """Return a subject whose noun the parser hung on its verb as on a noun, or on the one before "and"."""
        first = self.parsed.tokens[place.head] if place.dep == "conj" else place
        for holder in dict.fromkeys((verb, place, first)):
            article = noun_taken_for_verb(self.parsed, holder)
            if article is not None:
                return " ".join(self.phrases.word(t) for t in self.parsed.tokens[article.i : holder.i])
        return ""

    def _subjects(self, verb: Token) -> list[Token]:
        """Return the subjects of a verb, the one that counts first: what stands nearest before it, clauses last."""
        own = own_subject(self.parsed, verb)
        others = self.parsed.dependents(verb, *SUBJECTS)
        found = [*([own] if own is not None else []), *(c for c in others if own is None or c.i != own.i)]
        return sorted(found, key=lambda c: c.dep == "csubj")

    def _roles(self, item: Item, rest: Sequence[Item]) -> Sequence[str]:
        """Return who the subject may be, by the part that it has in the event that is labelled."""
        verb, place = item.token, item.place
        if rest and rest[0].place.head in (
            verb.i,
            place.i,
        ):  # who wants to act acts; who tells of it need not
            same = rest[0].place.dep in ("xcomp", "prep", "advcl")
            return self.agents if same and not self.parsed.dependents(verb, "dobj") else ()
        passive = is_passive(self.parsed, place) or is_passive(self.parsed, verb)
        return self.patients if passive else self.agents

    def _before_participle(self, verb: Token) -> Token | None:
        """ "A. Berg, 34, wanted for theft, was found", where the parser takes the participle for a clause."""
        for child in self.parsed.dependents(verb, "ccomp"):
            if child.right == verb.left - 1 or child.tag in ("VBN", "VBD"):
                for owner in self.parsed.dependents(child, "nsubj"):
                    if child.i < verb.i and self.parsed.tokens[owner.right + 1].text == ",":
                        return owner
        return None

    def _auxiliaries(self, item: Item) -> list[Token]:
        own = self.parsed.dependents(item.token, "aux", "auxpass")
        if own or item.place is item.token:
            return own
        return self.parsed.dependents(item.place, "aux", "auxpass")

    def _group(self, item: Item, who: str | None) -> list[str]:
        """Return the verb with auxiliaries, negation, particle and the adverbs that its truth hangs on."""
        verb, place = item.token, item.place
        kids = [c for c in self.parsed.dependents(verb) if self._belongs(c, verb)]
        if place is not verb and not self.parsed.dependents(verb, "aux", "auxpass"):
            shared = [
                c
                for c in self.parsed.dependents(place, "aux", "auxpass", "neg")
                if c.i < place.i and (c.dep != "neg" or self._belongs(c, place))
            ]
            kids = [*shared, *kids]
        before = [c for c in kids if c.i < verb.i]
        behind = [c for c in kids if c.i > verb.i]
        row = [*before, verb, *behind]
        said = [self._verb_word(t, row[n + 1] if n + 1 < len(row) else None) for n, t in enumerate(row)]
        finite = next((n for n, t in enumerate(row) if t.tag in ("MD", "VBP", "VBD", "VBZ")), None)
        if finite is not None and who is not None and self._now_one(item, who):
            if row[finite].tag == "VBP" or row[finite].text.lower() in ("were", "was"):
                said[finite] = third_person(said[finite])
        if self.hedge and who is not None:
            at = len(before) if finite is None or row[finite] is verb else row.index(row[finite]) + 1
            said.insert(at, self.hedge)
            self.hedge = None
        return _attached(said)

    def _verb_word(self, token: Token, following: Token | None) -> str:
        words = self.phrases.word(token)
        if token.text[:1] in ("'", "\u2019") and (token.dep in ("aux", "auxpass") or token.lemma == "be"):
            return in_full(token, following)
        if token.dep == "advmod" and self.parsed.children[token.i]:  # "no longer"
            self.phrases.kept.update(range(token.left, token.i))
            return plain(self.parsed.text(token.left, token.i + 1))
        return words

    def _belongs(self, child: Token, verb: Token) -> bool:
        lower = child.text.lower()
        following = (
            self.parsed.tokens[child.i + 1].text.lower() if child.i + 1 < len(self.parsed.tokens) else ""
        )
        if child.dep == "neg" or lower in ("not", "never"):
            return following not in ("only", "just", "merely", "simply")
        if lower == "neither":
            return child.i < verb.i
        if child.dep in GROUP:
            return child.pos != "PUNCT"
        return child.dep == "advmod" and (
            lower in self.words.adverbs
            or any(c.text.lower() in ("no", "not") for c in self.parsed.dependents(child))
        )

    def _now_one(self, item: Item, who: str) -> bool:
        """Tell whether a single name took the place of "I", "we", "you" or "they"."""
        for child in self.parsed.dependents(item.place, "nsubj", "nsubjpass"):
            if child.text.lower() in MANY and who.lower() != child.text.lower():
                entities = self.naming.at.get(child.i) or tuple(self.agents)
                return len(entities) == 1 and entities[0] not in self.naming.unnamed
        return False

    def _asked_whole(self, participle: Token) -> bool:
        """Tell "Was A. Berg arrested?" where the parser takes the participle for one that tells who she is."""
        noun = self.parsed.tokens[participle.head]
        verb = self.parsed.tokens[noun.head]
        asks = noun.dep == "nsubj" and verb.i < noun.i and verb.lemma == "be"
        return asks and self._asks(Item(verb, verb))

    def _is_condition(self, token: Token) -> bool:
        """Tell "if", "unless", "whether" and the like, under which nothing is told as a fact."""
        governor = self.phrases.lexicon.governors.word(token.text.lower(), "mark")
        return governor is not None and governor.effect == "hypothetical"

    def _asks(self, item: Item) -> bool:
        sentence = self.parsed.sentences[item.place.sent]
        last = sentence.last - 1
        while last > sentence.first and self.parsed.tokens[last].pos in ("SPACE", "PUNCT"):
            if self.parsed.tokens[last].text == "?":
                return item.place.dep in ("ROOT", "conj")
            last -= 1
        return False

    def _before_subject(self, auxiliary: Token) -> bool:
        verb = self.parsed.tokens[auxiliary.head]
        return any(auxiliary.i < c.i for c in self.parsed.dependents(verb, "nsubj", "nsubjpass"))

    # -- what completes it

    def _complements(self, item: Item, rest: Sequence[Item], depth: int) -> list[str]:
        """Return what stands behind a verb: the way's next word in full, of the others what the level allows."""
        verb = item.token
        said: list[str] = []
        goal = rest[0].place if rest else None
        object_before = self._fronted(verb)
        if object_before is not None and not rest:
            said.append(self.phrases.noun(object_before, self.patients))
        first = True
        for child in self._kids(item, goal):
            if goal is not None and child.i == goal.i:
                said.append(self._goal(child, verb, rest, depth))
                continue
            if self._is_aside(child, said) or child.i < verb.i:
                continue
            if goal is not None and not self._needed(child, goal):
                continue
            write = self._writer(child)
            if write is None:
                continue
            words = write(child, depth, first and goal is None)
            if (
                words and words not in said[-1:]
            ):  # "the blogger Wanjiru Kamau", of which the parser makes two objects
                said.append(words)
                first = first and child.dep != "prep"
        if goal is None and not said and not is_passive(self.parsed, verb):
            shared = logical_object(self.parsed, verb)  # "arrested and charged *two men*"
            if shared is not None and shared.i > verb.i and shared.head != verb.i:
                said.append(self.phrases.noun(shared, self.patients))
        return said

    def _goal(self, child: Token, verb: Token, rest: Sequence[Item], depth: int) -> str:
        """Return the next word of the way in full, with what sets it against another."""
        words = self._node(rest, depth)
        if contrast := contrasted(self.parsed, child):
            self.phrases.kept.update(range(child.head + 1, child.left))
            words = f"{contrast} {words}"
        return f": {words}" if child.i > verb.i and self._quoted(child) else words

    def _is_aside(self, child: Token, said: Sequence[str]) -> bool:
        """Tell what is no part of what a label tells: "withdrew, *no longer able to …*", a quotation behind others."""
        if child.dep in ("acomp", "xcomp"):
            return child.left > 0 and self.parsed.tokens[child.left - 1].text == ","
        if child.dep == "ccomp":
            return bool(said) and self._quoted(child)
        # "de-energisation", taken apart by the tokenizer
        return child.dep == "dobj" and child.i in self.phrases.kept

    def _kids(self, item: Item, goal: Token | None) -> list[Token]:
        kids = self.parsed.dependents(item.token)
        if goal is not None and goal.head == item.place.i and item.place is not item.token:
            kids = sorted([*kids, goal], key=lambda t: t.i)
        if goal is not None and goal.i < item.token.i and goal.dep in ("prep", "advcl"):
            kids = [*(c for c in kids if c.i != goal.i), goal]  # what opened the sentence now closes it
        return kids

    def _needed(self, child: Token, goal: Token) -> bool:
        """Tell what must stand beside the way: the object of "accused *Olsen* of killing", "called *on him* to go"."""
        if child.dep in ("dobj", "dative", "attr", "acomp", "oprd"):
            return child.i < goal.i or goal.dep == "nsubj" or goal.i < child.head
        if child.dep in ("agent", "prep") and (
            self._takes_part(child) or (self.level >= 2 and child.i < goal.i)
        ):
            return True
        if child.dep == "advmod":
            return child.i == child.head + 1 and not self.parsed.children[child.i]
        return (
            child.dep == "prep"
            and child.i < goal.i
            and goal.dep in ("xcomp", "advcl", "ccomp")
            and self.level >= 1
        )

    def _writer(self, child: Token) -> Callable[[Token, int, bool], str] | None:
        return {
            "dobj": self._object,
            "attr": self._object,
            "oprd": self._object,
            "dative": self._object,
            "agent": self._preposition,
            "prep": self._preposition,
            "acomp": self._adjective,
            "xcomp": self._clause,
            "ccomp": self._clause,
            "advcl": self._condition,
            "advmod": self._adverb,
        }.get(child.dep)

    def _object(self, child: Token, depth: int, first: bool) -> str:
        if child.pos == "ADP":
            return self._preposition(child, depth, True)
        if child.pos in ("VERB", "AUX"):
            return self._clause(child, depth, first)
        if child.text.lower() in RELATIVES and child.pos != "NOUN":
            return ""
        words = self.phrases.noun(child, self.patients if depth == 0 else ())
        for inner in self.parsed.dependents(child, "acl"):
            if inner.i > child.i and is_infinitive(self.parsed, inner) and self.level >= 2 and depth < DEPTH:
                words = f"{words} {self._inner(Item(inner, inner), (), depth + 1)}"
        return words

    def _preposition(self, child: Token, depth: int, first: bool) -> str:
        if not (
            child.dep == "agent" or self._takes_part(child) or (first and self.level >= 1) or self.level >= 3
        ):
            return ""
        others = self.patients if depth == 0 else ()
        return self.phrases.after(child, 0, others) or (self._gerund(child, depth + 1) if self.level else "")

    def _quoted(self, clause: Token) -> bool:
        """Tell a clause that a quotation mark or colon opens."""
        if clause.dep != "ccomp" or clause.left == 0 or not has_subject(self.parsed, clause):
            return False
        before = self.parsed.tokens[clause.left - 1]
        return before.tag == "``" or before.text in (":", "\u201c", "\u2018", '"')

    def _takes_part(self, token: Token) -> bool:
        inside = {e for i in range(token.left, token.right + 1) for e in self.naming.at.get(i, ())}
        return bool(inside & {*self.agents, *self.patients})

    def _adjective(self, child: Token, depth: int, first: bool) -> str:
        words = self.phrases.core(child)
        for inner in self.parsed.dependents(child, "prep"):
            if self.level >= 1:
                words = f"{words} {self.phrases.after(inner, 0)}".strip()
        for inner in self.parsed.dependents(child, "xcomp"):
            if depth < DEPTH:
                words = f"{words} {self._inner(Item(inner, inner), (), depth + 1)}"
        return words

    def _clause(self, child: Token, depth: int, first: bool) -> str:
        if depth > DEPTH:
            return ""
        if is_verb(child):
            words = self._inner(Item(child, child), (), depth)
            return f": {words}" if words and self._quoted(child) else words
        words = self.phrases.core(child)
        subject_words = [
            self.phrases.noun(c)
            for c in self.parsed.dependents(child, "nsubj")
            if c.i < child.i and c.i not in self.phrases.kept  # "found *him* guilty"
        ]
        return " ".join([*subject_words, words])

    def _condition(self, child: Token, depth: int, first: bool) -> str:
        """Return "if …": without its condition a clause would say more than the text."""
        opens = [c for c in self.parsed.dependents(child, "mark", "advmod") if self._is_condition(c)]
        if not opens or depth > 0:
            return ""
        return (
            self._inner(Item(child, child), (), DEPTH)
            if self.level >= 1
            else f"{opens[0].text.lower()} \u2026"
        )

    def _adverb(self, child: Token, depth: int, first: bool) -> str:
        near = child.i == child.head + 1 or (child.i == child.head + 2)
        plain_word = not child.text.lower().endswith("ly") and child.tag != "WRB"
        bound = child.i == child.head + 1 and not self.parsed.children[child.i]
        if (
            not near
            or not plain_word
            or (self.level < 2 and not bound)
            or child.text.lower() in self.words.pointing
        ):
            return ""
        if child.text.lower() in self.words.adverbs or child.left < child.i - 1:
            return ""
        more = [self.phrases.after(c, 0) for c in self.parsed.dependents(child, "prep")]
        if not any(more) and self.parsed.tokens[child.head].lemma == "be" and 0 < child.right - child.i < 3:
            more = [plain(self.parsed.text(child.i + 1, child.right + 1))]  # "is far *from over*"
        return " ".join(p for p in [self.phrases.core(child), *more] if p)

    def _fronted(self, verb: Token) -> Token | None:
        """Return the object that stands before a clause which tells more of it: "the port that Norway attacked"."""
        if verb.dep != "relcl" or not has_subject(self.parsed, verb) or is_passive(self.parsed, verb):
            return None
        if any(c.i > verb.i for c in self.parsed.dependents(verb, "dobj")):
            return None
        found = logical_object(self.parsed, verb)
        head = self.parsed.tokens[verb.head]
        subjects = self.parsed.dependents(verb, "nsubj")
        own = subjects and subjects[0].text.lower() not in RELATIVES
        return head if found is not None and found.i == head.i and own else None


def _attached(words: list[str]) -> list[str]:
    """Join "n't" to the word before it."""
    out: list[str] = []
    for word in words:
        if word.lower() in ("n't", "n\u2019t") and out:
            out[-1] += word
        elif word:
            out.append(word)
    return out
