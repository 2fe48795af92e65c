"""Annotations without their texts, and how they come together again: offsets and labels here, the words elsewhere.

    python -m training.standoff DATA OUT

DATA holds the files that each record names: in `text/` (`onestopenglish_adv.jsonl`, … with `id` and `text` a line;
where they come from stands in training/README.md), and `srl/ecbplus.jsonl`. OUT gets NAME.txt and NAME.gold.json, as
the annotated news have them.

A record is one annotated article: `texts` are the stretches that it is made of, (file, id, begin, end), joined by empty
lines below `heading`, if it has one; `sha256` tells that they are the same as the annotator saw. An article that was
written for this project has its `text` beside them; OUT/written gets those.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.corpora import joined, lines_of

ANNOTATIONS = Path(__file__).parent / "annotations"
GAP = "\n\n"
ECB = "ecbplus.jsonl"
WRITTEN = "written"  # the folder of articles that were written for this project


class TextError(ValueError):
    """A text is missing or not the one that was annotated."""


def pack(gold: dict[str, Any], text: str, texts: list[list[Any]], heading: str | None) -> dict[str, Any]:
    """Return an annotation without words: of names, titles and speakers only where they stand."""
    named: dict[str, set[str]] = {
        e["id"]: {n.lower() for n in (e["name"], *e["aliases"])} for e in gold["entities"]
    }
    entities = [
        {
            "id": e["id"],
            "type": e["type"],
            "names": [m for m in e["mentions"] if text[slice(*m)].lower() in named[e["id"]]],
            "mentions": [m for m in e["mentions"] if text[slice(*m)].lower() not in named[e["id"]]],
        }
        for e in gold["entities"]
    ]
    roles = [{k: v for k, v in r.items() if k != "title"} for r in gold["roles"]]
    quotes = [{k: v for k, v in q.items() if k not in ("speaker_text", "cue")} for q in gold["quotes"]]
    events = [
        {
            k: [f if f in named else None for f in v] if k in ("agent", "patient", "place") else v
            for k, v in e.items()
        }
        for e in gold["events"]
    ]
    return {
        "id": gold["id"],
        "published": gold.get("published"),
        "source": gold.get("source"),
        "licence": gold.get("licence"),
        "heading": heading,
        "texts": texts,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "entities": entities,
        "roles": roles,
        "quotes": quotes,
        "events": events,
    }


def unpacked(record: dict[str, Any], texts: dict[tuple[str, str], str]) -> tuple[str, dict[str, Any]]:
    """Return the text of a record and its annotation with words. Raises TextError."""
    text = record.get("text") or _joined(record, texts)
    if hashlib.sha256(text.encode()).hexdigest() != record["sha256"]:
        raise TextError(f"{record['id']}: the texts are not those that were annotated")

    def words(span: list[int] | None) -> str:
        return text[slice(*span)] if span else ""

    entities = []
    for e in record["entities"]:
        forms = sorted({words(m) for m in e["names"]}, key=lambda w: (-len(w), w)) or [""]
        entities.append(
            {
                "id": e["id"],
                "type": e["type"],
                "name": forms[0],
                "aliases": forms[1:],
                "mentions": sorted(e["names"] + e["mentions"]),
            }
        )
    gold = {
        **{k: record[k] for k in ("id", "published", "source", "licence")},
        "entities": entities,
        "roles": [{**r, "title": words(r["title_span"])} for r in record["roles"]],
        "quotes": [{**q, "speaker_text": None, "cue": words(q["cue_span"])} for q in record["quotes"]],
        "events": [
            {
                **e,
                **{
                    k: [f or words(s) for f, s in zip(e[k], e[k + "_spans"], strict=False)]
                    for k in ("agent", "patient")
                },
            }
            for e in record["events"]
        ],
    }
    return text, gold


def _joined(record: dict[str, Any], texts: dict[tuple[str, str], str]) -> str:
    parts = [record["heading"]] if record["heading"] else []
    try:
        return GAP.join(
            [*parts, *(texts[file, name][begin:end] for file, name, begin, end in record["texts"])]
        )
    except KeyError as error:
        raise TextError(f"{record['id']}: no text {error.args[0]}") from None


def records() -> Iterator[dict[str, Any]]:
    """Yield the records that come with the project."""
    for path in sorted(ANNOTATIONS.glob("*.jsonl")):
        yield from lines_of(path)


def load_texts(data: Path) -> dict[tuple[str, str], str]:
    """Return the texts of the files of `text/` by file name and id, and those of ECB+, put together from tokens."""
    found = {
        (path.name, record["id"]): record["text"]
        for path in sorted((data / "text").glob("*.jsonl"))
        for record in lines_of(path)
    }
    news = data / "srl" / ECB
    if news.exists():
        for record in lines_of(news):
            found[ECB, record["doc"]] = joined(record["tokens"], record["sent"])[0]
    return found


def write(data: Path, out: Path) -> int:
    """Write all articles into a folder; return how many."""
    (out / WRITTEN).mkdir(parents=True, exist_ok=True)
    known = load_texts(data)
    count = 0
    for record in records():
        text, gold = unpacked(record, known)
        folder = out / WRITTEN if "text" in record else out
        (folder / f"{record['id']}.txt").write_text(text, encoding="utf-8")
        (folder / f"{record['id']}.gold.json").write_text(
            json.dumps(gold, ensure_ascii=False), encoding="utf-8"
        )
        count += 1
    return count


def main() -> None:
    """Put texts and annotations together."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    print(write(options.data, options.out), "articles")


if __name__ == "__main__":
    main()
