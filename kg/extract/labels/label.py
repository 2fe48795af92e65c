"""The label of an event: who, the verb or noun as it stands, whom or what, and how sure, in the text's own words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.labels.clauses import Clauses
from kg.extract.labels.ground import Item, grounds, is_finite, is_verb
from kg.extract.labels.inflect import cut
from kg.extract.labels.naming import Naming, plain
from kg.extract.labels.phrases import QUOTES, Phrases
from kg.extract.labels.stance import stances, tells
from kg.lexicon import Lexicon
from kg.model import Event, Modality, Span
from kg.parsed import Parsed, Token

LONGEST = 80
LEVELS = (3, 2, 1, 0)
TELLINGS = 4  # of a happening that is told more often, the first are enough


@dataclass(frozen=True, slots=True)
class LabelledMention:
    """One telling of an event: its trigger's tokens, who takes part (entity ids), and how sure it is."""

    triggers: tuple[int, ...]
    agents: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class _Draft:
    text: str
    sure: bool  # tells how the article stands to it
    order: tuple[bool, int, int, int]  # can say how sure, shows whom, says what, says how sure and fits
    way: tuple[Item, ...]
    level: int


def event_label(parsed: Parsed, event: Event, naming: Naming, lexicon: Lexicon) -> str:
    """Return the label of an event, from the telling of it that shows most."""
    tellings = [
        LabelledMention(tokens, event.agents, event.patients, event.modality)
        for span in event.spans[:TELLINGS]
        if (tokens := tokens_of(parsed, span))
    ]
    labeller = _Labeller(parsed, naming, lexicon)
    drafts = [(labeller.best(t), t) for t in tellings]
    if not drafts:
        return cut(plain(event.trigger), LONGEST) or event.event_class.partition(":")[2]
    draft, telling = max(drafts, key=lambda pair: pair[0].order)
    return labeller.finished(draft, telling) or plain(event.trigger)


def label_of(parsed: Parsed, telling: LabelledMention, naming: Naming, lexicon: Lexicon) -> str:
    """Return the label of an event that is told once.

    "Peter Olsen is accused of killing three people", "talks between Iran and Oman", "Norway did not attack Sweden".
    It has at most 80 characters, on one line, and claims no more than the sentence: where the words that it keeps
    do not tell that the happening is reported, planned, possible or denied, a word is added.
    """
    labeller = _Labeller(parsed, naming, lexicon)
    return labeller.finished(labeller.best(telling), telling)


def tokens_of(parsed: Parsed, span: Span) -> tuple[int, ...]:
    """Return the tokens of a stretch of text."""
    first = bisect_left(parsed.tokens, span.begin, key=lambda t: t.begin)
    last = bisect_left(parsed.tokens, span.end, key=lambda t: t.begin)
    return tuple(i for i in range(first, last) if parsed.tokens[i].pos not in ("SPACE", "PUNCT"))


def trigger_of(parsed: Parsed, tokens: Iterable[int]) -> tuple[Token, Token]:
    """Return the word that a happening is told by and the one that carries it: "talks" and "held" of "held talks"."""
    inside = tuple(tokens)
    if len(inside) == 1 and (modal := parsed.tokens[inside[0]]).dep in ("aux", "auxpass"):
        return parsed.tokens[modal.head], parsed.tokens[modal.head]  # what is promised in "will support"
    tops = [t for i in inside if (t := parsed.tokens[i]).head not in inside or t.head == t.i]
    top = next((t for t in tops if t.pos in ("VERB", "AUX", "NOUN", "PROPN")), tops[0])
    last = parsed.tokens[inside[-1]]
    node = parsed.climb(last, lambda token: token.i != top.i and token.head in inside)
    carried = node.i == top.i and is_verb(top) and last.pos in ("NOUN", "PROPN")
    return (last, top) if carried else (top, top)


@dataclass(frozen=True, slots=True)
class _Labeller:
    """Writes the labels of one article's events."""

    parsed: Parsed
    naming: Naming
    lexicon: Lexicon

    def best(self, telling: LabelledMention) -> _Draft:
        """Return the draft that shows most, over the ways down to the trigger."""
        parsed = self.parsed
        trigger, carrier = trigger_of(parsed, telling.triggers)
        best: _Draft | None = None
        wanted = {*telling.agents, *telling.patients}
        for way in grounds(parsed, trigger):
            if all(item.token.i != carrier.i and item.place.i != carrier.i for item in way):
                continue
            draft = self._draft(way, telling, wanted)
            if best is None or draft.order > best.order:
                best = draft
            if draft.order[3] == 3 and draft.order[1] >= len(wanted) and draft.order[2] == 2:
                break
        if best is None:
            item = Item(trigger, trigger)
            best = self._draft((item,), telling, wanted)
        return best

    def _draft(self, way: tuple[Item, ...], telling: LabelledMention, wanted: set[str]) -> _Draft:
        parsed, lexicon = self.parsed, self.lexicon
        level, text, phrases = self._fitted(way, telling, None, LEVELS)
        below = frozenset({way[-1].token.i})
        stays = cut(text, LONGEST).lower()
        kept = [i for i in phrases.kept if parsed.tokens[i].text.lower() in stays]
        told = stances(parsed, kept, below, lexicon)
        if text.endswith("?"):
            told |= {Modality.HYPOTHETICAL}
        clause = is_verb(way[0].token) and (
            is_finite(parsed, way[0].token) or is_finite(parsed, way[0].place)
        )
        # who or what nobody knows takes part in is told by its clause
        long, fits = len(text.split()), len(text) <= LONGEST
        whole = fits or way[-1].token.text.lower() in stays
        says = (
            (0 if long < 2 or not whole or phrases.lacks_subject else 2 if fits else 1)
            if clause
            else 0
            if long < 3
            else 2
            if wanted
            else 1
        )
        if any(item.token.text.lower() in phrases.words.circumstances for item in way):
            says = min(says, 1)  # "the first time since the *retirement* of X" tells of another happening
        if (
            clause
            and len(way) > 1
            and telling.modality is Modality.ASSERTED
            and self._is_only_told(way[0].place)
        ):
            says = 0
        shown = len(wanted & phrases.shown)
        sure = tells(telling.modality, told)
        hedge = None if sure else lexicon.wording.hedges[telling.modality.value].adverb
        clear = hedge if is_verb(way[0].token) else telling.modality is not Modality.NEGATED
        ease = 3 if sure and fits else 2 if whole and (sure or clear) else 1 if sure else 0
        return _Draft(text, sure, (ease > 1, shown, says, ease), way, level)

    def _is_only_told(self, verb: Token) -> bool:
        """Tell a clause that the article does not vouch for: "accusations that he *used* money for rallies" tells of
        rallies as a fact, and not of what paid for them.
        """
        above = self.parsed.tokens[verb.head]
        told = verb.dep in ("acl", "ccomp") and above.i < verb.i
        return told and (
            above.lemma.lower() in self.lexicon.cues.verbs
            or bool(stances(self.parsed, (above.i,), frozenset(), self.lexicon))
        )

    def _fitted(
        self, way: tuple[Item, ...], telling: LabelledMention, hedge: str | None, levels: Iterable[int]
    ) -> tuple[int, str, Phrases]:
        """Return the fullest words that fit, and how full they are.

        Words cut at their end are better than a verb without what completes it, as long as its happening and who takes
        part are not cut off.
        """
        wanted = frozenset({*telling.agents, *telling.patients})
        cuttable: tuple[int, str, Phrases] | None = None
        made = (0, "", Phrases(self.parsed, self.naming, self.lexicon, 0, wanted))
        for level in levels:
            phrases = Phrases(self.parsed, self.naming, self.lexicon, level, wanted)
            text = Clauses(phrases, telling.agents, telling.patients, hedge).top(way)
            made = (level, text, phrases)
            if level == 1:
                cuttable = made
            if len(text) <= LONGEST:
                break
        if made[0] == 0 and cuttable is not None:
            whole, short = cut(cuttable[1], LONGEST), made[1]
            names = [self.naming.called.get(e, "") for e in made[2].shown & wanted]
            needed = [way[-1].token.text, *(name for name in names if name in short)]
            if len(short) > LONGEST or all(words.lower() in whole.lower() for words in needed):
                return cuttable
        return made

    def finished(self, draft: _Draft, telling: LabelledMention) -> str:
        """Return a draft's words with how sure they are, or its clause as it stands where they say nothing."""
        parsed, naming = self.parsed, self.naming
        text = draft.text
        if not draft.sure:
            hedge = self.lexicon.wording.hedges[telling.modality.value]
            if hedge.adverb and is_verb(draft.way[0].token):
                levels = [n for n in LEVELS if n <= draft.level] if draft.level else LEVELS
                text = self._fitted(draft.way, telling, hedge.adverb, levels)[1]
            else:
                text = f"{hedge.before} {text if is_verb(draft.way[0].token) else _bare(text, naming)}"
        elif not is_verb(draft.way[0].token):
            text = _bare(text, naming)
        text = _tidy(plain(text))
        # one word says nothing: its clause as it stands
        if " " not in text and telling.modality is Modality.ASSERTED:
            trigger = draft.way[-1].token
            first = min(
                [trigger.i, *(c.left for c in parsed.dependents(trigger) if c.dep not in ("cc", "punct"))]
            )
            text = _tidy(plain(parsed.text(first, trigger.right + 1)))
        return cut(text, LONGEST)


def _bare(text: str, naming: Naming) -> str:
    """Return a noun phrase without its article, unless it is the article of a name at its beginning."""
    first, _, rest = text.partition(" ")
    if first.lower() not in ("the", "a", "an") or not rest:
        return text
    named = any(text.startswith(name) for name in naming.called.values() if name.startswith("the "))
    return text if named else rest


def _tidy(text: str) -> str:
    text = text.translate(QUOTES)
    for wide, close in ((" ,", ","), (" :", ":"), (" n't", "n't"), ("( ", "("), (" )", ")"), ("  ", " ")):
        text = text.replace(wide, close)
    return text.strip(" ,;:-\u2013\u2014")
