"""Remembers the word embeddings of a spaCy pipeline: what depends on the word alone is computed once for each word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
    from thinc.api import Model
    from thinc.types import Floats2d

    Embedder = Model[list[Doc], list[Floats2d]]

LIMIT = 20_000  # words remembered for each network, some 10 MB; past it they are learnt anew
# Layers whose row for a token depends on that token's features alone, whatever stands beside it.
ROW_WISE = frozenset(
    ("extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors", "maxout", "layernorm",
     "dropout", "ragged2list")
)  # fmt: skip
# Features that follow from a word's letters; NORM and SPACY can differ from one occurrence to the next.
OF_THE_LETTERS = frozenset(("ORTH", "LOWER", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE"))
OF_THE_TOKEN = ("ORTH", "NORM", "SPACY")


def remember_embeddings(nlp: Language) -> int:
    """Replace the embedding layers of `nlp`'s networks by ones that remember; return how many were replaced.

    The rows are bit for bit those that the layers give. Networks of other designs (transformers, subword features)
    and networks on a GPU are left as they are.
    """
    from thinc.api import NumpyOps

    replaced = 0
    for _, component in nlp.components:
        network: Any = getattr(component, "model", None)
        if not hasattr(network, "walk") or not isinstance(network.ops, NumpyOps):
            continue
        for node in list(network.walk()):
            if node.name.endswith("ragged2list") and node.layers and _remembers_well(node):
                replaced += network.replace_node(node, _remembering(node))
    return replaced


def _remembers_well(node: Model[Any, Any]) -> bool:
    leaves = [part for part in node.walk() if not part.layers]
    return all(leaf.name in ROW_WISE for leaf in leaves) and all(
        column in OF_THE_LETTERS or column in OF_THE_TOKEN
        for leaf in leaves
        for column in leaf.attrs.get("columns", ())
    )


def _remembering(layer: Embedder) -> Embedder:
    from thinc.api import Model

    columns = {column for node in layer.walk() for column in node.attrs.get("columns", ())}
    words = _Words(layer, [*OF_THE_TOKEN, *sorted(columns - set(OF_THE_TOKEN))])
    return Model("remembered", words.forward, layers=[layer], dims={"nO": layer.maybe_get_dim("nO")})


class _Words:
    """The rows of the words met so far, by what tells one token's features from another's."""

    def __init__(self, layer: Embedder, columns: list[str]) -> None:
        self._layer = layer
        self._columns: list[str | int] = [*columns]
        self._place: dict[tuple[int, ...], int] = {}
        self._rows: np.ndarray[Any, Any] = np.zeros((0, layer.maybe_get_dim("nO") or 0), dtype="float32")

    def forward(
        self, model: Embedder, docs: list[Doc], is_train: bool
    ) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
        """Return one array of rows for each Doc; training goes to the layer itself."""
        if is_train or not docs:
            return self._layer(docs, is_train)
        if len(self._place) > LIMIT:
            self._place.clear()
        place, known = self._place, len(self._place)
        new: list[np.ndarray[Any, Any]] = []
        indices: list[list[int]] = []
        for doc in docs:
            array = doc.to_array(self._columns)
            index: list[int] = []
            for i, token in enumerate(zip(*array[:, : len(OF_THE_TOKEN)].T.tolist(), strict=True)):
                at = place.get(token)
                if at is None:
                    at = place[token] = len(place)
                    new.append(array[i])
                index.append(at)
            indices.append(index)
        if new:
            words = cast("Doc", _Features(docs[0].vocab, self._columns, np.stack(new)))
            try:
                rows = self._layer.predict([words])[0]
            except Exception:  # out of memory: what was not computed is not known
                place.clear()
                raise
            self._rows = np.concatenate([self._rows[:known], rows])
        return [cast("Floats2d", self._rows[index]) for index in indices], lambda _: []


class _Features:
    """Words without a text: as much of a Doc as embedding layers read."""

    def __init__(self, vocab: Vocab, columns: list[str | int], array: np.ndarray[Any, Any]) -> None:
        from spacy.attrs import IDS

        self.vocab = vocab
        self._array = array
        self._at = {name: i for i, column in enumerate(columns) for name in (column, IDS[column])}

    def __len__(self) -> int:
        return len(self._array)

    def to_array(self, names: str | int | list[str | int]) -> np.ndarray[Any, Any]:
        """Return the columns of these names or numbers, a one-dimensional array for a single name."""
        if isinstance(names, str | int):
            return np.ascontiguousarray(self._array[:, self._at[names]])
        return np.ascontiguousarray(self._array[:, [self._at[name] for name in names]])
