"""The sentence encoder: all-MiniLM-L6-v2 with int8 weights, run by onnxruntime on one core. No torch, no download."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

FOLDER = Path(__file__).with_name("weights")
MODEL, TUNED = "model.int8.onnx", "red_flags.int8.onnx"
"""The encoder as it was published, for topics; and the copy that was tuned on our texts, for the second net."""
MODEL_SHA256 = "8c4a79e07113e7958f229cd12bd54061a68739b0323fd816b8020b8c029a77ad"
TUNED_SHA256 = "4e724c1deb1eb13f905e6eb22f572816de0bc930113986f36c06d0a26661db0f"
TOKENIZER_SHA256 = "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0"
DIMENSIONS = 384
HASHES = {MODEL: MODEL_SHA256, TUNED: TUNED_SHA256}
LONGEST = 128
"""Word pieces read of one text (the encoder was trained on up to 128); the rest of a longer one is not seen."""

Vectors = npt.NDArray[np.float32]


class EncoderError(RuntimeError):
    """The encoder's files are missing or are not the ones that were converted."""


class SentenceEncoder:
    """Turns sentences into vectors of unit length whose dot product says how alike they are in meaning."""

    def __init__(self, folder: Path = FOLDER, *, model: str = MODEL) -> None:
        """Loads `model` and tokenizer.json from `folder`. Raises EncoderError unless both have the known hash."""
        weights = _read(folder / model, HASHES[model])
        tokenizer = _read(folder / "tokenizer.json", TOKENIZER_SHA256)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(tokenizer.decode("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of `texts`: shape (len(texts), 384), each of length 1; all zeros for an empty text.

        Each text is run on its own: with dynamic quantization the vectors of a batch depend on their neighbours.
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.concatenate([self._encode(text) for text in texts])

    def _encode(self, text: str) -> Vectors:
        """One text: shape (1, 384)."""
        if not text.strip():
            return np.zeros((1, DIMENSIONS), dtype=np.float32)
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vector: Vectors = self._session.run(None, feed)[0]
        return vector.astype(np.float32)


def _read(path: Path, expected: str) -> bytes:
    """The content of a file with a known hash. Raises EncoderError."""
    if not path.is_file():
        raise EncoderError(f"{path} is missing: restore it from the repository or see PROVENANCE.md beside it")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise EncoderError(f"{path} has sha256 {found}, expected {expected}")
    return content


@functools.lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """The one encoder of this process, loaded when first asked for."""
    return SentenceEncoder()


@functools.lru_cache(maxsize=1)
def tuned_encoder() -> SentenceEncoder:
    """The one tuned encoder of this process, loaded when first asked for."""
    return SentenceEncoder(model=TUNED)
