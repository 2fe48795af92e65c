"""Who holds which position where: the titles that the reader finds, their bearers and bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.decoding import load_thresholds
from kg.extract.participants import Participants
from kg.extract.roles.modality import ORDER, is_becoming, modality_of_holding, modality_of_title
from kg.extract.roles.words import BODIES, is_count
from kg.extract.syntax import singular
from kg.heads.features import head_within
from kg.heads.reader import Candidate, Reading
from kg.heads.spans import Stretch, stretches
from kg.lexicon import Lexicon
from kg.model import Ground, Kind, MentionKind, Modality, Role
from kg.parsed import Resolved, Token

COPULAS = ("be", "become", "remain")


class RoleReader:
    """Collects the roles of one resolved article; call `run` once."""

    def __init__(self, resolved: Resolved, reading: Reading, people: Participants, lexicon: Lexicon) -> None:
        self.resolved, self.parsed, self.reading = resolved, resolved.parsed, reading
        self.people, self.lexicon = people, lexicon
        self.thresholds = load_thresholds()
        self.named = {  # tokens of the names of people
            i
            for link in resolved.links
            if link.kind is MentionKind.NAME and people.kinds.get(link.entities[0]) is Kind.PERSON
            for i in range(link.first, link.last)
        }

    def run(self) -> list[Role]:
        """Return each role once, in the order of the text; the telling that names an organisation goes before one
        that does not.
        """
        breaks = [sentence.first for sentence in self.parsed.sentences]
        scores, values = self.reading.probabilities("titles"), self.reading.values("titles")
        found = stretches(scores, values, breaks, self.thresholds.costs["titles"])
        cut = [(one, first, last) for one in found for first, last in [self._trimmed(one)] if first < last]
        # a stretch that was broken off is whole, and the rest of it no other title
        cut = [c for n, c in enumerate(cut) if n == 0 or c[1] >= cut[n - 1][2]]
        heads = [self.parsed.tokens[head_within(self.parsed, first, last)] for _, first, last in cut]
        related = self.reading.related("title", [(head.i, head.i) for head in heads])
        former = [
            row["yes"] >= self.thresholds.former and not is_becoming(self.parsed.tokens[head.head])
            for row, head in zip(
                self.reading.choices("former", [head.i for head in heads]), heads, strict=True
            )
        ]
        return unique(
            [r for parts in zip(cut, heads, related, former, strict=True) for r in self._of(*parts)]
        )

    def _of(
        self, cut: tuple[Stretch, int, int], head: Token, related: dict[str, list[Candidate]], former: bool
    ) -> list[Role]:
        one, first, last = cut
        if head.pos in ("VERB", "AUX") or self._is_no_title(first, last):
            return []
        span = self.parsed.span(first, last)
        body = self._body(related["organization"])
        modality = self._modality(first, head)
        why = [
            Ground("head titles", "title", span.of(self.parsed.article.text), round(one.probability, 3), span)
        ]
        bodies = [c.probability for c in related["organization"]]
        if bodies:
            note = "" if body else "nobody, or less likely than need be"
            why.append(
                Ground(
                    "head title.organization",
                    "organization",
                    "",
                    round(max(bodies), 3),
                    None,
                    body,
                    body is not None,
                    note,
                )
            )
        if former:
            why.append(Ground("head former", "former", "yes"))
        if modality is not Modality.ASSERTED:
            why.append(Ground("rule governors", "modality", modality.value))
        words = " ".join(span.of(self.parsed.article.text).split())
        several = head.tag in ("NNS", "NNPS")
        title = " ".join(singular(head) if w == head.text else w for w in words.split()) if several else words
        made: list[Role] = []
        for person, probability in self._persons(related["person"], head):
            made.append(
                Role(
                    person,
                    title,
                    body,
                    former,
                    span,
                    self.parsed.sentence_span(head),
                    round(min(one.probability, probability), 2),
                    f"reader {one.probability:.2f}, bearer {probability:.2f}",
                    modality,
                    written=words if words != title else "",
                    grounds=(
                        *why,
                        Ground("head title.person", "person", "", round(probability, 3), entity=person),
                    ),
                )
            )
        return made

    def _is_no_title(self, first: int, last: int) -> bool:
        """Tell a form of address or a part of a title alone: "Mr", "vice"."""
        tables, word = self.lexicon.tables, self.parsed.text(first, last).lower().rstrip(".")
        form = word in tables.honorifics and word not in tables.titles | tables.title_heads
        after = self.parsed.tokens[last : last + 1]
        part = word in tables.constructions.office_ranks and any(
            t.lemma.lower() in tables.title_heads for t in after
        )
        return word == "vice" or part or (form and word not in tables.constructions.short_ranks)

    def _trimmed(self, one: Stretch) -> tuple[int, int]:
        first, last = one.first, one.last
        praise = self.lexicon.tables.constructions.praise
        words = self.parsed.tokens
        while first < last - 1 and (
            words[first].text.lower() in praise or is_count(self.parsed, words[first], self.lexicon)
        ):
            first += 1
        while first < last and self.parsed.tokens[first].pos in ("PUNCT", "DET"):
            first += 1
        # "Minister of Energy" + "Dana Roth"
        last = next((i for i in range(first + 1, last) if i in self.named), last)
        while last > first and self.parsed.tokens[last - 1].pos in ("PUNCT", "DET", "ADP", "CCONJ"):
            last -= 1
        return first, self._whole(first, last)

    def _whole(self, first: int, last: int) -> int:
        """Return where a title ends that the reader broke off before its noun ("rock" of "rock drummer")."""
        while first < last < len(self.parsed.tokens):
            word, after = self.parsed.tokens[last - 1], self.parsed.tokens[last]
            cut = word.dep in ("amod", "compound", "nmod") and word.head >= last and word.sent == after.sent
            if not cut or after.pos not in ("NOUN", "ADJ") or after.i > word.head:
                break
            last += 1
        return last

    def _modality(self, first: int, head: Token) -> Modality:
        """Return how the article stands to the holding of a title that begins at token `first`."""
        found = {modality_of_title(self.parsed, first, self.lexicon)}
        above = self.parsed.tokens[head.head]
        if head.dep == "pobj" and above.text.lower() == "as":
            above = self.parsed.tokens[above.head]
        sets = self.lexicon.tables.constructions
        # "will include Ambassador A" says nothing of the office
        tells = above.lemma in COPULAS or above.lemma.lower() in sets.role_verbs.keys() | sets.role_seeking
        if head.dep in ("attr", "oprd", "dobj", "pobj", "xcomp", "acomp") and tells:
            found.add(modality_of_holding(self.parsed, above, self.lexicon))
        return min(found, key=ORDER.index)

    def _persons(self, found: list[Candidate], head: Token) -> list[tuple[str, float]]:
        """Return who in the paragraph of a title bears it: the likeliest, and others as likely ("Mayors A and B")."""
        out: dict[str, float] = {}
        tokens = self.parsed.tokens
        here = [
            c for c in found if tokens[c.token].block == head.block and not _is_met(head, tokens[c.token])
        ]
        for entity, probability in self._named(here, "person", (Kind.PERSON,)):
            out.setdefault(entity, probability)
        return list(out.items())

    def _body(self, found: list[Candidate]) -> str | None:
        return next((entity for entity, _ in self._named(found, "organization", BODIES)), None)

    def _named(
        self, found: list[Candidate], relation: str, kinds: tuple[Kind, ...]
    ) -> Iterator[tuple[str, float]]:
        """Yield the entities of some kinds that likely candidates name, the likeliest first."""
        least = self.thresholds.of("title", relation)
        for candidate in sorted(found, key=lambda c: (-c.probability, c.token)):
            if candidate.probability < least:
                return
            for entity in self.people.linked(self.parsed.tokens[candidate.token]):
                if self.people.kinds.get(entity) in kinds:
                    yield entity, candidate.probability


def _is_met(head: Token, person: Token) -> bool:
    """Tell "an envoy met A": whom the bearer of a title does something to is somebody else."""
    doer = head.dep == "nsubj" and person.dep in ("dobj", "dative")
    return doer and head.head == person.head


def unique(roles: Sequence[Role]) -> list[Role]:
    """Leave out a role that says no more than another: the same person and words of the title, without a body."""
    told: dict[tuple[str, str], list[Role]] = {}
    for role in roles:
        told.setdefault((role.person, role.title.lower()), []).append(role)
    kept: list[Role] = []
    for same in told.values():
        bodies = {r.organization: r for r in reversed(same)}
        kept += [r for body, r in bodies.items() if body is not None or len(bodies) == 1]
    return sorted(kept, key=lambda r: (r.span, r.person, r.organization or ""))
