"""Measures the identity step on made-up records with known truth: time, memory, precision and recall.

    python benchmarks/identity.py [--sizes 1000 10000 100000] [--seed 1] [--write]

With --write the table in benchmarks/identity.md is renewed. The records are those of a world that grows with their
number: a body of three to nine words in every corner with a head, a spokesman and a rival, everybody with variants of
the name (initials, nicknames, middle initials, a surname alone, acronyms, company forms) and one in twenty-five with
the full name of somebody in another corner. Truth is which person or body each record was made of.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from memory import peak

from kg.identity import IdentityRecord, Position, identify
from kg.model import Kind
from kg.world import World, load_world

TABLE = Path(__file__).with_name("identity.md")
GIVEN = {
    "Robert": "Bob", "William": "Bill", "Thomas": "Tom", "Michael": "Mike", "Katherine": "Kate", "Elizabeth": "Liz",
    "Anthony": "Tony", "Daniel": "Dan", "Joseph": "Joe", "Samuel": "Sam", "Clara": "", "Omar": "", "Nadia": "",
    "Erik": "", "Ingrid": "", "Pavel": "", "Amina": "", "Hiroshi": "", "Lucia": "", "Marco": "", "Fatima": "",
}  # fmt: skip
ONSETS = "Al Bar Ber Bran Cal Car Dal Den Dor El Fal Gar Gor Hal Har Hol Kal Kar Lan Lor Mal Mar Mor Nor Par Pel Ros Sal Sor Tal Tor Val Var Vel Wen".split()  # noqa: E501, SIM905
MIDDLES = ("", "a", "e", "i", "o", "an", "en", "er", "in", "or", "am")
ENDINGS = "berg dale ford gren holm kov lund man mond nov quist rell sen ski son stead stein strom ton vage vich well wood worth".split()  # noqa: E501, SIM905
TRADES = ("Steel", "Shipping", "Energy", "Telecom", "Mining", "Foods", "Insurance", "Airways", "Motors")
SORTS = ("Fisheries Council", "Nuclear Safety Board", "Press Council", "Trade Commission", "Water Board")
FORMS = ("", "", "", " Inc.", " Corp.", " SE", " Ltd.")
POSTS = ("chief executive", "spokesman", "chairman", "director", "senator", "striker", "professor")
COUNTRIES = ("France", "Kenya", "Norway", "Brazil", "Japan", "Poland", "Egypt", "Canada", "Chile", "India")
PEOPLE, PER_CORNER, PER_ARTICLE = 4, 60, 5


def surname(rng: random.Random) -> str:
    """A made-up surname."""
    return rng.choice(ONSETS) + rng.choice(MIDDLES) + rng.choice(ENDINGS)


def corner(seed: int, number: int) -> tuple[str, list[tuple[str, str, str]], str]:
    """A body, its people (given name, surname, post) and its country."""
    rng = random.Random(f"{seed}/{number}")
    kind = rng.choice((*TRADES, *SORTS))
    body = f"{surname(rng)} {kind}"
    people = []
    for place in range(PEOPLE):
        given, family = rng.choice(list(GIVEN)), surname(rng)
        if place == 0 and number and rng.random() < PEOPLE / 25:
            given, family, _ = corner(seed, rng.randrange(number))[1][1]
        people.append((given, family, POSTS[place] if place < 4 else rng.choice(POSTS)))
    return body, people, rng.choice(COUNTRIES)


def made(count: int, seed: int) -> Iterator[tuple[IdentityRecord, str]]:
    """Yield about `count` records, each with the truth."""
    corners = max(2, count // PER_CORNER)
    cache = {n: corner(seed, n) for n in range(corners)}
    for article in range(count // PER_ARTICLE):
        rng = random.Random(f"{seed}:{article}")
        number = rng.randrange(corners)
        body, people, country = cache[number]
        cast = rng.sample(range(PEOPLE), rng.randrange(2, 4))
        day = (date(2031, 1, 1) + timedelta(days=rng.randrange(365))).isoformat()
        shown = body + (rng.choice(FORMS) if body.split()[1] in TRADES else "")
        if rng.random() < 0.1 and len(body.split()) > 2:
            shown = "".join(word[0] for word in body.split())
        names = [body, country, *(f"{people[n][0]} {people[n][1]}" for n in cast)]
        doc = f"n{article:07}"
        common = {"doc": doc, "date": day}
        yield (
            IdentityRecord(
                entity="b", kind=Kind.ORGANIZATION, name=shown, neighbours=tuple(names[1:]), **common
            ),
            f"b{number}",
        )
        yield (
            IdentityRecord(
                entity="c",
                kind=Kind.PLACE,
                name=country,
                same_as=(f"https://example.org/{country}",),
                **common,
            ),
            country,
        )
        for n in cast:
            given, family, post = people[n]
            draw = rng.random()
            spelt = f"{given} {family}"
            if draw < 0.08:
                spelt = f"{given} {'ABCDEFGHJKLM'[(number + n) % 12]}. {family}"
            elif draw < 0.16 and GIVEN[given]:
                spelt = f"{GIVEN[given]} {family}"
            elif draw < 0.2:
                spelt = f"{given[0]}. {family}"
            elif draw < 0.26:
                spelt = family
            roles = (Position(post, body),) if rng.random() < 0.8 else ()
            beside = tuple(name for name in names if name != f"{given} {family}")
            yield (
                IdentityRecord(
                    entity=f"p{n}", kind=Kind.PERSON, name=spelt, roles=roles, neighbours=beside, **common
                ),
                f"p{number}-{n}",
            )


def judged(pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Pairwise precision and recall of (node, truth)."""

    def count(values: Counter[object]) -> int:
        return sum(v * (v - 1) // 2 for v in values.values())

    both = count(Counter(pairs))
    return both / count(Counter(node for node, _ in pairs)), both / count(
        Counter(truth for _, truth in pairs)
    )


def measured(size: int, seed: int, world: World) -> dict[str, float]:
    """Run the step once on records of about this size."""
    listed = list(made(size, seed))
    records = [record for record, _ in listed]
    begin = time.process_time()
    identity = identify(records, world)
    seconds = time.process_time() - begin
    named = [(identity.segment(*r.key), truth) for r, truth in listed if r.kind is not Kind.PLACE]
    precision, recall = judged(named)
    return {
        "records": len(records),
        "nodes": len(identity.nodes),
        "seconds": seconds,
        "precision": precision,
        "recall": recall,
        "MiB": peak(),
    }


def main() -> None:
    """Measure each size in a process of its own, so that its memory is its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        row = measured(given.one, given.seed, load_world())
        print(
            f"| {row['records']:,} | {row['nodes']:,} | {row['seconds']:.2f} "
            f"| {row['seconds'] / row['records'] * 1e6:.0f} | {row['precision']:.3f} | {row['recall']:.3f} "
            f"| {row['MiB']:.0f} |"
        )
        return
    rows = []
    for size in given.sizes:
        command = [sys.executable, __file__, "--one", str(size), "--seed", str(given.seed)]
        rows.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
        print(rows[-1], flush=True)
    if given.write:
        table = TABLE.read_text(encoding="utf-8")
        begin, end = "<!-- table -->\n", "<!-- end -->"
        columns = ("records", "nodes", "CPU seconds", "µs a record", "precision", "recall", "peak MiB")
        head = f"| {' | '.join(columns)} |\n|{'--:|' * len(columns)}\n"
        body = begin + head + "".join(row + "\n" for row in rows) + end
        TABLE.write_text(re.sub(f"{begin}.*?{end}", lambda _: body, table, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    main()
