"""The encoder: a small transformer that gives each token of an article a vector that knows its context."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.annotate.subwords import Chunk, WordPieces, chunks
from kg.errors import ModelError
from kg.parsed import Parsed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Array = NDArray[np.float32]


class Encoder:
    """Loads a folder with `encoder.onnx`, `embeddings.npz` and `tokenizer.json`; call it for an article's vectors.

    It runs on one thread and one chunk at a time: what stands beside a chunk in a batch would change its last bits.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tokenizer.no_truncation()
            tokenizer.no_padding()
            with np.load(folder / "embeddings.npz", allow_pickle=False) as loaded:
                self._words, self._scales = loaded["words"], loaded["scales"]
                self._positions = loaded["positions"].astype(np.float32)
            self._session = _session(folder / "encoder.onnx")
        except Exception as error:
            raise ModelError(
                f"{folder}: the encoder can't be loaded: {str(error).splitlines()[0]}"
            ) from error
        self.pieces = WordPieces(tokenizer)

    def __call__(self, parsed: Parsed, added: Array) -> Array:
        """Return (tokens, width) vectors; `added` (tokens, width) goes to the first piece of each token."""
        out = np.zeros_like(added)
        for chunk in chunks(parsed, self.pieces):
            out[chunk.first : chunk.last] = self._run(chunk, added[chunk.first : chunk.last])
        return out

    def _run(self, chunk: Chunk, added: Array) -> Array:
        ids = np.array(chunk.ids)
        x = self._words[ids] * self._scales[ids, None] + self._positions[: len(ids)]
        at = list(chunk.at)
        x[at] += added
        vectors: Array = self._session.run(None, {"embeddings": x[None].astype(np.float32, copy=False)})[0][0]
        return vectors[at]


def _session(path: Path) -> InferenceSession:
    # onnxruntime reports its use over the network and keeps a device's number on the disk, unless this stands before it
    # is imported (its Privacy.md)
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # the fused form of "add and normalize" takes three times as long as its parts
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )
