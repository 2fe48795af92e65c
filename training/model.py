"""The network: a BERT encoder that is told the features of each word, and small heads over its vectors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN_OF_TAGS = 128
HIDDEN_OF_PAIRS = 160


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a BERT encoder."""

    layers: int
    width: int
    heads: int
    inner: int
    vocabulary: int
    positions: int

    @classmethod
    def of(cls, folder: Path) -> Shape:
        """Read them from config.json."""
        config = json.loads((folder / "config.json").read_text())
        return cls(
            config["num_hidden_layers"],
            config["hidden_size"],
            config["num_attention_heads"],
            config["intermediate_size"],
            config["vocab_size"],
            config["max_position_embeddings"],
        )


class Layer(nn.Module):
    """One transformer layer: self-attention, then the inner network, each with a residual and a norm."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query, self.key, self.value, self.joined = (
            nn.Linear(shape.width, shape.width) for _ in range(4)
        )
        self.inner, self.outer = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)
        self.norm1, self.norm2 = nn.LayerNorm(shape.width, eps=1e-12), nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x` (batch, length, width); `mask` (batch, 1, 1, length), added to the weights."""
        batch, length, width = x.shape
        q, k, v = (
            f(x).view(batch, length, self.heads, -1).transpose(1, 2)
            for f in (self.query, self.key, self.value)
        )
        weights = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            weights = weights + mask
        seen = (weights.softmax(-1, dtype=weights.dtype) @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.joined(seen)))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """BERT, with a vector added to each piece for what is known of its word."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, extra: Tensor, mask: Tensor | None = None) -> Tensor:
        """`ids` (batch, length), `extra` (batch, length, width) -> vectors (batch, length, width)."""
        at = torch.arange(ids.shape[1])
        x = self.words(ids) + self.positions(at) + self.kinds.weight[0] + extra
        x = self.dropout(self.norm(x))
        seen = None
        if mask is not None:  # nothing looks at what only fills up
            seen = torch.where(mask[:, None, None, :], 0.0, -1e4).to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, seen)
        return x

    @classmethod
    def pretrained(cls, folder: Path, dropout: float = 0.1) -> Encoder:
        """Load the weights of a folder with config.json and model.safetensors (names of the BERT kind)."""
        made = cls(Shape.of(folder), dropout)
        given = load_file(folder / "model.safetensors")
        given = {name.removeprefix("bert."): value for name, value in given.items()}
        names = {
            "words.weight": "embeddings.word_embeddings.weight",
            "positions.weight": "embeddings.position_embeddings.weight",
            "kinds.weight": "embeddings.token_type_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        parts = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "joined": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for n in range(made.shape.layers):
            for ours, theirs in parts.items():
                for kind in ("weight", "bias"):
                    names[f"layers.{n}.{ours}.{kind}"] = f"encoder.layer.{n}.{theirs}.{kind}"
        made.load_state_dict({ours: given[theirs] for ours, theirs in names.items()})
        return made


class PairNet(nn.Module):
    """Scores of the relations between an anchor and each candidate."""

    def __init__(self, width: int, relations: int, paths: int, distances: int) -> None:
        super().__init__()
        self.anchor = nn.Linear(width, HIDDEN_OF_PAIRS)
        self.end = nn.Linear(width, HIDDEN_OF_PAIRS, bias=False)
        self.candidate = nn.Linear(width, HIDDEN_OF_PAIRS, bias=False)
        self.product = nn.Linear(width, HIDDEN_OF_PAIRS, bias=False)
        self.paths = nn.Embedding(paths + 1, HIDDEN_OF_PAIRS)
        self.distances = nn.Embedding(distances + 1, HIDDEN_OF_PAIRS)
        nn.init.normal_(self.paths.weight, std=0.1)
        nn.init.normal_(self.distances.weight, std=0.1)
        self.dropout = nn.Dropout(0.2)
        self.out = nn.Linear(HIDDEN_OF_PAIRS, relations)

    def forward(
        self, first: Tensor, last: Tensor, candidate: Tensor, path: Tensor, distance: Tensor
    ) -> Tensor:
        """Vectors (n, width) of both ends of the anchor and of the candidate, rows (n) -> scores (n, relations)."""
        x = self.anchor(first) + self.end(last) + self.candidate(candidate)
        x = x + self.product(first * candidate) + self.paths(path) + self.distances(distance)
        return self.out(self.dropout(F.gelu(x)))


class Reader(nn.Module):
    """The encoder with all heads."""

    def __init__(
        self,
        encoder: Encoder,
        features: int,
        paths: int,
        distances: int,
        tags: Mapping[str, Sequence[str]],
        nets: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__()
        width = encoder.shape.width
        self.encoder = encoder
        self.features = nn.EmbeddingBag(features, width, mode="sum")
        nn.init.normal_(self.features.weight, std=0.005)
        self.dropout = nn.Dropout(0.15)
        self.tags = nn.ModuleDict(
            {
                name: nn.Sequential(
                    nn.Linear(width, HIDDEN_OF_TAGS),
                    nn.GELU(),
                    nn.Dropout(0.1),
                    nn.Linear(HIDDEN_OF_TAGS, len(values)),
                )
                for name, values in tags.items()
            }
        )
        self.nets = nn.ModuleDict(
            {name: PairNet(width, len(r), paths, distances) for name, r in nets.items()}
        )

    def vectors(self, batch: Batch) -> Tensor:
        """Return the vectors of all tokens of a batch, (tokens, width)."""
        width = self.encoder.shape.width
        extra = torch.zeros(batch.ids.shape[0] * batch.ids.shape[1], width)
        extra[batch.at] = self.features(batch.features, batch.offsets)
        extra = extra.view(*batch.ids.shape, width)
        x = self.encoder(batch.ids, extra, batch.ids != 0)
        return self.dropout(x.reshape(-1, width)[batch.at].float())


@dataclass(slots=True)
class Batch:
    """Samples side by side: `ids` (samples, length) padded with 0; `at` where each token's first piece is, in the
    flattened pieces; `features` and `offsets` for an embedding bag; tags and pairs by token numbers of the batch.
    """

    ids: Tensor
    at: Tensor
    features: Tensor
    offsets: Tensor
    tags: dict[str, Tensor]
    pairs: dict[str, tuple[Tensor, ...]]
