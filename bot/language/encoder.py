"""The sentence encoder: all-MiniLM-L6-v2 tuned on the project's texts, int8, run by onnxruntime. No torch, no download.

A message is read once: the graph gives a state for each word piece, and the whole and every part are pooled from them.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

FOLDER = Path(__file__).with_name("weights")
MODEL = "encoder.int8.onnx"
HASHES = FOLDER / "SHA256SUMS"
"""The hashes of the files beside it, as sha256sum writes them; `make tune` writes them anew."""
DIMENSIONS = 384
WINDOW = 128
"""Word pieces of one run of the graph (the encoder was trained on up to 128)."""
MOST_WINDOWS = 4
"""Runs for one message: some 2,000 characters of plain text. What is beyond is read by the phrases alone."""

Vectors = npt.NDArray[np.float32]
Span = tuple[int, int]


class EncoderError(RuntimeError):
    """The encoder's files are missing or are not the ones that were made with the project."""


class SentenceEncoder:
    """Turns texts and their parts into vectors of unit length whose dot product says how alike they are in meaning."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Loads the graph and tokenizer.json from `folder`. Raises EncoderError unless both have the known hash."""
        hashes = _hashes(folder / HASHES.name)
        weights = _read(folder / MODEL, hashes)
        tokenizer = _read(folder / "tokenizer.json", hashes)
        self.fingerprint = hashes[MODEL]
        """The hash of the weights: vectors of another encoder mean something else."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(tokenizer.decode("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of whole texts: shape (len(texts), 384), each of length 1; all zeros for an empty text.

        Each text is run on its own: with dynamic quantization the vectors of a batch depend on their neighbours.
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.stack([self.pooled(text, ())[0] for text in texts])

    def pooled(self, text: str, parts: Sequence[Span]) -> Vectors:
        """The vectors (1 + len(parts), 384) of the text and of each part of it (start and end in characters), from one pass.
        A part without a word piece that was read has the vector of the whole."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        if not encoded.ids:
            return np.zeros((1 + len(parts), DIMENSIONS), dtype=np.float32)
        states, whole = self._states(encoded.ids)
        places = np.array(encoded.offsets[: len(states)])
        rows = [whole]
        for start, end in parts:
            inside = (places[:, 0] >= start) & (places[:, 1] <= end)
            rows.append(states[inside].mean(0) if inside.any() else whole)
        vectors = np.stack(rows)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(min=1e-9)
        return vectors.astype(np.float32)

    def _states(self, ids: Sequence[int]) -> tuple[Vectors, Vectors]:
        """The states (n, 384) of the word pieces, without the marks round each window, and the mean (384,) with them."""
        runs = [self._run(window) for window in _windows(ids)]
        states = np.concatenate([run[1:-1] for run in runs])
        whole = np.concatenate(runs).mean(0)
        return states, whole

    def _run(self, ids: Sequence[int]) -> Vectors:
        """The states (n + 2, 384) of one window with its marks."""
        marked = np.array([[_CLS, *ids, _SEP]], dtype=np.int64)
        feed = {"input_ids": marked, "attention_mask": np.ones_like(marked)}
        states: Vectors = self._session.run(None, feed)[0][0]
        return states


_CLS, _SEP = 101, 102
"""The marks round a text in BERT's vocabulary."""


def _windows(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The word pieces in stretches that one run reads."""
    size = WINDOW - 2
    for start in range(0, min(len(ids), size * MOST_WINDOWS), size):
        yield ids[start : start + size]


def _hashes(path: Path) -> dict[str, str]:
    """Hash by file name. Raises EncoderError."""
    if not path.is_file():
        raise EncoderError(f"{path} is missing: restore it from the repository")
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {name.lstrip("*"): found for found, name in pairs}


def _read(path: Path, hashes: dict[str, str]) -> bytes:
    """The content of a file with a known hash. Raises EncoderError."""
    if not path.is_file():
        raise EncoderError(f"{path} is missing: restore it from the repository or see PROVENANCE.md beside it")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != hashes.get(path.name):
        raise EncoderError(f"{path} has sha256 {found}, expected {hashes.get(path.name)}")
    return content


@functools.lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """The one encoder of this process, loaded when first asked for."""
    return SentenceEncoder()
