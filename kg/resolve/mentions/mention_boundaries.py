"""Where a name begins and ends in a stretch that may be one: without determiners, titles, endings and loose words."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token
from kg.resolve.mentions.gazetteer_mentions import CALENDAR, EDGE
from kg.resolve.mentions.mention_patterns import CREDIT_WORDS
from kg.resolve.mentions.span_joining import ARABIC
from kg.resolve.mentions.span_repair import is_stopped
from kg.resolve.name_mention import Name
from kg.resolve.stock_indices import is_index
from kg.resolve.types.type_votes import cast_votes
from kg.world import World

SCORE = re.compile(r"\d{1,3}[–-]\d{1,3}$")


def trimmed(parsed: Parsed, first: int, last: int, label: str, lexicon: Lexicon, world: World) -> Name | None:
    """Return the name without determiners, titles and possessive endings, typed by its label and its
    words; None if nothing is left.
    """
    first, last = _edges(parsed, first, last, label)
    if first >= last:
        return None
    if _opens_with_sort(parsed, first, last, lexicon):
        first, label = first + 1, "ORG"
    opened = label == "ORG" and _opens_with_noun(parsed, first, last, lexicon)
    first += opened
    last = _before_office(parsed, first, last, label, lexicon, world)
    known = parsed.text(first, last) in lexicon.tables.institutions or _is_surname(parsed, first, last)
    # "SEC" is no secretary, "King" beside "Mervyn King" no monarch
    cut = first if known else _cut(parsed, first, last, label, lexicon, world)
    first, title = _behind_title(parsed, first, last, cut, lexicon)
    if _is_no_name(parsed, first, last, label, lexicon) or (
        last - first == 1 and _is_no_word(parsed, first, lexicon)
    ):
        return None
    address = parsed.tokens[first].text.lower().rstrip(".") in lexicon.tables.honorifics
    if address and not known and last - first == 1:
        return None
    text = _text(parsed, first, last, lexicon)
    if len(text) < 2 or text.isdigit() or is_index(parsed, first, last, lexicon):
        return None
    name = Name(first, last, text, label, title=title)
    cast_votes(parsed, name, lexicon, world)
    return name


def lengthened(parsed: Parsed, name: Name, last: int, lexicon: Lexicon, world: World) -> Name:
    """Return a name with the noun in small letters that belongs to it, up to `last`: "Brezova" + "airport"."""
    longer = Name(
        name.first, last, f"{name.text} {parsed.text(name.last, last)}", name.label, title=name.title
    )
    cast_votes(parsed, longer, lexicon, world)
    return longer


def _edges(parsed: Parsed, first: int, last: int, label: str) -> tuple[int, int]:
    """Return a stretch without words in small letters, marks and credits at its ends."""
    tokens = parsed.tokens
    while first < last and (
        tokens[first].text in EDGE
        or (tokens[first].text.islower() and tokens[first].text.isalpha() and not _is_article(parsed, first))
        or not tokens[first].text[:1].isalnum()
    ):
        first += 1
    while last > first and (
        (tokens[last - 1].text in EDGE and not _is_stop_of_letters(parsed, first, last))
        or tokens[last - 1].text in CREDIT_WORDS
        or (not tokens[last - 1].text[-1:].isalnum() and tokens[last - 1].text[-1:] != ".")
        or (tokens[first].text.isupper() and last - first > 1 and tokens[last - 1].text.islower())
    ):
        last -= 1
    while last - first > 1 and (
        SCORE.match(tokens[last - 1].text) is not None or _opens_score(parsed, last - 1)
    ):
        last -= 1  # "beat Wrona 6–4"
    return first, last


def _opens_score(parsed: Parsed, i: int) -> bool:
    """Tell the first number of a score of three tokens: "beat Wrona 6" + "–" + "4"."""
    score = [t.text for t in parsed.tokens[i : i + 3]]
    return len(score) == 3 and score[0].isdigit() and score[1] in ("–", "-") and score[2].isdigit()


def _is_stop_of_letters(parsed: Parsed, first: int, last: int) -> bool:
    """Tell the full stop that belongs to a generation: "Elias Whitford Sr" + "."."""
    before, stop = parsed.tokens[max(first, last - 2)], parsed.tokens[last - 1]
    goes_on = last < len(parsed.tokens) and parsed.tokens[last].sent == stop.sent
    return stop.text == "." and is_stopped(before) and not before.space and goes_on


def _is_article(parsed: Parsed, i: int) -> bool:
    """Tell the Arabic article, which a hyphen joins to the name: "al-Masirah"."""
    token, hyphen = parsed.tokens[i], parsed.tokens[min(i + 1, len(parsed.tokens) - 1)]
    return token.text in ARABIC and hyphen.text == "-" and not (token.space or hyphen.space)


def _before_office(parsed: Parsed, first: int, last: int, label: str, lexicon: Lexicon, world: World) -> int:
    """Return where a body's name ends that the recogniser ran into an office: "Norwind Bank Chairman"."""
    if label == "ORG":
        last = _before_title(parsed, first, last, lexicon)
    tokens, tables = parsed.tokens, lexicon.tables
    while (
        last - first > 1
        and tokens[last - 1].lemma.lower() in tables.title_heads
        and tokens[last - 2].text.lower() in tables.organization_words
    ):
        last -= 1
    one_of_many = any(t.text.lower() in ("a", "an") for t in tokens[max(0, first - 2) : first + 1])
    if label == "ORG" and last - first > 1 and tokens[last - 1].lemma.lower() in tables.title_heads:
        before = parsed.text(first, last - 1) if one_of_many else ""
        if before in world.gazetteer.names or before.lower() in tables.constructions.short_for_parties:
            last -= 1  # "a former United States Representative"
    return last


def _cut(parsed: Parsed, first: int, last: int, label: str, lexicon: Lexicon, world: World) -> int:
    """Return the first token behind the titles that open the stretch; `first` where none does."""
    tokens, tables = parsed.tokens, lexicon.tables
    cut = title_before(parsed, first, last, lexicon)
    given = (
        cut == last - 1 == first + 1
        and tokens[first].text in world.given_names
        and tokens[first].text.lower() not in tables.honorifics
    )
    if given and not _has_other_given_name(parsed, first, cut):
        return first  # "Dean Kamen": the dean is a Dean
    words = tokens[last - 1 : last] if label == "PERSON" else tokens[cut + 1 : last]
    named_after = (
        cut == first + 1 < last - 1
        and any(
            t.text.lower() in table
            for t in words
            for table in (tables.organization_words, tables.place_words)
        )
        and not (label == "PERSON" and words[0].text.lower() in tables.constructions.surnames_too)
    )
    return first if named_after else cut  # "Doctor Ross Foundation", "President Hotel"


def _has_other_given_name(parsed: Parsed, first: int, surname: int) -> bool:
    """Tell "Judge Miller" of an article that has a Gray Miller: there the judge is no Judge."""
    return bool(parsed.given_names(parsed.tokens[surname].text) - {parsed.tokens[first].text})


def _behind_title(
    parsed: Parsed, first: int, last: int, cut: int, lexicon: Lexicon
) -> tuple[int, tuple[int, int] | None]:
    """Return where the name begins, and the title before it: one cut off, or one that stands before the stretch."""
    begin = first if cut > first or first == 0 else _title_start(parsed, first, lexicon)
    inner = max(cut, first)
    site = all(t.text.istitle() for t in parsed.tokens[begin:inner]) and _is_site(
        parsed, inner, last, lexicon
    )
    if site:
        return begin, None  # "General Bernardo Riquelme Base", "Prince Sultan Air Base"
    return inner, (begin, inner) if begin < inner else None


def _is_site(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell a site that is named after a person from one: the word for it ends the name, and is no surname."""
    tables, word = lexicon.tables, parsed.tokens[last - 1].text.lower()
    known = word in tables.constructions.small_heads and word in tables.place_words
    return last - first > 1 and known and word not in tables.constructions.surnames_too


def _is_no_name(parsed: Parsed, first: int, last: int, label: str, lexicon: Lexicon) -> bool:
    """Tell a stretch without a capital, a day or month, and a rank with its office ("Superintendent of Police")."""
    tokens = parsed.tokens[first:last]
    if not any(t.text[:1].isupper() or t.text[:1].isdigit() for t in tokens) or any(
        "@" in t.text for t in tokens
    ):
        return True
    if tokens[0].text in ("of", "for", "on", "to"):
        return True  # what is left of "Secretary of State" + "for Trade"
    if all(t.text.rstrip(".") in CALENDAR or t.text.isdigit() for t in tokens):
        return True
    return label != "PERSON" and len(tokens) > 2 and tokens[1].text == "of" and _is_rank(tokens[0], lexicon)


def _is_no_word(parsed: Parsed, i: int, lexicon: Lexicon) -> bool:
    """Tell a lone word that never is a name by itself, or is a title here: "the Premier", "Governor of Texas"."""
    tokens, tables = parsed.tokens, lexicon.tables
    sets, word = tables.constructions, tokens[i].text.lower()
    if word in sets.never_names or (word in sets.legal_forms and word not in tables.organization_words):
        return True
    the = i > 0 and tokens[i - 1].text.lower() == "the"
    of = i + 1 < len(tokens) and tokens[i + 1].text == "of"
    return word in tables.titles and (the or of)


def _text(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> str:
    """Return what the name is called: "Simon Reed QC" is called Simon Reed."""
    letters = parsed.tokens[last - 1].text if last - first > 2 else ""
    behind = letters.isupper() and letters.lower() in lexicon.tables.constructions.behind_names
    text = re.sub(r"\s+", " ", parsed.text(first, last - behind))
    return text[:-2] if text.endswith(("'s", "’s")) else text


def _is_surname(parsed: Parsed, first: int, last: int) -> bool:
    """Tell whether a lone word, for the recogniser a person, ends the full name of somebody in the article."""
    if last - first > 1:
        return False
    here = parsed.named_at(first)
    alone = here is not None and (here.first, here.last, here.label) == (first, last, "PERSON")
    return alone and bool(parsed.given_names(parsed.tokens[first].text))


def _is_rank(word: Token, lexicon: Lexicon) -> bool:
    """Tell a word for whoever holds a position ("Superintendent"), which heads no body."""
    lemma = word.lemma.lower()
    return lemma in lexicon.tables.title_heads and lemma not in lexicon.tables.organization_words


def _opens_with_sort(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell "Carmaker Norwind sued": the noun says what Norwind is, whatever the recogniser takes both for."""
    named = _opens_sentence(parsed, first, last) and parsed.tokens[first + 1].text[:1].isupper()
    return named and parsed.tokens[first].text.lower() in lexicon.tables.constructions.never_in_names


def _opens_sentence(parsed: Parsed, first: int, last: int) -> bool:
    return last - first > 1 and parsed.sentences[parsed.tokens[first].sent].first == first


def _opens_with_noun(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell "Airline Norwind has …", where only the sentence gives the noun its capital: elsewhere it is Norwind."""
    generic = lexicon.tables.constructions.generic_organizations
    if not _opens_sentence(parsed, first, last) or parsed.tokens[first].text.lower() not in generic:
        return False
    text, rest = parsed.article.text, parsed.text(first + 1, last)
    return text.count(rest) > text.count(parsed.text(first, last))


def _before_title(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> int:
    """Return where a body's name ends that the recogniser ran into a title: "Norwind Executive" + "Vice President",
    "Air Force" + "for Acquisition" after "Secretary of the".
    """
    stop = parsed.sentences[parsed.tokens[first].sent].last
    for start in range(first + 1, last):
        if parsed.tokens[start - 1].text == "of":  # "Board of Peace envoy"
            continue
        if start == last - 1 and parsed.tokens[start].text.lower() in lexicon.tables.organization_words:
            continue  # "Arken Taxpayers Party chairman"
        if any(
            parsed.text(start, end).lower() in lexicon.tables.titles
            for end in range(last + 1, min(last + 4, stop + 1))
        ):
            return start
    before = [t.text.lower() for t in parsed.tokens[max(0, first - 3) : first] if t.text.lower() != "the"]
    office = (
        before[-2:-1] and before[-1] == "of" and before[-2] in lexicon.tables.constructions.national_titles
    )
    words = [t.text for t in parsed.tokens[first:last]]
    return first + words.index("for") if office and "for" in words[1:] else last


def title_before(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> int:
    """Return the token after the title words that open the stretch ("Secretary of State John Kerry": the
    token of "John").
    """
    for j in range(last - 1, first, -1):
        if _is_title(parsed.text(first, j).lower(), lexicon):
            further = title_before(parsed, j, last, lexicon)
            return further if further > j else j
    return first


def _title_start(parsed: Parsed, first: int, lexicon: Lexicon) -> int:
    """Return where a capitalised title that ends just before `first` begins, or `first`."""
    block = parsed.blocks[parsed.tokens[first].block].first
    for j in range(max(block, first - 6), first):
        if _is_title(parsed.text(j, first).lower(), lexicon):
            return j
    return first


def _is_title(words: str, lexicon: Lexicon) -> bool:
    return words in lexicon.tables.titles or words.rstrip(".") in lexicon.tables.honorifics
