"""The sentence encoder on its own, with the weights that ship."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.language.encoder import (
    DIMENSIONS,
    FOLDER,
    HASHES,
    MODEL,
    MOST_WINDOWS,
    WINDOW,
    EncoderError,
    SentenceEncoder,
    shared_encoder,
)

TEXTS = ["My back aches on hills", "Which trainers suit wide feet?", "hello"]
SHIPPED = [MODEL, "tokenizer.json"]
PIECES = WINDOW - 2
"""Word pieces of one run of the graph; "walk" is one."""


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


@pytest.mark.parametrize("text", ["a", "walk", TEXTS[0], "🦵🔥", "سلام", "back pain " * 500, "x" * 20_000, "?!"])
def test_every_text_with_something_in_it_has_a_vector_of_unit_length(sentences: SentenceEncoder, text: str) -> None:
    vector = sentences.encode([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\x00\ufffd"])
def test_an_empty_text_is_like_nothing(sentences: SentenceEncoder, text: str) -> None:
    vectors = sentences.encode([text, TEXTS[0]])
    assert not vectors[0].any()
    assert np.linalg.norm(vectors[1]) == pytest.approx(1.0, abs=1e-4)
    assert not sentences.pooled(text, [(0, len(text))]).any()


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


def test_a_later_window_is_read_and_what_follows_the_last_is_not(sentences: SentenceEncoder) -> None:
    said = "my shoes are too tight"
    one, all_of_them = "walk " * PIECES, "walk " * (PIECES * MOST_WINDOWS)
    assert similarity(sentences, one, one + said) < 0.995
    assert similarity(sentences, all_of_them, all_of_them + said) == pytest.approx(1.0, abs=1e-6)


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
    assert similarity(sentences, question, paraphrase) > similarity(sentences, question, unrelated) + 0.1


def test_the_whole_and_its_parts_are_pooled_from_one_pass(sentences: SentenceEncoder) -> None:
    first, second = "My shoes are too tight.", "Do I need a scan?"
    text = f"{first} {second}"
    whole, shoes, scan = sentences.pooled(text, [(0, len(first)), (len(first) + 1, len(text))])
    np.testing.assert_array_equal(whole, sentences.encode([text])[0])
    for vector in (whole, shoes, scan):
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)
    own, other = sentences.encode([first, second])
    assert shoes @ own > shoes @ other
    assert scan @ other > scan @ own


def test_a_part_of_which_nothing_was_read_has_the_vector_of_the_whole(sentences: SentenceEncoder) -> None:
    text = "walk " * (PIECES * MOST_WINDOWS) + "and my toes hurt"
    whole, blank, beyond = sentences.pooled(text, [(4, 5), (text.index("toes"), len(text))])
    np.testing.assert_array_equal(blank, whole)
    np.testing.assert_array_equal(beyond, whole)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in (*SHIPPED, HASHES.name):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", SHIPPED)
def test_a_changed_file_is_refused(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(EncoderError, match=rf"{name} has sha256 [0-9a-f]{{64}}, expected"):
        SentenceEncoder(copied)


@pytest.mark.parametrize("name", [*SHIPPED, HASHES.name])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(EncoderError, match=rf"{name} is missing"):
        SentenceEncoder(copied)


def test_a_file_without_a_known_hash_is_refused(copied: Path) -> None:
    (copied / HASHES.name).write_text("", encoding="utf-8")
    with pytest.raises(EncoderError, match="expected None"):
        SentenceEncoder(copied)


def test_the_hashes_are_those_of_all_that_ships(sentences: SentenceEncoder) -> None:
    kept = dict(reversed(line.split()) for line in HASHES.read_text(encoding="utf-8").splitlines())
    assert kept == {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in SHIPPED}
    assert sentences.fingerprint == kept[MODEL]


def test_the_provenance_names_every_file_and_no_other() -> None:
    provenance = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in provenance for name in (*SHIPPED, HASHES.name))
    assert provenance.count(".onnx`") == provenance.count(f"`{MODEL}`")
    assert "Apache License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")


def test_only_small_libraries_are_imported() -> None:
    code = (
        "import sys, bot.language.encoder;"
        "print(*sorted({'torch', 'tensorflow', 'rasa', 'spacy', 'sklearn', 'transformers'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []
