"""Holds a message against message.v1.schema.json. For tests and tools: jsonschema is not a run-time dependency."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any


@functools.lru_cache(maxsize=1)
def message_schema() -> dict[str, Any]:
    """The schema of every message type."""
    text = resources.files("bot.channel").joinpath("message.v1.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def validate(message: Mapping[str, Any]) -> None:
    """Raises ValueError with every fault of the message, each with the path where it is."""
    from jsonschema import Draft202012Validator

    schema = message_schema()
    kind = f"{message.get('type')}_message"
    if kind not in schema["$defs"]:
        raise ValueError(f"$.type: {message.get('type')!r} is no message type")
    # Against the one type that it says it is: a failed oneOf would name the faults of every other type too.
    validator = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]})
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(dict(message))]
    faults += _between_fields(message) if not faults else []
    if faults:
        raise ValueError("\n".join(faults))


def _between_fields(message: Mapping[str, Any]) -> list[str]:
    """What JSON Schema cannot say: cells match columns, values match x, a step is within its count."""
    if message["type"] == "table":
        keys = {column["key"] for column in message["columns"]}
        return [
            f"$.rows[{n}]: not the keys of the columns" for n, row in enumerate(message["rows"]) if set(row) != keys
        ]
    if message["type"] == "chart":
        wanted = len(message["x"])
        pairs = enumerate(message["series"])
        return [f"$.series[{n}].values: not as many as x" for n, one in pairs if len(one["values"]) != wanted]
    if message["type"] == "question" and message["step"] > message["of"]:
        return ["$.step: beyond the last step"]
    return []
