"""Whom a threat, promise, demand, accusation or inquiry is about, where it is said only within what is threatened."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.events.frame_matching import FrameMatcher, Match
from kg.extract.logical_objects import logical_object
from kg.extract.participants import Filler, Participants
from kg.extract.syntax import prepositional
from kg.model import is_named
from kg.parsed import Parsed, Token

CONTENT_PREPOSITIONS = ("against", "on", "with", "to", "from", "for", "over", "in", "of")


class Parties:
    """Finds the parties within the content of one article's events."""

    def __init__(self, parsed: Parsed, people: Participants, matcher: FrameMatcher) -> None:
        self.parsed, self.people, self.matcher = parsed, people, matcher

    def doers(self, verb: Token) -> list[Filler]:
        """ "demanded the withdrawal of Serbian forces": who is to do what is asked for."""
        for noun in self.parsed.dependents(verb, "dobj"):
            inner = self.matcher.match(noun) if noun.pos == "NOUN" else None
            if inner is not None and inner.agents:
                return self.people.fill_all(inner.agents)
        return []

    def of(self, match: Match, flags: Collection[str]) -> list[Filler]:
        """Return the party of what is threatened, promised, refused, asked, blamed or looked into ("threatened to
        suspend talks with Russia"): the first that is named, else the first group. Where the class has the flag
        `doing`, whoever does what is spoken of goes before whom it is done to.
        """
        doing = "doing" in flags
        # "praised the weather in Oslo" and "blamed the counting in Oslo" are not about the town
        only_where = doing or "praising" in flags
        prepositions = tuple(p for p in CONTENT_PREPOSITIONS if not (only_where and p == "in"))
        found: list[Filler] = []
        for head in (match.trigger, *([match.light] if match.light is not None else [])):
            for child in self.parsed.dependents(
                head, "xcomp", "ccomp", "acl", "advcl", "dobj", "relcl", "prep"
            ):
                if child.i < head.i or (
                    child.dep == "advcl"
                    and not any(c.tag == "TO" for c in self.parsed.dependents(child, "aux"))
                ):
                    continue
                inner = child
                if child.dep == "prep":
                    objects = self.parsed.dependents(child, "pobj", "pcomp")
                    doer = doing and child.text.lower() == "by"  # "is investigating crimes by extremists"
                    if not objects or (child.text.lower() not in CONTENT_PREPOSITIONS and not doer):
                        continue
                    inner = objects[0]
                    found += self.people.fill(inner) if doer else []
                found += self._party(inner, 0, doing, prepositions)
        named = [f for f in found if is_named(f.entity)]
        return (named or found)[:1]

    def _party(self, token: Token, depth: int, doing: bool, prepositions: tuple[str, ...]) -> list[Filler]:
        inner = self.matcher.match(token) if token.pos in ("VERB", "NOUN") else None
        tokens: list[Token] = []
        if inner is not None:
            done = doing and token.pos == "NOUN"  # who is blamed for an attack is whose it is, not its victim
            tokens += inner.agents if done else inner.patients
        if token.pos in ("VERB", "AUX"):
            obj = logical_object(self.parsed, token)
            tokens += [obj] if obj is not None else []
        elif doing:
            tokens += [t for t in (prepositional(self.parsed, token, "by"),) if t is not None]
        if not (doing and inner is not None and token.pos == "NOUN"):
            tokens += [t for t in (prepositional(self.parsed, token, *prepositions),) if t is not None]
        groups: list[Filler] = []
        for each in tokens:
            found = [f for f in self.people.fill(each) if f.entity not in self.people.waters]
            named = [f for f in found if is_named(f.entity)]
            if named:
                return named
            groups = groups or found
        if depth < 2:
            for each in (*tokens, *self.parsed.dependents(token, "xcomp", "ccomp", "dobj")):
                found = self._party(each, depth + 1, doing, prepositions) if each.i > token.i else []
                if any(is_named(f.entity) for f in found):
                    return found
                groups = groups or found
        return groups
