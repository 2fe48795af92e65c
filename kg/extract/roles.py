"""Who holds which position where: titles before names, appositions, copulas, "of" phrases and relative clauses."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.sources import Participants
from kg.extract.syntax import conjuncts, is_passive, logical_object, logical_subject, prepositional, subject
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, MentionKind, Role
from kg.parsed import Resolved, Token

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
        "prominent",
        "fellow",
    }
)
BODIES = (Kind.ORGANIZATION, Kind.PLACE)
ORG_PREPOSITIONS = ("of", "at", "for", "in", "with", "from")


class RoleFinder:
    """Collects the roles of one resolved article; call `run` once."""

    def __init__(self, resolved: Resolved, people: Participants, lexicon: Lexicon) -> None:
        self.resolved, self.parsed, self.people, self.lexicon = resolved, resolved.parsed, people, lexicon
        self.entities = {e.id: e for e in resolved.entities}
        self.found: list[Role] = []
        self.covered = {
            i: link
            for link in reversed(resolved.links)  # longer names come first and keep their tokens
            if link.kind is MentionKind.NAME
            for i in range(link.first, link.last)
        }

    def run(self) -> list[Role]:
        """Return each role once, in the order of the text; the telling that names an organisation goes
        before one that does not.
        """
        for link in self.resolved.links:
            if (
                len(link.entities) != 1
                or self.people.kinds.get(link.entities[0]) is not Kind.PERSON
                or link.kind.value == "pronoun"
            ):
                if (
                    link.kind.value == "pronoun"
                    and len(link.entities) == 1
                    and self.people.kinds.get(link.entities[0]) is Kind.PERSON
                ):
                    self._predicate(self.parsed.tokens[link.head], link.entities[0])
                continue
            head, person = self.parsed.tokens[link.head], link.entities[0]
            if link.kind.value == "name":
                self._before(link.first, head, person)
                self._appositions(head, person)
            self._predicate(head, person)
        self._as_phrases()
        self._owned_names()
        return self._unique()

    def _owned_names(self) -> None:
        """ "Labour's Keir Starmer, who was elected leader": the possessor of the name is the body of the title."""
        for index, role in enumerate(self.found):
            if role.organization is not None:
                continue
            for link in self.resolved.links:
                head = self.parsed.tokens[link.head]
                if link.entities != (role.person,) or self.parsed.sentence_span(head) != role.sentence:
                    continue
                for owner in self.parsed.dependents(head, "poss"):
                    if bodies := [e for e in self.people.linked(owner) if self.people.kinds.get(e) in BODIES]:
                        self.found[index] = replace(role, organization=bodies[0])

    # -- constructions

    def _before(self, first: int, head: Token, person: str) -> None:
        """ "US Secretary of State John Kerry", "team member Rodaba Noori": the title stands right before the name."""
        parsed, tokens = self.parsed, self.parsed.tokens
        block = parsed.blocks[head.block].first
        for begin in range(max(block, first - 6), first):
            words = parsed.text(begin, first).lower()
            if words in self.lexicon.tables.titles and tokens[first - 1].tag not in ("NNS", "NNPS"):
                self._from_title(begin, first, person, head, 0.92)
                return
        if first == block:
            return
        last = tokens[first - 1]
        if last.tag in ("NNS", "NNPS") and self._is_role_noun(last):
            self._listed(last, head)
            return
        if (
            last.pos in ("NOUN", "PROPN")
            and self._is_role_noun(last)
            and last.head in range(first, head.i + 1)
        ):
            begin = last.i
            while (
                begin - 1 >= block
                and tokens[begin - 1].dep in ("compound", "amod", "nmod")
                and tokens[begin - 1].pos in ("NOUN", "ADJ", "PROPN")
                and begin - 1 not in self.covered
            ):
                begin -= 1
            self._from_title(begin, first, person, head, 0.85)

    def _listed(self, noun: Token, head: Token) -> None:
        """ "Senators A of X and B of Y": each person of the list holds the title, each with the body
        beside the name.
        """
        organization = self._inside_organization(noun.left, noun.i)
        title = noun.lemma[:1].upper() + noun.lemma[1:] if noun.text[:1].isupper() else noun.lemma
        for member in conjuncts(self.parsed, head):
            for person in self.people.linked(member):
                if self.people.kinds.get(person) is not Kind.PERSON:
                    continue
                body = prepositional(self.parsed, member, "of", "from")
                named = (
                    [e for e in self.people.linked(body) if self.people.kinds.get(e) in BODIES]
                    if body is not None
                    else []
                )
                self._add(
                    person,
                    title,
                    named[0] if named else organization,
                    False,
                    noun.i,
                    noun.i + 1,
                    member,
                    0.85,
                    "title before a list",
                )

    def _from_title(self, begin: int, end: int, person: str, head: Token, confidence: float) -> None:
        tokens, parsed = self.parsed.tokens, self.parsed
        title_tokens = list(range(begin, end))
        organization: str | None = None
        probe = begin - 1
        block = parsed.blocks[head.block].first
        former = False
        while probe >= block and end - probe < 12:
            token = tokens[probe]
            if (
                probe in self.covered and tokens[probe + 1].lemma.lower() == "affair"
            ):  # "Russian affairs expert"
                title_tokens.insert(0, probe)
                probe -= 1
                break
            if probe in self.covered:
                link = self.covered[probe]
                entity = link.entities[0]
                if self.people.kinds.get(entity) in BODIES and organization is None:
                    organization = entity
                    probe = link.first - 1
                    continue
                break
            lower = token.text.lower()
            if lower in self.lexicon.tables.former:
                former = former or lower not in ("late", "outgoing")
                probe -= 1
                continue
            if (
                token.pos in ("ADJ", "NOUN", "PROPN")
                and token.dep in ("amod", "compound", "nmod")
                and token.text[:1].isalpha()
            ):
                if organization is None and token.pos != "ADJ":
                    title_tokens.insert(0, probe)
                    begin = probe
                    if (
                        token.text.lower() in self.lexicon.tables.organization_words
                    ):  # "team member": the team that was spoken of
                        organization = self._described(token)
                probe -= 1
                continue
            if lower in ("'s", "’s", "-"):
                probe -= 1
                continue
            break
        known = parsed.text(begin, end).lower() in self.lexicon.tables.titles
        inside = None if known else self._inside_organization(begin, end)
        organization = organization or inside
        title = self._title_text(title_tokens)
        if title:
            self._add(person, title, organization, former, begin, end, head, confidence, "title before name")

    def _inside_organization(self, begin: int, end: int) -> str | None:
        for i in range(begin, end):
            link = self.covered.get(i)
            if link is not None and self.people.kinds.get(link.entities[0]) in (
                Kind.ORGANIZATION,
                Kind.PLACE,
            ):
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

    def _appositions(self, head: Token, person: str) -> None:
        parsed = self.parsed
        for child in parsed.dependents(head, "appos"):
            for noun in conjuncts(parsed, child):
                if (
                    self._is_role_noun(noun)
                    and noun.i not in self.covered
                    and noun.tag not in ("NNS", "NNPS")
                ):
                    self._noun_phrase(noun, person, head, 0.9, "apposition")
        governor = parsed.tokens[head.head]
        if head.dep == "appos" and governor.dep == "pobj" and head.i > governor.i + 1:
            above = parsed.tokens[parsed.tokens[governor.head].head]
            if self._is_role_noun(above) and above.i not in self.covered:
                governor = above  # "the spokesman for the army, A": the parser hangs A on the army
        if head.dep == "appos" and governor.i not in self.covered and self._is_role_noun(governor):
            if governor.tag in ("NNS", "NNPS"):
                self._listed(governor, head)
            else:
                for noun in conjuncts(parsed, governor):
                    if noun.i < head.i and self._is_role_noun(noun):
                        self._noun_phrase(noun, person, head, 0.85, "apposition")
        if head.dep in ("conj",) and governor.pos in ("NOUN", "PROPN"):
            return
        of = self.parsed.dependents(head, "prep")
        for (
            preposition
        ) in of:  # "Kramer of Harvard", "Senators A of X": only with a title that lacks its body
            if preposition.text.lower() in ("of", "from"):
                for inner in self.parsed.dependents(preposition, "pobj"):
                    self._complete(head, person, inner)

    def _complete(self, head: Token, person: str, inner: Token) -> None:
        bodies = [e for e in self.people.linked(inner) if self.people.kinds.get(e) in BODIES]
        if not bodies:
            return
        for index, role in enumerate(self.found):
            if (
                role.person == person
                and role.sentence == self.parsed.sentence_span(head)
                and self._needs_constituency(role.title)
            ):
                self.found[index] = replace(role, organization=bodies[0])

    def _needs_constituency(self, title: str) -> bool:
        return title.lower().split()[-1] in self.lexicon.tables.constructions.constituency_titles

    def _predicate(self, head: Token, person: str) -> None:
        """ "She was a member of parliament", "Maroni, who is the president of …", "X became chief executive of Y"."""
        parsed = self.parsed
        if head.dep not in ("nsubj", "nsubjpass"):
            return
        verb = parsed.tokens[head.head]
        if any(c.dep == "neg" or c.tag == "MD" for c in parsed.dependents(verb)):
            return
        if verb.lemma in ("be", "become", "remain"):
            for noun in parsed.dependents(verb, "attr"):
                for each in conjuncts(parsed, noun):
                    if (
                        self._is_role_noun(each)
                        and each.i not in self.covered
                        and each.tag not in ("NNS", "NNPS")
                    ):
                        past = verb.tag == "VBD" and verb.lemma == "be" and self._dated_past(verb)
                        self._noun_phrase(each, person, head, 0.75, "copula", past)
        for clause in parsed.dependents(head, "relcl"):
            if clause.lemma == "be":
                for noun in parsed.dependents(clause, "attr"):
                    if self._is_role_noun(noun):
                        self._noun_phrase(noun, person, head, 0.75, "relative clause", clause.tag == "VBD")

    def _dated_past(self, verb: Token) -> bool:
        return any(
            c.lemma in ("until", "once", "previously", "formerly")
            or c.text.lower() in ("until", "once", "previously", "formerly", "from", "between")
            for c in self.parsed.dependents(verb)
        )

    def _as_phrases(self) -> None:
        """ "forced to resign as minister", "was appointed (as) chairman", "served as ambassador"."""
        parsed = self.parsed
        for verb in parsed.tokens:
            change = (
                self.lexicon.tables.constructions.role_verbs.get(verb.lemma.lower())
                if verb.pos == "VERB"
                else None
            )
            if change is None:
                continue
            holder = (
                logical_object(parsed, verb)
                if change in ("appoint", "dismiss")
                else subject(parsed, verb)
                if not is_passive(parsed, verb)
                else logical_subject(parsed, verb)
            )
            nouns = [n for n in (prepositional(parsed, verb, "as"),) if n is not None]
            nouns += list(parsed.dependents(verb, "oprd", "attr"))
            if change in ("appoint", "become") and not nouns:
                nouns = [c for c in parsed.dependents(verb, "dobj") if holder is not None and c.i != holder.i]
            if holder is None:
                continue
            persons = [e for e in self.people.linked(holder) if self.people.kinds.get(e) is Kind.PERSON]
            for noun in nouns:
                if persons and self._is_role_noun(noun):
                    self._noun_phrase(
                        noun, persons[0], holder, 0.85, "as phrase", change in ("leave", "dismiss")
                    )
            self._employer(verb, holder, change)

    def _employer(self, verb: Token, holder: Token, change: str) -> None:
        """ "The club sacked manager A. Moyes": who appoints or dismisses is the body of the title before the name."""
        boss = logical_subject(self.parsed, verb) if change in ("appoint", "dismiss") else None
        bodies = [e for e in self.people.linked(boss) if self.people.kinds.get(e) in BODIES] if boss else []
        for index, role in enumerate(self.found):
            here = role.sentence == self.parsed.sentence_span(verb) and role.person in self.people.linked(
                holder
            )
            if bodies and here and role.organization is None:
                self.found[index] = replace(role, organization=bodies[0])

    # -- reading the noun phrase of a role

    def _is_role_noun(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        return token.pos in ("NOUN", "PROPN") and (
            lemma in self.lexicon.tables.titles or lemma in self.lexicon.tables.title_heads
        )

    def _ornament(self, child: Token) -> bool:
        """Tell praise from what belongs to a title: "most decorated player", "longest-serving senator"."""
        return child.tag == "JJS" or any(c.tag == "RBS" for c in self.parsed.dependents(child))

    def _noun_phrase(
        self, noun: Token, person: str, name: Token, confidence: float, reason: str, past: bool = False
    ) -> None:
        parsed, tokens = self.parsed, self.parsed.tokens
        organization: str | None = None
        former = past
        kept = [noun.i]
        for child in parsed.dependents(noun):
            if child.i > noun.i:
                continue
            lower = child.text.lower()
            if lower in self.lexicon.tables.former:
                former = former or lower not in ("late", "outgoing")
                continue
            if child.dep == "poss" or child.i in self.covered:
                for entity in (e for c in conjuncts(parsed, child) for e in self.people.linked(c)):
                    if self.people.kinds.get(entity) in BODIES and organization is None:
                        organization = entity
                for nested in parsed.dependents(child, "poss", "compound", "amod", "nmod"):
                    if (
                        organization is None
                        and self.people.linked(nested)
                        and self.people.kinds.get(self.people.linked(nested)[0])
                        in (Kind.ORGANIZATION, Kind.PLACE)
                    ):
                        organization = self.people.linked(nested)[0]
                continue
            if (
                child.dep in LEFT
                and child.pos in ("ADJ", "NOUN", "PROPN", "VERB", "PUNCT", "NUM")
                and not child.text.isdigit()
                and not self._ornament(child)
            ):
                kept += [i for i in range(child.left, child.right + 1) if i not in self.covered]
                for i in range(child.left, child.right + 1):
                    if i in self.covered and organization is None:
                        organization = self.covered[i].entities[0]
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
            named = next(
                (
                    e
                    for i in range(inner.left, stop)
                    for e in ((self.covered[i].entities[0],) if i in self.covered else ())
                    if self.people.kinds.get(e) in BODIES
                ),
                None,
            )
            if named is None:
                named = next(
                    (e for e in self.people.linked(inner) if self.people.kinds.get(e) in BODIES),
                    None,
                )
            if child.text.lower() in ORG_PREPOSITIONS and named is not None:
                if organization is None or child.text.lower() == "of":
                    organization = named if organization is None else organization
                whole = all(
                    i in self.covered
                    or tokens[i].text.lower() in ("the", "of", "at", "for", "in", "with", "from", ",")
                    for i in tail
                )
                if not whole:  # "head of the Syria desk of …": keep the common words that are no name
                    rest = [i for i in tail if i not in self.covered]
                    words = [tokens[i].text for i in rest if tokens[i].pos in ("NOUN", "ADJ")]
                    if words and inner.i not in self.covered and not self.people.linked(inner):
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
                kept += tail
                last = stop - 1
            second = next(
                (c for c in parsed.dependents(inner, "prep") if c.text.lower() in ("at", "of", "in")), None
            )
            if second is not None and organization is None:
                deep = next(iter(parsed.dependents(second, "pobj")), None)
                if deep is not None:
                    organization = next(
                        (e for e in self.people.linked(deep) if self.people.kinds.get(e) in BODIES),
                        None,
                    )
        title = self._title_text(sorted(set(kept)))
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
            )

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
        tokens = self.parsed.tokens
        words: list[str] = []
        previous = -2
        for i in indices:
            token = tokens[i]
            opening = not words and token.text.lower() in DROPPED
            if opening or token.text.lower() == "'s" or (token.pos == "PUNCT" and token.text != "-"):
                continue
            glue = "" if words and previous == i - 1 and not tokens[previous].space else " "
            words.append((glue if words else "") + token.text)
            previous = i
        text = "".join(words).strip(" -,")
        return re.sub(r"\s+", " ", text)

    # -- collecting

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
    ) -> None:
        words = title.lower()
        if words.rstrip(".") in self.lexicon.tables.honorifics or not any(c.isalpha() for c in words):
            return
        if organization is None:
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
            )
        )

    def _implied(self, title: str, name: Token) -> str | None:
        """A national office without its country ("Environment Minister") belongs to the one country that
        the article names most, if any stands out.
        """
        home = self.lexicon.tables.constructions.offices_of_one_country.get(title)
        if home is not None:
            return next((e.id for e in self.resolved.entities if e.name == home), None)
        head = title.split(" of ")[0].split(" for ")[0].split()[-1]
        if head in ("spokesman", "spokeswoman", "spokesperson"):
            return self._last_body(name)
        if head not in self.lexicon.tables.constructions.national_titles:
            return None
        lands = sorted(
            ((self._spoken_of(e), e.id) for e in self.resolved.entities if "schema:Country" in e.classes),
            reverse=True,
        )
        if not lands or lands[0][0] < 2 or (len(lands) > 1 and lands[0][0] < 2 * lands[1][0]):
            return None
        return lands[0][1]

    def _last_body(self, name: Token) -> str | None:
        """Return the organisation that was spoken of last, here or two sentences before: whose spokesman it is."""
        for link in reversed(self.resolved.links):
            head = self.parsed.tokens[link.head]
            if head.i < name.i and name.sent - head.sent <= 2 and head.block >= name.block - 1:
                if len(link.entities) == 1 and self.people.kinds.get(link.entities[0]) is Kind.ORGANIZATION:
                    return link.entities[0]
        return None

    def _spoken_of(self, country: Entity) -> int:
        """Count the mentions of a country and of the bodies that bear its name ("Environment Canada")."""
        named = (e for e in self.resolved.entities if country.name in e.name.split())
        return sum(len(e.mentions) for e in {country.id: country, **{e.id: e for e in named}}.values())

    def _unique(self) -> list[Role]:
        best: dict[tuple[str, str], Role] = {}
        order: list[tuple[str, str]] = []
        for role in self.found:
            head = role.title.lower().split(" of ")[0].split(" to ")[0].split(" for ")[0].split()[-1]
            key = (role.person, head)
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
