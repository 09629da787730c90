"""The sentence encoder on its own, with the weights that ship."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.language import encoder
from bot.language.encoder import DIMENSIONS, FOLDER, LONGEST, EncoderError, SentenceEncoder, shared_encoder

TEXTS = ["My back aches on hills", "Which trainers suit wide feet?", "hello"]


@pytest.fixture(scope="module")
def sentences() -> SentenceEncoder:
    return shared_encoder()


def similarity(sentences: SentenceEncoder, one: str, other: str) -> float:
    first, second = sentences.encode([one, other])
    return float(first @ second)


def test_one_row_of_single_precision_for_each_text(sentences: SentenceEncoder) -> None:
    vectors = sentences.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32


def test_no_texts_give_no_rows(sentences: SentenceEncoder) -> None:
    assert sentences.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize(
    "text", ["a", "walk", TEXTS[0], "🦵🔥", "سلام", "back pain " * 500, "x" * 20_000, "\x00\ufffd", "?!"]
)
def test_every_text_with_something_in_it_has_a_vector_of_unit_length(sentences: SentenceEncoder, text: str) -> None:
    vector = sentences.encode([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_an_empty_text_is_like_nothing(sentences: SentenceEncoder, text: str) -> None:
    vectors = sentences.encode([text, TEXTS[0]])
    assert not vectors[0].any()
    assert np.linalg.norm(vectors[1]) == pytest.approx(1.0, abs=1e-4)


def test_the_same_text_has_the_same_vector_in_another_process(sentences: SentenceEncoder) -> None:
    code = (
        "import hashlib; from bot.language.encoder import SentenceEncoder;"
        f"print(hashlib.sha256(SentenceEncoder().encode([{TEXTS[0]!r}]).tobytes()).hexdigest())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert hashlib.sha256(sentences.encode([TEXTS[0]]).tobytes()).hexdigest() == elsewhere


def test_neighbours_do_not_change_a_vector(sentences: SentenceEncoder) -> None:
    together = sentences.encode([*TEXTS, "long " * 300])
    alone = np.concatenate([sentences.encode([text]) for text in TEXTS])
    np.testing.assert_array_equal(together[: len(TEXTS)], alone)


def test_what_follows_the_longest_piece_is_not_seen(sentences: SentenceEncoder) -> None:
    start = "walk " * LONGEST
    assert similarity(sentences, start, start + "my shoes are too tight") == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    ("question", "paraphrase", "unrelated"),
    [
        (
            "My lower back is sore after a stroll",
            "walking makes the base of my spine hurt",
            "how do I renew a passport",
        ),
        (
            "Which trainers suit wide feet?",
            "what footwear is good if my feet are broad",
            "is swimming good for my back",
        ),
        ("How far should I go on my first outing?", "what distance do I begin with", "do I need a scan"),
    ],
)
def test_a_paraphrase_is_nearer_than_something_else(
    sentences: SentenceEncoder, question: str, paraphrase: str, unrelated: str
) -> None:
    assert similarity(sentences, question, paraphrase) > similarity(sentences, question, unrelated) + 0.2


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("model.int8.onnx", "tokenizer.json"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json"])
def test_a_changed_file_is_refused(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(EncoderError, match=rf"{name} has sha256 [0-9a-f]{{64}}, expected"):
        SentenceEncoder(copied)


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(EncoderError, match=rf"{name} is missing"):
        SentenceEncoder(copied)


def test_the_provenance_names_the_files_that_ship() -> None:
    provenance = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")
    assert encoder.MODEL_SHA256 in provenance
    assert encoder.TOKENIZER_SHA256 in provenance
    assert "Apache License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")


def test_only_small_libraries_are_imported() -> None:
    code = (
        "import sys, bot.language.encoder;"
        "print(*sorted({'torch', 'tensorflow', 'rasa', 'spacy', 'sklearn', 'transformers'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []
