"""A name as the features of its type see it: its words, the tables that know them, and the parse around it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon import Lexicon, Tables
from kg.parsed import Parsed, Token
from kg.resolve.name_mention import Name
from kg.world import World


@dataclass(frozen=True, slots=True)
class NameInContext:
    """A name with what its features ask for.

    `words` are its words as written, `lowered` in small letters, the one that may head it in the singular; `body_word`
    is the word for a body among them; `has_place_word` tells whether one that may head it is for a place;
    `before` is the word before it in small letters.
    """

    parsed: Parsed
    name: Name
    lexicon: Lexicon
    world: World
    words: tuple[str, ...]
    lowered: tuple[str, ...]
    body_word: str | None
    has_place_word: bool
    before: str

    @property
    def tables(self) -> Tables:
        """The look-up tables of the lexicon."""
        return self.lexicon.tables

    @property
    def head(self) -> Token:
        """The last token of the name, by which the parser hangs it."""
        return self.parsed.tokens[self.name.last - 1]

    @property
    def governor(self) -> Token:
        """The token that the name hangs on; of a name on top of its sentence, itself."""
        return self.parsed.tokens[self.head.head]

    @property
    def after(self) -> Token | None:
        """The token behind the name; None at the end of the article."""
        return self.parsed.tokens[self.name.last] if self.name.last < len(self.parsed.tokens) else None


def in_context(parsed: Parsed, name: Name, lexicon: Lexicon, world: World) -> NameInContext:
    """Return a name with what its features ask for."""
    tokens = parsed.tokens[name.first : name.last]
    words = tuple(t.text for t in tokens)
    lowered = _lowered(words, tokens[-1].lemma.lower(), lexicon.tables)
    order = (lowered[-1], lowered[0], *lowered[1:-1])
    places = lexicon.tables.place_words
    opens = lowered[0] in lexicon.tables.constructions.place_openers or (
        len(words) > 2 and lowered[1] == "of"
    )
    return NameInContext(
        parsed,
        name,
        lexicon,
        world,
        words,
        lowered,
        body_word=next((w for w in order if w in lexicon.tables.organization_words), None),
        has_place_word=lowered[-1] in places
        or (opens and len(words) > 1 and tokens[0].lemma.lower() in places),
        before=parsed.tokens[name.first - 1].text.lower() if name.first > 0 else "",
    )


def _lowered(words: tuple[str, ...], lemma: str, tables: Tables) -> tuple[str, ...]:
    """Return words in small letters, without full stops; a word for a body at the end or before "of" is singular."""
    lowered = [w.lower().rstrip(".") for w in words]
    if lemma in tables.organization_words:
        lowered[-1] = lemma
    if "of" in lowered[1:]:
        several = lowered.index("of") - 1  # "Royal Courts of Justice"
        singular = lowered[several].removesuffix("s")
        if singular in tables.organization_words:
            lowered[several] = singular
    return tuple(lowered)
