"""Writes a trained reader in the form that the program loads: an ONNX encoder in eight bits, the rest as arrays."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.heads.features import Inventory
from training.model import Encoder, Reader
from training.samples import NETS, VALUES
from training.train import FIRST_STEP, STEP2, load_inventory, new_reader, take_over

PIECES = 64  # an example's length; the file takes any


class _Layers(nn.Module):
    """The part of the encoder that is run by onnxruntime: from summed embeddings to vectors, one text at a time."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.norm, self.layers = encoder.norm, encoder.layers

    def forward(self, x: Tensor) -> Tensor:
        """(1, pieces, width) -> (1, pieces, width)."""
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, None)
        return x


def export(reader: Reader, known: Inventory, tokenizer: Path, folder: Path, eight_bits: bool = True) -> None:
    """Write `encoder.onnx`, `embeddings.npz`, `heads.npz`, `heads.json` and `tokenizer.json` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    reader.eval()
    encoder = reader.encoder
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "encoder.onnx"
        torch.onnx.export(
            _Layers(encoder), (torch.zeros(1, PIECES, encoder.shape.width),), str(whole), dynamo=False,
            input_names=["embeddings"], output_names=["vectors"], opset_version=17,
            dynamic_axes={"embeddings": {1: "pieces"}, "vectors": {1: "pieces"}},
        )  # fmt: skip
        if eight_bits:
            quantize_dynamic(
                str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True
            )
        else:
            shutil.copy(whole, folder / "encoder.onnx")
    words, scales = _eight_bits(encoder.words.weight.detach().numpy())
    positions = (encoder.positions.weight + encoder.kinds.weight[0]).detach().numpy().astype(np.float16)
    np.savez(folder / "embeddings.npz", words=words, scales=scales, positions=positions)
    arrays = {"features": _half(reader.features.weight)}
    for task in STEP2:
        inner, outer = reader.tags[task][0], reader.tags[task][3]
        arrays |= {
            f"{task}.inner.weight": _half(inner.weight.T), f"{task}.inner.bias": _half(inner.bias),
            f"{task}.outer.weight": _half(outer.weight.T), f"{task}.outer.bias": _half(outer.bias),
        }  # fmt: skip
    for net in ("event", "quote", "title"):
        parts = reader.nets[net]
        for name, value in parts.state_dict().items():
            if name.endswith("weight") and name.split(".")[0] not in ("paths", "distances"):
                value = value.T
            arrays[f"{net}.{name}"] = _half(value)
    np.savez(folder / "heads.npz", **arrays)
    described = {
        "words": known.words, "paths": known.paths, "distances": known.distances,
        "tags": {task: VALUES[task] for task in STEP2}, "relations": {n: NETS[n] for n in ("event", "quote", "title")},
    }  # fmt: skip
    (folder / "heads.json").write_text(
        json.dumps(described, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    shutil.copy(tokenizer, folder / "tokenizer.json")


def _half(value: Tensor) -> np.ndarray:
    return value.detach().numpy().astype(np.float16)


def _eight_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a table of vectors as whole numbers of eight bits, and what each row is to be multiplied by."""
    scales = np.abs(table).max(axis=1) / 127
    scales[scales == 0] = 1
    return np.round(table / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def main() -> None:
    """Export the reader of a folder that the trainer wrote."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder with reader.pt")
    parser.add_argument("first", type=Path, help="folder with inventory.json")
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--whole", action="store_true", help="do not cut the encoder's weights to eight bits")
    options = parser.parse_args()
    known = load_inventory(options.first)
    weights = torch.load(options.run / "reader.pt")
    weights = {name: value for name, value in weights.items() if not name.startswith(FIRST_STEP)}
    reader = new_reader(options.encoder, known)
    take_over(reader, weights)
    export(reader, known, options.encoder / "tokenizer.json", options.out, not options.whole)


if __name__ == "__main__":
    main()
