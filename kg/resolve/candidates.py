"""Finds the names in a parsed article: what the recogniser saw, mended and completed from gazetteer and lexicon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kg.heads.reader import Reading
from kg.lexicon import Lexicon
from kg.parsed import Parsed, Token
from kg.resolve.judge import judge
from kg.resolve.known import CALENDAR, EDGE, OTHER_LABELS, known_name, known_spans
from kg.resolve.reader_votes import unseen, vote
from kg.resolve.shared import shared_heads
from kg.resolve.shares import is_index
from kg.resolve.spans import begin_of, end_of, split
from kg.resolve.told import (
    CREDIT_WORDS,
    agencies,
    carriers,
    credited,
    datelines,
    named_again,
    nicknamed,
    short_forms,
    surnames_again,
    told_names,
)
from kg.resolve.type_votes import cast_votes
from kg.resolve.votes import Name
from kg.world import World

LABELS = {"Person": "PERSON", "Organization": "ORG", "Place": "GPE"}
NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT"})


def find_names(parsed: Parsed, lexicon: Lexicon, world: World, reading: Reading | None = None) -> list[Name]:
    """Return the names of the article in order, none overlapping another; `reading` has a vote on each."""
    taken = [False] * len(parsed.tokens)
    names: list[Name] = []

    def take(name: Name | None) -> None:
        if name is None or any(taken[name.first : name.last]):
            return
        for i in range(name.first, name.last):
            taken[i] = True
        names.append(name)

    for shared in shared_heads(parsed, lexicon, world):
        take(shared)
        taken[shared.last] = True  # the head, or what joins the list

    def tell(spans: Iterable[tuple[int, int]], label: str, kind: str, weight: float) -> None:
        """Take what the article itself tells to be of a kind."""
        for first, last in spans:
            name = _trimmed(parsed, first, last, label, lexicon, world)
            if name is not None:
                name.vote(kind, weight)
                take(name)

    tell(datelines(parsed, lexicon), "GPE", "Place", 5.0)
    tell(agencies(parsed, lexicon), "ORG", "Organization", 5.0)
    tell(nicknamed(parsed, world), "PERSON", "Person", 5.0)
    tell(credited(parsed, lexicon), "PERSON", "Person", 3.0)
    tell(carriers(parsed), "ORG", "Organization", 5.0)
    told = told_names(parsed)
    sets = lexicon.tables.constructions
    forms, between = sets.suffixes_of_companies, sets.between_names
    seen = {i for found in parsed.names for i in range(found.first, found.last)}
    for first, last, label in known_spans(parsed, lexicon, world, told):
        if label in NAME_LABELS:
            take(_trimmed(parsed, first, last, label, lexicon, world))
        elif label == "body":
            tell([(first, last)], "ORG", "Organization", 3.0)
        else:
            take(known_name(parsed, first, last, label, lexicon, world))
    for found in parsed.names:
        if found.label not in NAME_LABELS:
            continue
        for first, last in split(
            parsed, begin_of(parsed, found, seen), end_of(parsed, found), found.label, forms, between
        ):
            if not any(taken[first:last]):
                # what a dash parts need not be of one kind: "based in Oslo - Norwind"
                label = "" if first > found.first and parsed.tokens[first - 1].text == "-" else found.label
                take(_trimmed(parsed, first, last, label, lexicon, world))
    for first, last in surnames_again(parsed, names, taken, world):
        take(_trimmed(parsed, first, last, "PERSON", lexicon, world))
    for first, last, label in named_again(parsed, names, taken):
        take(_trimmed(parsed, first, last, label, lexicon, world))
    tell(short_forms(parsed, names, taken, lexicon, world), "ORG", "Organization", 3.0)
    for found in parsed.names:
        # titles of works, prizes, laws and wars name no actor, but a society or festival may
        if found.label not in NAME_LABELS and found.label not in OTHER_LABELS:
            for first, last in split(parsed, found.first, found.last, "PERSON", forms):
                if any(
                    t.text.lower() in lexicon.tables.organization_words for t in parsed.tokens[first:last]
                ):
                    take(_trimmed(parsed, first, last, "ORG", lexicon, world))
            taken[found.first : found.last] = [True] * (found.last - found.first)
    for first, last, likely in _capitalised(parsed, taken, lexicon, world):
        if likely:
            take(_trimmed(parsed, first, last, "", lexicon, world))
    if reading is not None:
        for first, last, kind in unseen(reading, taken):
            tell([(first, last)], LABELS[kind], kind, 1.0)
    begun = {n.first for n in names}
    for first, last, label in _doubtful(parsed, names, taken, lexicon, world):
        name = _trimmed(parsed, first, last, label, lexicon, world)
        if name is not None and begun.isdisjoint(range(first, last)):
            name.vote("None", sum(name.votes.values()) + 0.5)
            names.append(name)
            begun.add(name.first)
    names = [n for n in names if not _is_portfolio(parsed, n, lexicon)]
    _coordinate(parsed, names)
    ends = Counter(n.text.split()[-1] for n in names)
    names = [n for n in names if not _is_chance(parsed, n, ends, lexicon, world)]
    names.sort(key=lambda n: n.first)
    judge(parsed, names, lexicon, world)
    if reading is not None:
        vote(reading, names)
    return names


def _coordinate(parsed: Parsed, names: list[Name]) -> None:
    """Let names in one list ("Zeus, Hera, Poseidon and Athena") share half of their evidence: lists hold
    things of a kind.
    """
    at = {i: n for n in names for i in range(n.first, n.last)}
    chains: dict[int, list[Name]] = {}
    for name in names:
        head = parsed.tokens[name.last - 1]
        while head.dep == "conj" and parsed.tokens[head.head].i in at:
            head = parsed.tokens[head.head]
        chains.setdefault(head.i, []).append(name)
    for chain in chains.values():
        if len(chain) < 3:
            continue
        total: dict[str, float] = {}
        for name in chain:
            for kind, weight in name.votes.items():
                total[kind] = total.get(kind, 0.0) + weight
        kind = max(total, key=lambda k: (total[k], k))
        for name in chain:
            name.vote(kind, total[kind] / len(chain) / 2)


def _is_chance(parsed: Parsed, name: Name, ends: Mapping[str, int], lexicon: Lexicon, world: World) -> bool:
    """Tell a lone unknown word that the recogniser took for a person or building once, in no place where
    one acts or owns.
    """
    if (
        name.last - name.first > 1
        or name.label not in ("PERSON", "FAC", "PRODUCT", "")
        or name.place is not None
    ):
        return False
    if name.title is not None or name.text in world.given_names or sum(name.votes.values()) > 1.3:
        return False
    if ends.get(name.text, 0) > 1:
        return False
    if any(parsed.tokens[c].dep == "conj" for c in parsed.children[name.first]):
        return False
    token = parsed.tokens[name.first]
    done_to_people = lexicon.tables.constructions.done_to_people
    if token.dep == "dobj" and token.tag == "NNP" and parsed.tokens[token.head].lemma in done_to_people:
        return False
    return token.dep not in ("nsubj", "poss", "agent", "conj") or name.label != "PERSON"


def _is_portfolio(parsed: Parsed, name: Name, lexicon: Lexicon) -> bool:
    """Tell the field of an office from a body: "Foreign Affairs minister", "Undersecretary for Education"."""
    if name.place is not None or name.label == "institution" or name.title is not None:
        return False
    sets = lexicon.tables.constructions
    if name.text.isupper() or name.text.lower() in sets.no_fields:  # "the secretary of the NFU"
        return False
    head = parsed.tokens[name.last - 1]
    governor = parsed.tokens[head.head]
    if head.dep in ("compound", "nmod") and governor.i == name.last:
        return governor.lemma.lower() in sets.national_titles
    if head.dep == "pobj" and governor.text.lower() in ("of", "for"):
        office = parsed.tokens[governor.head]
        return (
            office.lemma.lower() in sets.national_titles
            and office.lemma.lower() != "president"
            and not any(w in lexicon.tables.organization_words for w in name.text.lower().split())
        )
    return False


def _trimmed(
    parsed: Parsed, first: int, last: int, label: str, lexicon: Lexicon, world: World
) -> Name | None:
    """Return the name without determiners, titles and possessive endings, typed by its label and its
    words; None if nothing is left.
    """
    tokens = parsed.tokens
    while first < last and (
        tokens[first].text in EDGE
        or (tokens[first].text.islower() and tokens[first].text.isalpha())
        or not tokens[first].text[:1].isalnum()
    ):
        first += 1
    while last > first and (
        tokens[last - 1].text in EDGE
        or tokens[last - 1].text in CREDIT_WORDS
        or (not tokens[last - 1].text[-1:].isalnum() and tokens[last - 1].text[-1:] != ".")
        or (tokens[first].text.isupper() and last - first > 1 and tokens[last - 1].text.islower())
    ):
        last -= 1
    while (
        label == "PERSON"
        and last - first > 1
        and tokens[last - 1].text.islower()
        and tokens[last - 1].pos == "NOUN"
    ):
        last -= 1  # "sacked Wrona hours later"
    for i in range(last - 2, first, -1):  # "Volunteer organization Comic Corps", "critics of Scientology"
        if (tokens[i].text.islower() and tokens[i].pos == "NOUN") or (
            tokens[i].text == "of"
            and i == first + 1
            and tokens[first].tag == "NNS"
            and (tokens[first].text.islower() or parsed.sentences[tokens[first].sent].first == first)
        ):
            first = i + 1
            break
    if first >= last:
        return None
    opened = label == "ORG" and _opens_with_noun(parsed, first, last, lexicon)
    first += opened
    if label == "ORG":
        last = _before_title(parsed, first, last, lexicon)
    while (
        last - first > 1
        and tokens[last - 1].lemma.lower() in lexicon.tables.title_heads
        and tokens[last - 2].text.lower() in lexicon.tables.organization_words
    ):
        last -= 1
    title: tuple[int, int] | None = None
    cut = title_before(parsed, first, last, lexicon)
    known = parsed.text(first, last) in lexicon.tables.institutions or _is_surname(parsed, first, last)
    if known or (
        cut == last - 1 == first + 1
        and tokens[first].text in world.given_names
        and tokens[first].text.lower() not in lexicon.tables.honorifics
    ):
        cut = first  # "SEC" is no secretary, "King" beside "Mervyn King" no monarch; "Dean Kamen": the dean is a Dean
    if (
        cut > first
        and label != "PERSON"
        and cut == first + 1
        and any(
            t.text.lower() in table
            for t in tokens[cut + 1 : last]
            for table in (lexicon.tables.organization_words, lexicon.tables.place_words)
        )
    ):
        cut = first  # "Doctor Ross Foundation", "President Hotel"
    if cut > first:
        title, first = (first, cut), cut
    elif first > 0:
        begin = _title_start(parsed, first, lexicon)
        if begin < first:
            title = (begin, first)
    if first >= last or not any(t.text[:1].isupper() or t.text[:1].isdigit() for t in tokens[first:last]):
        return None
    if (
        label != "PERSON"
        and last - first > 2
        and tokens[first + 1].text == "of"
        and _is_rank(tokens[first], lexicon)
    ):
        return None  # "Superintendent of Police"
    alone = tokens[first].text.lower() if last - first == 1 else ""
    if alone in lexicon.tables.constructions.legal_forms and alone not in lexicon.tables.organization_words:
        return None
    if alone in lexicon.tables.constructions.never_names:
        return None
    if alone and label != "PERSON" and _opens_clause(parsed, tokens[first], world):
        return None
    if alone.rstrip(".") in lexicon.tables.honorifics and not known:
        return None
    if alone in lexicon.tables.titles and first > 0 and tokens[first - 1].text.lower() == "the":
        return None  # "the Premier"
    if alone in lexicon.tables.titles and last < len(tokens) and tokens[last].text == "of":
        return None  # "Governor of Texas"
    if all(t.text.rstrip(".") in CALENDAR or t.text.isdigit() for t in tokens[first:last]):
        return None
    letters = tokens[last - 1].text if last - first > 2 else ""
    behind = letters.isupper() and letters.lower() in lexicon.tables.constructions.behind_names
    text = re.sub(r"\s+", " ", parsed.text(first, last - behind))  # "Simon Reed QC" is called Simon Reed
    if text.endswith(("'s", "’s")):
        text = text[:-2]
    if len(text) < 2 or text.isdigit():
        return None
    name = Name(first, last, text, label, title=title)
    if is_index(parsed, first, last, lexicon):
        return None
    cast_votes(parsed, name, lexicon, world)
    if opened:
        name.vote("Organization", 5.0)  # as the same noun in small letters does
    return name


def _opens_clause(parsed: Parsed, word: Token, world: World) -> bool:
    """Tell a participle that only opens its sentence: "Rebuked by Oslo, …"."""
    if parsed.sentences[word.sent].first != word.i or word.i + 1 >= len(parsed.tokens):
        return False
    by = parsed.tokens[word.i + 1].text == "by" and word.text.endswith("ed")
    return by or (word.tag in ("VBN", "VBG") and word.text.lower() in world.word_classes)


def _is_surname(parsed: Parsed, first: int, last: int) -> bool:
    """Tell whether a lone word, for the recogniser a person, ends the full name of somebody in the article."""
    if last - first > 1:
        return False
    word, here = parsed.tokens[first].text, parsed.named_at(first)
    if here is None or (here.first, here.last, here.label) != (first, last, "PERSON"):
        return False
    return any(
        n.label == "PERSON" and n.last - n.first > 1 and parsed.tokens[n.last - 1].text == word
        for n in parsed.names
    )


def _is_rank(word: Token, lexicon: Lexicon) -> bool:
    """Tell a word for whoever holds a position ("Superintendent"), which heads no body."""
    lemma = word.lemma.lower()
    return lemma in lexicon.tables.title_heads and lemma not in lexicon.tables.organization_words


def _opens_with_noun(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell "Airline Norwind has …", where only the sentence gives the noun its capital: elsewhere it is Norwind."""
    noun = parsed.tokens[first]
    if last - first < 2 or parsed.sentences[noun.sent].first != first:
        return False
    if noun.text.lower() not in lexicon.tables.constructions.generic_organizations:
        return False
    text, rest = parsed.article.text, parsed.text(first + 1, last)
    if rest in lexicon.tables.institutions:
        return True
    return text.count(rest) > text.count(parsed.text(first, last))


def _before_title(parsed: Parsed, first: int, last: int, lexicon: Lexicon) -> int:
    """Return where a body's name ends that the recogniser ran into a title: "Norwind Executive" + "Vice President",
    "Air Force" + "for Acquisition" after "Secretary of the".
    """
    stop = parsed.sentences[parsed.tokens[first].sent].last
    for start in range(first + 1, last):
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
    tokens = parsed.tokens
    for j in range(last - 1, first, -1):
        words = parsed.text(first, j).lower()
        if words in lexicon.tables.titles or words.rstrip(".") in lexicon.tables.honorifics:
            further = title_before(parsed, j, last, lexicon)
            return further if further > j else j
    if last - first > 1 and tokens[first].text.lower().rstrip(".") in lexicon.tables.honorifics:
        return first + 1
    return first


def _title_start(parsed: Parsed, first: int, lexicon: Lexicon) -> int:
    """Return where a capitalised title that ends just before `first` begins, or `first`."""
    block = parsed.blocks[parsed.tokens[first].block].first
    for j in range(max(block, first - 6), first):
        words = parsed.text(j, first).lower()
        if words in lexicon.tables.titles or words.rstrip(".") in lexicon.tables.honorifics:
            return j
    return first


def _doubtful(
    parsed: Parsed, names: list[Name], taken: list[bool], lexicon: Lexicon, world: World
) -> Iterator[tuple[int, int, str]]:
    """Yield what is a name only if the learned judge says so: titles of works, laws and happenings as the
    recogniser sees them, and the capitalised runs that nothing speaks for.
    """
    forms = lexicon.tables.constructions.suffixes_of_companies
    for found in parsed.names:
        if found.label not in NAME_LABELS and found.label not in OTHER_LABELS:
            for first, last in split(parsed, found.first, found.last, found.label, forms):
                yield first, last, found.label
    for first, last, likely in _capitalised(parsed, taken, lexicon, world):
        if not likely:
            yield first, last, ""


def _capitalised(
    parsed: Parsed, taken: list[bool], lexicon: Lexicon, world: World
) -> Iterator[tuple[int, int, bool]]:
    """Yield runs of proper nouns that the recogniser passed over, and whether their words speak for a name."""
    for sentence in parsed.sentences:
        i = sentence.first
        upper = sum(
            1
            for t in parsed.tokens[sentence.first : sentence.last]
            if t.text[:1].isupper() and t.text.isalpha()
        )
        shouting = upper * 1.6 > max(
            6, sentence.last - sentence.first
        )  # headlines in title case tell nothing
        while i < sentence.last:
            token = parsed.tokens[i]
            if taken[i] or token.pos != "PROPN" or not token.text[:1].isupper():
                i += 1
                continue
            j = i + 1
            while j < sentence.last and not taken[j] and _continues(parsed, j, sentence.last):
                j += 1
            words = [t.text.lower() for t in parsed.tokens[i:j]]
            known = any(w in lexicon.tables.organization_words for w in (words[0], words[-1])) and j - i > 1
            person = parsed.tokens[i].text in world.given_names and j - i in (2, 3) and not shouting
            head = parsed.tokens[j - 1]
            lone = (
                head.dep in ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "appos")
                and not shouting
                and i > sentence.first
                and not any(w in lexicon.tables.titles for w in words)
            )
            if " ".join(words) not in lexicon.tables.titles:
                yield i, j, known or person or lone
            i = j


def _continues(parsed: Parsed, i: int, stop: int) -> bool:
    token = parsed.tokens[i]
    if token.pos == "PROPN" and token.text[:1].isupper():
        return True
    return (
        token.text in ("of", "for", "and", "&")
        and i + 1 < stop
        and parsed.tokens[i + 1].pos == "PROPN"
        and token.text in ("of", "for")
        and parsed.tokens[i + 1].text[:1].isupper()
    )
