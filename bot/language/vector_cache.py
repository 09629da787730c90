"""Vectors of training texts by the texts' hash, on disk: whoever adds an example trains in seconds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import numpy as np

from bot.language.encoder import SentenceEncoder, Vectors


class VectorCache:
    """Encodes texts, each once for one encoder. Used as a context; what is new is written at its end."""

    def __init__(self, folder: Path, encoder: SentenceEncoder) -> None:
        self._path = folder / f"{encoder.fingerprint[:16]}.npz"
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}
        self._new = False

    def __enter__(self) -> VectorCache:
        if self._path.is_file():
            with np.load(self._path, allow_pickle=False) as stored:
                keys, vectors = stored["keys"].tolist(), stored["vectors"].astype(np.float32)
            self._known = dict(zip(keys, vectors, strict=True))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._new:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".part.npz")
            np.savez(
                part, keys=np.array(list(self._known)), vectors=np.stack(list(self._known.values())).astype(np.float16)
            )
            part.replace(self._path)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors (n, 384) of whole texts, in their order."""
        keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # the encoder runs without holding the interpreter
            self._known.update(zip(new, threads.map(self._encode, new.values()), strict=True))
        self._new = self._new or bool(new)
        return np.stack([self._known[key] for key in keys])

    def _encode(self, text: str) -> Vectors:
        """One text, rounded as it is kept, so that what was kept and what is new are alike."""
        vector: Vectors = self._encoder.encode([text])[0].astype(np.float16).astype(np.float32)
        return vector
