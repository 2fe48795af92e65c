"""Groups that nobody names ("two journalists"): one entity for each, with its name and mentions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from kg.extract.noun_kinds import NounKinds
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, Mention, MentionKind, unnamed_id
from kg.parsed import Resolved, Token

BRACKETS = ("(", ")")


class UnnamedGroups:
    """Mints one `Kind.GROUP` entity for each unnamed group of an article that takes part in something; `groups` holds
    them by the head of their first telling.
    """

    def __init__(self, resolved: Resolved, nouns: NounKinds, lexicon: Lexicon) -> None:
        self.resolved, self.parsed, self.nouns, self.lexicon = resolved, resolved.parsed, nouns, lexicon
        self.names = {e.id: e.name for e in resolved.entities}
        self.groups: dict[int, Entity] = {}
        self.by_lemma: defaultdict[tuple[str, str], list[Token]] = defaultdict(list)
        for token in self.parsed.tokens:
            if token.pos in ("NOUN", "PROPN") and token.dep not in ("compound", "nmod", "amod"):
                self.by_lemma[token.lemma.lower(), token.tag].append(token)

    def of(self, token: Token, linked: Callable[[Token], tuple[str, ...]]) -> str:
        """Return the id of the group that a noun speaks of, which gains this mention: "two journalists".

        `linked` gives the entities that a token's own mention speaks of.
        """
        first = self._first_telling(token)
        if first.i not in self.groups:
            name = re.sub(r"\s+", " ", self.parsed.span(*self._phrase(first)).of(self.parsed.article.text))
            name = re.sub(r"^(the|a|an)\s+", "", name, flags=re.I) or name
            for child in self.parsed.dependents(first, "poss"):  # "its supporters" → "the party's supporters"
                owners = linked(child)
                if (
                    child.pos == "PRON"
                    and len(owners) == 1
                    and name.lower().startswith(f"{child.text.lower()} ")
                ):
                    name = f"{self._name(owners[0])}'s{name[len(child.text) :]}"
            self.groups[first.i] = Entity(unnamed_id(first.i), Kind.GROUP, name, confidence=0.6)
        group = self.groups[first.i]
        mention = Mention(self.parsed.span(*self._phrase(token)), MentionKind.NOMINAL)
        if mention not in group.mentions:
            self.groups[first.i] = replace(group, mentions=tuple(sorted((*group.mentions, mention))))
        return group.id

    def _name(self, entity: str) -> str:
        """Return what an entity is called, be it named in the article or a group that was minted here."""
        if entity not in self.names:
            self.names.update((group.id, group.name) for group in self.groups.values())
        return self.names[entity]

    def _first_telling(self, token: Token) -> Token:
        """Return the head by which a group entered: "two journalists … *the journalists*", "police … *police*"."""
        if token.pos not in ("NOUN", "PROPN") or token.i in self.resolved.at:
            return token
        own = self._modifiers(token)
        known = token.lemma.lower() in self.lexicon.tables.collectives or any(
            c.text.lower() in ("the", "these", "those", "both")
            for c in self.parsed.dependents(token, "det", "predet")
        )
        if not known:
            return token
        for earlier in self.by_lemma[token.lemma.lower(), token.tag]:
            if earlier.i >= token.i:
                break
            same = own <= self._modifiers(earlier) or not own
            if same and earlier.i not in self.resolved.at and self.nouns.can_act(earlier):
                return earlier
        return token

    def _modifiers(self, token: Token) -> set[str]:
        near = self.parsed.dependents(token, "amod", "compound", "nmod", "poss", "nummod")
        near += [p for c in self.parsed.dependents(token, "prep") for p in self.parsed.dependents(c, "pobj")]
        return {c.lemma.lower() for c in near}

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
                and not (
                    child.tag == "VBD" and tokens[child.i - 1].text == ","
                )  # "…, reported *officials*, …"
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
