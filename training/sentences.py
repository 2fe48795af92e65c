"""Reads the annotated sentences that come with the project: short texts written to show one construction each.

An item is a line `> TEXT` and lines of annotation behind it (see training/README.md):

    > Marek Dolan is accused of killing Ana Moss in Leeds, Alden Police said.
    names | P: Marek Dolan ; Ana Moss | L: Leeds | O: Alden Police
    event accused | ACCUSE | P: Marek Dolan | asserted
    event killing | ASSAULT | A: Marek Dolan | P: Ana Moss | L: Leeds | reported
    quote Alden Police | indirect | said | Marek Dolan is accused of killing Ana Moss in Leeds

Words are copied from the text; `words #2` is their second place in it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kg.model import Article
from training.corpora import FACTUALITY, Labelled, Pair, Stretch
from training.samples import CLASSES

KINDS = {"P": "Person", "O": "Organization", "L": "Place", "E": "Event"}
PARTS = {"A": "agent", "P": "patient", "L": "place", "T": "time"}
TASKS = frozenset({"names", "trigger", "quotes", "titles"})
TYPES = frozenset(name.upper() for name in CLASSES)


class AnnotationError(ValueError):
    """A line of annotation that does not hold, with what is wrong."""


def sentences(path: Path) -> list[Labelled]:
    """Return each text of a file with its labels; raises AnnotationError with all lines that do not hold."""
    made: list[Labelled] = []
    wrong: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("> "):
            name = f"{path.stem}-{number}"
            made.append(Labelled(Article(name, line[2:].strip(), name), TASKS))
        elif line and not line.startswith("#"):
            try:
                if not made:
                    raise AnnotationError("no text before this line")
                _label(made[-1], line)
            except AnnotationError as error:
                wrong.append(f"{path}:{number}: {error}")
    if wrong:
        raise AnnotationError("\n".join(wrong))
    return made


def _label(item: Labelled, line: str) -> None:
    head, *fields = [part.strip() for part in line.split(" | ")]
    kind, _, first = head.partition(" ")
    if kind == "names":
        _names(item, fields)
    elif kind == "event" and len(fields) >= 2:
        _event(item, first, fields[0], fields[1:-1], fields[-1])
    elif kind == "quote" and len(fields) == 3:
        _quote(item, first, *fields)
    elif kind == "role" and len(fields) == 3:
        _role(item, first, *fields)
    else:
        raise AnnotationError(f"no such line: {line!r}")


def _names(item: Labelled, fields: list[str]) -> None:
    forms = []
    for part in fields:
        key, colon, values = part.partition(":")
        if not colon or key.strip() not in KINDS:
            raise AnnotationError(f"not P:, O:, L: or E: - {part!r}")
        forms += [(form.strip(), KINDS[key.strip()]) for form in values.split(";") if form.strip()]
    taken: list[Stretch] = []
    for form, kind in sorted(forms, key=lambda f: -len(f[0])):  # a name within a longer one is none
        places = [_nth(item, form)] if "#" in form else _places(item.article.text, form)
        if not places:
            raise AnnotationError(f"not in the text: {form!r}")
        for begin, end in places:
            if not any(b < end and begin < e for b, e in taken):
                taken.append((begin, end))
                item.tags.append(("names", kind, (begin, end)))


def _event(item: Labelled, word: str, kind: str, parts: list[str], modality: str) -> None:
    if kind not in TYPES:
        raise AnnotationError(f"no event type {kind}")
    if modality not in FACTUALITY:
        raise AnnotationError(f"no modality {modality!r} at the end")
    trigger = _nth(item, word)
    item.tags += [("trigger", "yes", trigger), ("class", kind, trigger), ("factuality", modality, trigger)]
    item.anchors.append(("event", trigger))
    for part in parts:
        key, colon, values = part.partition(":")
        if not colon or key.strip() not in PARTS:
            raise AnnotationError(f"not A:, P:, L: or T: - {part!r}")
        name = PARTS[key.strip()]
        for words in filter(None, (value.strip() for value in values.split(";"))):
            item.pairs.append(Pair("event", name, trigger, _nth(item, words)))


def _quote(item: Labelled, speaker: str, manner: str, cue: str, content: str) -> None:
    if manner not in ("direct", "indirect"):
        raise AnnotationError(f"neither direct nor indirect: {manner!r}")
    span = _nth(item, content)
    item.tags.append(("quotes", manner, span))
    item.anchors.append(("quote", span))
    for name, words in (("speaker", speaker), ("cue", cue)):
        if words != "-":
            item.pairs.append(Pair("quote", name, span, _nth(item, words)))


def _role(item: Labelled, person: str, title: str, organization: str, time: str) -> None:
    if time not in ("current", "former"):
        raise AnnotationError(f"neither current nor former: {time!r}")
    span = _nth(item, title)
    item.tags += [("titles", "title", span), ("former", "yes" if time == "former" else "no", span)]
    item.anchors.append(("title", span))
    for name, words in (("person", person), ("organization", organization)):
        if words != "-":
            item.pairs.append(Pair("title", name, span, _nth(item, words)))


def _nth(item: Labelled, words: str) -> Stretch:
    given, _, number = words.partition(" #")
    places = _places(item.article.text, given)
    wanted = int(number) if number.isdigit() else 1
    if len(places) < wanted:
        raise AnnotationError(f"not in the text: {words!r}")
    return places[wanted - 1]


def _places(text: str, words: str) -> list[Stretch]:
    pattern = re.escape(words)
    if words[:1].isalnum():
        pattern = r"(?<!\w)" + pattern
    if words[-1:].isalnum():
        pattern += r"(?!\w)"
    return [match.span() for match in re.finditer(pattern, text)]


def main() -> int:
    """Print each line of the files that does not hold; return the exit code."""
    code = 0
    for name in sys.argv[1:]:
        try:
            print(f"{name}: {len(sentences(Path(name)))} texts, every line holds")
        except AnnotationError as error:
            print(error)
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
