"""Load the lexicon: read every file, check every entry, and bundle all of it in one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import LexiconError
from kg.event_classes import EventClass
from kg.lexicon import lexicon as bundle
from kg.lexicon import name_schema as names
from kg.lexicon import word_schema as words
from kg.lexicon.constructions import Constructions
from kg.lexicon.entries import Frame, Idiom
from kg.lexicon.files import DATA, M, read, read_yaml, validate
from kg.lexicon.governors import GovernorFile
from kg.lexicon.lexicon import Key, Lexicon
from kg.lexicon.officeholders import OfficeholderFile
from kg.lexicon.schema import EventFile, IdiomFile
from kg.lexicon.tables import WordFiles, make_tables


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """Read the built-in lexicon, and on top of it the user's folder `extra`, laid out like `kg/lexicon/data`.

    Lists in the user's files come before the built-in ones, so that their entries win. Nothing is cached.

    Raises:
        LexiconError: a file can't be read or breaks its schema; the message names the file and the entry.
    """
    if extra is not None and not extra.is_dir():
        raise LexiconError(
            f"{extra}: not a folder; a lexicon folder holds events/*.yaml, titles.yaml and the like"
        )
    classes, frames = load_events(extra)
    if extra is not None and (extra / "name_words.yaml").exists():
        raise LexiconError(
            f"{extra / 'name_words.yaml'}: these words are of every lexicon; take the file away"
        )
    spelling = _spelling(_read("spelling.yaml", words.SpellingFile, extra))
    cues = _cues(_read("cues.yaml", words.CueFile, extra), spelling)
    files = WordFiles(
        _read("titles.yaml", words.TitleFile, extra),
        _read("person_nouns.yaml", words.PersonFile, extra),
        _read("honorifics.yaml", words.HonorificFile, extra),
        _read("organizations.yaml", names.OrganizationFile, extra),
        _read("places.yaml", names.PlaceFile, extra),
    )
    constructions = _read("constructions.yaml", Constructions, extra)
    return Lexicon(
        classes=MappingProxyType(classes),
        frames=MappingProxyType(_spelt(frames, spelling)),
        idioms=MappingProxyType(_idioms(_read("idioms.yaml", IdiomFile, extra))),
        cues=cues,
        governors=_read("governors.yaml", GovernorFile, extra).build(),
        light_verbs=MappingProxyType(_read("light_verbs.yaml", words.LightVerbFile, extra).build()),
        officeholders=_read("officeholders.yaml", OfficeholderFile, extra).build(),
        relations=_relations(_read("relations.yaml", names.RelationFile, extra)),
        wording=_read("wording.yaml", words.Wording, extra),
        spelling=spelling,
        tables=make_tables(files, constructions, spelling, cues.nouns),
    )


def _spelt(
    frames: dict[Key, tuple[Frame, ...]], spelling: bundle.SpellingVariants
) -> dict[Key, tuple[Frame, ...]]:
    """Add the other spellings of every word that have no entries of their own."""
    others = {(v, pos): found for (lemma, pos), found in frames.items() for v in spelling.variants(lemma)}
    return {**others, **frames}


def load_events(extra: Path | None = None) -> tuple[dict[str, EventClass], dict[Key, tuple[Frame, ...]]]:
    """Read all event files; a frame of `extra` replaces a built-in one of the same word and construction.

    Frames of a word stand in the order in which they are to be tried: the most specific condition first, then
    the likelier one.

    Raises:
        LexiconError: a file breaks the schema, or two entries claim the same word in the same construction.
    """
    classes: dict[str, EventClass] = {}
    chosen: dict[tuple[object, ...], Frame] = {}
    folders = [DATA / "events"]
    if extra is not None:
        folders.append(extra / "events")
    for folder in folders:
        claimed: dict[tuple[object, ...], Path] = {}
        for path in sorted(folder.glob("*.yaml")):
            event_class, frames = read_event_file(path)
            if classes.setdefault(event_class.curie, event_class) != event_class:
                raise LexiconError(f"{path}: {event_class.curie} is described otherwise in another file")
            for frame in frames:
                key = (frame.lemma, frame.pos, frame.when.key)
                if key in claimed:
                    where = "twice" if claimed[key] == path else f"and {claimed[key]}"
                    raise LexiconError(
                        f"{path} {where}: {frame.pos} '{frame.lemma}': same word, same condition; "
                        "take one away, or tell them apart by 'when'"
                    )
                claimed[key] = path
                chosen[key] = frame
    by_word: dict[Key, list[Frame]] = {}
    for frame in chosen.values():
        by_word.setdefault((frame.lemma, frame.pos), []).append(frame)
    return classes, {word: tuple(sorted(frames, key=_order)) for word, frames in sorted(by_word.items())}


def read_event_file(path: Path) -> tuple[EventClass, list[Frame]]:
    """Read one event file.

    Raises:
        LexiconError: the file breaks the schema.
    """
    checked = read(path, EventFile)
    try:
        return checked.event_class(), checked.frames()
    except ValueError as error:
        raise LexiconError(f"{path}: {error}") from error


def _order(frame: Frame) -> tuple[int, float, str]:
    return (-frame.when.specificity, -frame.prior, frame.event_class)


def _read(name: str, model: type[M], extra: Path | None) -> M:
    """Read one part, with the user's file of the same name laid over it."""
    if extra is None or not (extra / name).is_file():
        return read(DATA / name, model)
    merged = _overlaid(read_yaml(extra / name), read_yaml(DATA / name))
    return validate(extra / name, merged, model)


def _overlaid(top: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Join two files: lists and word strings of `top` come first, mappings join, all else is replaced."""
    joined = dict(base)
    for key, value in top.items():
        old = base.get(key)
        if isinstance(value, list) and isinstance(old, list):
            joined[key] = [*value, *old]
        elif isinstance(value, dict) and isinstance(old, dict):
            joined[key] = _overlaid(value, old)
        elif isinstance(value, str) and isinstance(old, str) and " " in old:
            joined[key] = f"{value} {old}"
        else:
            joined[key] = value
    return joined


def _idioms(file: IdiomFile) -> dict[Key, tuple[Idiom, ...]]:
    found: dict[Key, list[Idiom]] = {}
    for entry in file.idioms:
        found.setdefault((entry.lemma, entry.pos), []).append(entry.build())
    return {key: tuple(idioms) for key, idioms in found.items()}


def _cues(file: words.CueFile, spelling: bundle.SpellingVariants) -> bundle.Cues:
    verbs = {other: verb for lemma, verb in file.build_verbs().items() for other in spelling.variants(lemma)}
    return bundle.Cues(MappingProxyType(verbs), MappingProxyType(file.build_nouns()))


def _relations(file: names.RelationFile) -> bundle.Relations:
    return bundle.Relations(MappingProxyType(file.build_kinship()), MappingProxyType(file.build_cues()))


def _spelling(file: words.SpellingFile) -> bundle.SpellingVariants:
    return bundle.SpellingVariants(
        MappingProxyType(file.endings), MappingProxyType(file.words), MappingProxyType(file.compounds)
    )
