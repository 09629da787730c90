"""Vectors kept by their texts' hash: each text is read once for one encoder, and a training that fails keeps nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.language.encoder import SentenceEncoder, Vectors, shared_encoder
from bot.language.vector_cache import VectorCache

TEXTS = ["my back hurts", "which shoes", "hello"]


class Counting(SentenceEncoder):
    """An encoder that keeps what it was asked for, under a fingerprint of its own."""

    def __init__(self, fingerprint: str = "a" * 64) -> None:
        self.__dict__.update(shared_encoder().__dict__)
        self.fingerprint = fingerprint
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode(texts)


def vectors(folder: Path, encoder: SentenceEncoder, texts: Sequence[str]) -> Vectors:
    with VectorCache(folder, encoder) as cache:
        return cache.encode(texts)


def test_a_text_is_read_once_and_only_new_ones_after_that(tmp_path: Path) -> None:
    encoder = Counting()
    first = vectors(tmp_path, encoder, [*TEXTS, TEXTS[0]])
    assert encoder.asked == TEXTS
    np.testing.assert_array_equal(first[0], first[3])
    again = vectors(tmp_path, encoder, [TEXTS[2], "new words", TEXTS[0]])
    assert encoder.asked == [*TEXTS, "new words"]
    np.testing.assert_array_equal(again[[0, 2]], first[[2, 0]])


def test_kept_vectors_are_the_encoders_own_but_for_their_precision(tmp_path: Path) -> None:
    found = vectors(tmp_path, shared_encoder(), TEXTS)
    np.testing.assert_allclose(found, shared_encoder().encode(TEXTS), atol=1e-3)
    assert found.dtype == np.float32


def test_another_encoder_reads_for_itself(tmp_path: Path) -> None:
    vectors(tmp_path, Counting("a" * 64), TEXTS)
    other = Counting("b" * 64)
    vectors(tmp_path, other, TEXTS)
    assert other.asked == TEXTS
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_what_fails_keeps_nothing_and_what_brings_nothing_new_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), VectorCache(tmp_path, Counting()) as cache:  # noqa: PT012
        cache.encode(TEXTS)
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    vectors(tmp_path, Counting(), TEXTS)
    (path,) = tmp_path.iterdir()
    written = path.stat().st_mtime_ns
    vectors(tmp_path, Counting(), TEXTS[:1])
    assert path.stat().st_mtime_ns == written
