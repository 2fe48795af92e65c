"""Makes varied news with known truth: who is meant by each name, and what was done to whom.

    python benchmarks/newsmaker.py FOLDER --articles 1000 [--shards 4] [--seed 1] [--gzip]

Writes FOLDER/news-0001.jsonl … and FOLDER/truth.jsonl, a line an article: `id`, `mentions` (`span`, `entity`,
`type`, `name`) and `events` (`class`, `agent`, `patient`, `span`), in the form of annotated identity data.
The same seed gives the same bytes; with the size of the world given, article number n is always the same.

The world: beats (a country with its ministry, companies and an agency) with a cast each. Articles draw
their people from one beat, now and then two. One in 25 people shares the full name of somebody of another beat
(with another post), many share a surname. People are named in full, with a middle initial, a short form
("Bob" for "Robert"), by title and surname, and afterwards by surname or pronoun; one article in eight knows one
person by title and surname only. Organisations come with full name and initials.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

GIVEN = {
    "Robert": ("Bob", "he"), "William": ("Bill", "he"), "Thomas": ("Tom", "he"), "Michael": ("Mike", "he"),
    "Katherine": ("Kate", "she"), "Elizabeth": ("Liz", "she"), "Susan": ("Sue", "she"),
    "Anthony": ("Tony", "he"), "Clara": ("", "she"), "Omar": ("", "he"), "Nadia": ("", "she"),
    "Erik": ("", "he"), "Ingrid": ("", "she"), "Pavel": ("", "he"), "Amina": ("", "she"),
    "Hiroshi": ("", "he"), "Lucia": ("", "she"), "Marco": ("", "he"), "Fatima": ("", "she"),
    "Daniel": ("Dan", "he"), "Rachel": ("", "she"), "Victor": ("", "he"), "Sofia": ("", "she"),
    "Andrei": ("", "he"), "Maria": ("", "she"), "Joseph": ("Joe", "he"), "Helen": ("", "she"),
    "Samuel": ("Sam", "he"), "Teresa": ("", "she"), "Gregory": ("Greg", "he"),
}  # fmt: skip
"""Given names with their short form and pronoun."""
_ONSETS = (
    "Al", "Bar", "Ber", "Bran", "Cal", "Car", "Dal", "Den", "Dor", "El", "Fal", "Far", "Gar", "Gor", "Hal",
    "Har", "Hol", "Kal", "Kar", "Kel", "Lan", "Lor", "Mal", "Mar", "Mor", "Nor", "Ol", "Par", "Pel", "Ral",
    "Ros", "Sal", "Sor", "Tal", "Tor", "Ul", "Val", "Var", "Vel", "Wal", "Wen",
)  # fmt: skip
_MIDDLES = ["", "", "a", "e", "i", "o", "an", "en", "er", "in", "or", "am"]
_ENDINGS = (
    "berg", "dale", "ford", "gren", "holm", "kov", "lund", "man", "mond", "nov", "quist", "rell", "sen",
    "ski", "son", "stead", "stein", "strom", "ton", "vage", "vich", "well", "wood", "worth",
)  # fmt: skip
COUNTRIES = (
    ("France", "French", "Paris"), ("Kenya", "Kenyan", "Nairobi"), ("Norway", "Norwegian", "Oslo"),
    ("Brazil", "Brazilian", "Brasilia"), ("Japan", "Japanese", "Tokyo"), ("Poland", "Polish", "Warsaw"),
    ("Egypt", "Egyptian", "Cairo"), ("Canada", "Canadian", "Ottawa"), ("Chile", "Chilean", "Santiago"),
    ("India", "Indian", "New Delhi"), ("Greece", "Greek", "Athens"), ("Spain", "Spanish", "Madrid"),
    ("Turkey", "Turkish", "Ankara"), ("Peru", "Peruvian", "Lima"), ("Finland", "Finnish", "Helsinki"),
    ("Ghana", "Ghanaian", "Accra"), ("Vietnam", "Vietnamese", "Hanoi"), ("Ireland", "Irish", "Dublin"),
)  # fmt: skip
_FIRMS = (
    "Airways", "Motors", "Steel", "Shipping", "Energy", "Telecom", "Mining", "Foods", "Rail", "Insurance",
)  # fmt: skip
_AGENCIES = (
    "Fisheries Council", "Nuclear Safety Board", "Press Council", "Trade Commission", "Food Safety Agency",
    "Aviation Authority", "Water Board", "Space Agency",
)  # fmt: skip
_POSTS = ("Foreign Minister", "Defence Minister", "Finance Minister", "Interior Minister", "Trade Minister")
_FIRM_POSTS = ("chief executive", "chairman", "spokesman")
_AGENCY_POSTS = ("director", "spokeswoman", "head")
DEEDS = (
    ("accused", "plover:Accuse", "of breaking the agreement on {topic}"),
    ("met", "plover:Consult", "in {city} to discuss {topic}"),
    ("praised", "plover:Support", "for the work on {topic}"),
    ("criticized", "plover:Accuse", "over {topic}"),
    ("thanked", "plover:Support", "for help with {topic}"),
    ("threatened", "plover:Threaten", "with sanctions over {topic}"),
    ("visited", "plover:Consult", "in {city} on {day}"),
    ("condemned", "plover:Accuse", "in a speech about {topic}"),
    ("sued", "nkg:Legal", "over {topic}"),
)
_TOPICS = (
    "fishing quotas", "the border dispute", "grain exports", "the pipeline", "rail fares", "the budget",
    "airport security", "flood relief", "the mining law", "steel tariffs", "the ferry accident", "gas prices",
)  # fmt: skip
_SAYINGS = (
    "We can't accept this", "The talks on {topic} were useful", "Nobody expected this result",
    "This is a good day for {country}", "We will publish all figures on {topic} next week",
    "It was a mistake, and we have learned from it", "There is no alternative to {topic}",
)  # fmt: skip
_FILLERS = (
    "The report on {topic} runs to {number} pages.",
    "Prices had risen by {small} percent since the spring.",
    "About {number} people took part in a march in {city} on {day}.",
    "The dispute over {topic} began {small} years ago.",
    "A vote on {topic} is expected in {month}.",
    "Analysts had expected the talks in {city} to last for several weeks.",
    "Heavy rain delayed trains and flights around {city}.",
    "Officials in {city} declined to comment on {topic}.",
)
_DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
BEAT_PEOPLE = 6
BEAT_ARTICLES = 25
"""On average so many articles speak of one beat."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the news: a number, a name, a post somewhere."""

    number: int
    given: str
    initial: str
    surname: str
    post: str
    body: int | None

    @property
    def full(self) -> str:
        """The usual name."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True, slots=True)
class Beat:
    """A corner of the news: a country, its bodies (name and initials) and its people."""

    country: tuple[str, str, str]
    bodies: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]


def _surname(rng: random.Random) -> str:
    return rng.choice(_ONSETS) + rng.choice(_MIDDLES) + rng.choice(_ENDINGS)


@lru_cache(maxsize=1024)
def beat(seed: int, number: int) -> Beat:
    """Return beat `number` of the world that grows from `seed`."""
    rng = random.Random(f"{seed} beat {number}")
    country = COUNTRIES[number % len(COUNTRIES)]
    stem = _surname(rng)
    firm = f"{stem} {rng.choice(_FIRMS)}"
    agency = f"{_surname(rng)} {rng.choice(_AGENCIES)}"
    bodies = tuple((name, "".join(word[0] for word in name.split())) for name in (firm, agency))
    people: list[Person] = []
    for place in range(BEAT_PEOPLE):
        given, surname = rng.choice(list(GIVEN)), _surname(rng)
        if place == 0 and number >= 4 and rng.random() < BEAT_PEOPLE / 25:
            twin = beat(seed, rng.randrange(number // 2)).people[rng.randrange(1, BEAT_PEOPLE)]
            given, surname = twin.given, twin.surname
        elif rng.random() < 0.15 and people:
            surname = people[0].surname  # a family in one beat
            given = rng.choice([name for name in GIVEN if name not in {p.given for p in people}])
        body = (None, None, 0, 0, 1, 1)[place]
        posts = (_POSTS, _POSTS, _FIRM_POSTS, _FIRM_POSTS, _AGENCY_POSTS, _AGENCY_POSTS)[place]
        taken = {person.post for person in people if person.body == body}
        post = rng.choice([p for p in posts if p not in taken])
        initial = rng.choice("ABCDEFGHJKLMNPRST")
        people.append(Person(number * BEAT_PEOPLE + place, given, initial, surname, post, body))
    return Beat(country, bodies, tuple(people))


@dataclass(slots=True)
class _Draft:
    """A text under way with what is meant by its words."""

    text: str = ""
    mentions: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def add(self, words: str) -> tuple[int, int]:
        begin = len(self.text)
        self.text += words
        return begin, len(self.text)

    def name(self, words: str, entity: str, kind: str, full: str) -> None:
        span = self.add(words)
        self.mentions.append({"span": list(span), "entity": entity, "type": kind, "name": full})


class Article:
    """One article being written by a random generator of its own."""

    def __init__(self, seed: int, number: int, beats: int, words: int) -> None:
        self.rng = rng = random.Random(f"{seed} article {number}")
        own = rng.randrange(beats)
        self.beats = [(own, beat(seed, own))]
        if rng.random() < 0.15 and beats > 1:
            other = rng.randrange(beats)
            if other != own:
                self.beats.append((other, beat(seed, other)))
        self.number, self.words = number, words
        self.date = date(2031, 1, 1) + timedelta(days=rng.randrange(365))
        self.topic = rng.choice(_TOPICS)
        self.draft = _Draft()
        self.shy = rng.random() < 0.125

    def _fill(self, words: str) -> str:
        rng, (country, _, city) = self.rng, self.beats[0][1].country
        return words.format(
            topic=self.topic, country=country, city=city, day=rng.choice(_DAYS), month=rng.choice(_MONTHS),
            number=rng.randrange(2, 90) * 10, small=rng.randrange(2, 12),
        )  # fmt: skip

    def _body(self, number: int, home: Beat, index: int) -> None:
        name, initials = home.bodies[index]
        key, draft = f"o{number}-{index}", self.draft
        again = key in draft.named
        draft.named.add(key)
        draft.name(initials if again and self.rng.random() < 0.4 else name, key, "Organization", name)

    def _person(self, number: int, home: Beat, person: Person) -> None:
        """Name a person: in full and with the post at first, then shorter."""
        rng, draft, key = self.rng, self.draft, f"p{person.number}"
        country, adjective, _ = home.country
        if key in draft.named:
            short = [] if self._ambiguous(person) else [person.surname]
            draft.name(rng.choice([*short, person.full]), key, "Person", person.full)
            return
        draft.named.add(key)
        nick = GIVEN[person.given][0]
        spelt = person.full
        if rng.random() < 0.1:
            spelt = f"{person.given} {person.initial}. {person.surname}"
        elif nick and rng.random() < 0.15:
            spelt = f"{nick} {person.surname}"
        if person.body is None:
            if self.shy and not self._ambiguous(person):
                spelt = person.surname
                self.shy = False
            draft.name(adjective, country.lower(), "Place", country)
            draft.add(f" {person.post} ")
            draft.name(spelt, key, "Person", person.full)
        else:
            draft.name(spelt, key, "Person", person.full)
            draft.add(f", the {person.post} of ")
            self._body(number, home, person.body)
            draft.add(",")

    def _ambiguous(self, person: Person) -> bool:
        cast = [p for _, home in self.beats for p in home.people]
        return sum(p.surname == person.surname for p in cast) > 1

    def _deed(self, cast: list[tuple[int, Beat, Person]]) -> None:
        rng, draft = self.rng, self.draft
        agent, patient = rng.sample(cast, 2)
        verb, kind, rest = rng.choice(DEEDS)
        self._person(*agent)
        draft.add(" ")
        span = draft.add(verb)
        draft.add(" ")
        self._person(*patient)
        if draft.text.endswith(","):
            draft.text = draft.text[:-1]
        draft.add(f" {self._fill(rest)}.")
        draft.events.append(
            {
                "class": kind,
                "agent": f"p{agent[2].number}",
                "patient": f"p{patient[2].number}",
                "span": list(span),
            }
        )

    def _say(self, cast: list[tuple[int, Beat, Person]]) -> None:
        saying = self._fill(self.rng.choice(_SAYINGS))
        self.draft.add(f'"{saying}," ')
        speaker = self.rng.choice(cast)
        self._person(*speaker)
        self.draft.add(" said.")

    def write(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the article as a record, and its truth."""
        rng, draft = self.rng, self.draft
        everyone = [(number, home, person) for number, home in self.beats for person in home.people]
        cast = rng.sample(everyone, rng.randrange(2, 5))
        draft.add(f"{self.beats[0][1].country[2].upper()}, {_MONTHS[self.date.month - 1]} {self.date.day} - ")
        self._deed(cast)
        count = 1
        while len(draft.text) < self.words * 6:
            draft.add("\n\n" if count % 3 == 0 else " ")
            draw = rng.random()
            if draw < 0.35:
                self._deed(cast)
            elif draw < 0.6:
                self._say(cast)
            else:
                draft.add(self._fill(rng.choice(_FILLERS)))
            count += 1
        identifier = f"n{self.number:07}"
        record = {"id": identifier, "date": self.date.isoformat(), "text": draft.text + "\n"}
        return record, {"id": identifier, "mentions": draft.mentions, "events": draft.events}


def news(
    count: int, seed: int = 1, beats: int | None = None, words: int = 180, first: int = 0
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield `count` articles from number `first` on, each as a record (`id`, `date`, `text`) with its truth.

    `beats` is the size of the world; else it grows with `count`. `words` is about how long an article is.
    """
    size = beats or max(2, count // BEAT_ARTICLES)
    for number in range(first, first + count):
        yield Article(seed, number, size, words).write()


def write(
    folder: Path, count: int, shards: int = 1, seed: int = 1, words: int = 180, packed: bool = False
) -> None:
    """Write shards of about equal size, and truth.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    made = news(count, seed, words=words)
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for shard in range(shards):
            name = folder / f"news-{shard + 1:04}.jsonl{'.gz' if packed else ''}"
            opened = gzip.GzipFile(name, "wb", mtime=0) if packed else name.open("wb")
            with opened as out:
                for _ in range(count * (shard + 1) // shards - count * shard // shards):
                    record, true = next(made)
                    out.write((json.dumps(record) + "\n").encode())
                    truth.write(json.dumps({**true, "text": record["text"]}) + "\n")


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=180, help="about how long an article is")
    parser.add_argument("--gzip", action="store_true")
    given = parser.parse_args()
    write(given.folder, given.articles, given.shards, given.seed, given.words, given.gzip)


if __name__ == "__main__":
    main()
