"""Prepares the samples of all corpora once: annotates, labels, numbers; kept in a folder for the trainer."""

from __future__ import annotations

import argparse
import pickle
import time
from pathlib import Path

from tokenizers import Tokenizer

from kg.annotate import load_model
from kg.annotate.subwords import WordPieces
from kg.lexicon import load_lexicon
from training import corpora
from training.samples import VALUES, samples
from training.sentences import sentences
from training.standoff import WRITTEN


def main() -> None:
    """Write SAMPLES/NAME.pickle for each corpus, and the values of tags that come from the corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with news/, srl/ …")
    parser.add_argument(
        "encoder", type=Path, help="the folder of the pretrained encoder, with tokenizer.json"
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--more", type=Path, required=True, help="the folder that training.standoff wrote")
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = WordPieces(tokenizer)
    nlp, lexicon = load_model(), load_lexicon(None)
    srl = options.data / "srl"
    geneva = list(corpora.geneva(srl / "geneva_union.jsonl"))
    VALUES["geneva"] = (
        "no",
        *sorted({value for item in geneva for task, value, _ in item.tags if task == "geneva"}),
    )
    written = sorted((Path(__file__).parent / "sentences").glob("*.txt"))
    sets = {
        "sentences": lambda: (item for path in written for item in sentences(path)),
        "train": lambda: corpora.news(options.data / "news" / "train"),
        "more": lambda: corpora.news(options.more),
        "written": lambda: corpora.news(options.more / WRITTEN),
        "dev": lambda: corpora.news(options.data / "news" / "dev"),
        "geneva": lambda: geneva,
        "qanom": lambda: corpora.qanom(srl / "qanom.jsonl"),
        "ecbplus": lambda: corpora.ecbplus(srl / "ecbplus.jsonl"),
        "propbank": lambda: corpora.propbank(srl / "propbank_open.jsonl"),
    }
    for name, read in sets.items():
        if options.only and name not in options.only:
            continue
        started = time.time()
        made = list(samples(read(), nlp, lexicon, pieces))
        with (options.out / f"{name}.pickle").open("wb") as file:
            pickle.dump((made, VALUES), file, protocol=5)
        print(
            name,
            len(made),
            "samples",
            sum(len(s.at) for s in made),
            "tokens",
            f"{time.time() - started:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
