"""Turns weights that ship back into a reader that training can go on from, without the two hours before it.

    python -m training.restore WEIGHTS ENCODER OUT

WEIGHTS is a folder that `training.export` wrote (kg/heads/weights), ENCODER the unpacked package of the encoder. OUT
gets `inventory.json` and `reader.pt`, for `training.train --first OUT --start OUT/reader.pt`. What was cut to eight
bits stays cut; heads that only the first step trains begin anew.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from kg.heads.weights import Weights, load_weights
from training.train import FIRST_STEP, new_reader, save_inventory

TABLES = ("paths", "distances")  # embeddings of the pair networks, which no export turns round
UNNAMED = "onnx::"  # what the export calls the matrices of linear layers


def restore(shipped: Weights, encoder: Path) -> dict[str, Tensor]:
    """Return what a reader learned in the second step, of exported weights. Raises KeyError when they lack a part."""
    blank = new_reader(encoder, shipped.inventory).state_dict()
    state = {f"encoder.{name}": value for name, value in _layers(shipped.folder / "encoder.onnx").items()}
    with np.load(shipped.folder / "embeddings.npz") as kept:
        words = kept["words"].astype(np.float32) * kept["scales"][:, None]
        positions = kept["positions"].astype(np.float32)
    state["encoder.words.weight"] = torch.from_numpy(words)
    state["encoder.positions.weight"] = torch.from_numpy(positions)
    kinds = "encoder.kinds.weight"  # in the positions already
    state[kinds] = torch.zeros_like(blank[kinds])
    state["features.weight"] = torch.from_numpy(shipped.features)
    state |= dict(_of_head(name, torch.from_numpy(value)) for name, value in shipped.arrays.items())
    return {name: state[name] for name in blank if not name.startswith(FIRST_STEP)}


def _of_head(name: str, value: Tensor) -> tuple[str, Tensor]:
    """Return an array of `heads.npz` under the name, and turned as, it has in the reader."""
    head, _, rest = name.partition(".")
    part, _, kind = rest.partition(".")
    turned = value.T.contiguous() if kind == "weight" and part not in TABLES else value
    if part in ("inner", "outer"):
        return f"tags.{head}.{0 if part == 'inner' else 3}.{kind}", turned
    return f"nets.{head}.{rest}", turned


def _layers(path: Path) -> dict[str, Tensor]:
    """Return the parameters of an exported encoder, its eight-bit matrices (in, out) as floats (out, in)."""
    graph = onnx.load(path).graph
    kept = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {
        name: torch.from_numpy(value.copy()) for name, value in kept.items() if not name.startswith(UNNAMED)
    }
    for node in graph.node:
        if node.op_type in ("MatMul", "MatMulInteger") and node.input[1].startswith(UNNAMED):
            name = node.input[1].removesuffix("_quantized")
            value = kept[node.input[1]].astype(np.float32)
            if node.op_type == "MatMulInteger":
                value = (value - kept[f"{name}_zero_point"]) * kept[f"{name}_scale"]
            layer, part = node.name.strip("/").split("/")[:2]
            found[f"{layer}.{part}.weight"] = torch.from_numpy(value.T.copy())
    return found


def main() -> None:
    """Restore a reader."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    shipped = load_weights(options.weights)
    save_inventory(options.out, shipped.inventory)
    torch.save(restore(shipped, options.encoder), options.out / "reader.pt")


if __name__ == "__main__":
    main()
