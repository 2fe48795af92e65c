"""Write `data/given_names.tsv` from the name lists of Faker and `names` (both MIT): run by hand, not at build time.

    python -m training.tables.make_given_names

Latin-script given names of every locale, with `m`, `f`, or `u` where the lists disagree. Needs the packages
`faker` and `names`, which the project itself does not depend on.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from importlib import resources
from pathlib import Path

LATIN = re.compile(r"^[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿāăąćčďđēėęěğģīįıķłńņňőœřśşšťțūůűųźżž'’-]{2,}$")


def main() -> None:
    """Collect the names, settle their gender by majority over the lists, and write the table sorted."""
    votes: dict[str, dict[str, int]] = {}

    def add(name: str, gender: str, weight: int = 1) -> None:
        for part in name.split():
            if LATIN.match(part):
                votes.setdefault(part, {"m": 0, "f": 0})[gender] += weight

    people = importlib.import_module("faker.providers.person")
    for module in sorted(m.name for m in pkgutil.iter_modules(people.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{module}").Provider
        for gender, attribute in (("m", "first_names_male"), ("f", "first_names_female")):
            for name in getattr(provider, attribute, None) or ():
                add(name, gender)
    names = importlib.import_module("names")
    for gender, key in (("m", "first:male"), ("f", "first:female")):
        for line in Path(names.FILES[key]).read_text(encoding="utf-8").splitlines():
            word, frequency = line.split()[:2]
            if float(frequency) >= 0.002:
                add(word.capitalize(), gender, 1 + int(float(frequency) * 10))
    rows = []
    for name, vote in sorted(votes.items()):
        male, female = vote["m"], vote["f"]
        gender = "u" if min(male, female) * 3 > max(male, female) else "m" if male > female else "f"
        rows.append(f"{name}\t{gender}\n")
    with resources.as_file(resources.files("kg.world") / "data" / "given_names.tsv") as path:
        path.write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
