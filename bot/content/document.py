"""One YAML file with the line of everything in it, so that an error can say where it is."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # libyaml is not there: slower, same result
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

Place = tuple[Hashable, ...]
"""Where a value is: the keys and list positions that lead to it, () for the whole file."""


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a content file. Lines count from 1."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """The content cannot be used. `errors` holds everything that is wrong with it."""

    def __init__(self, errors: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True)
class Document:
    """A file that was read: `data` as plain Python, and the line of each place in it."""

    path: str
    data: Any
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line(self, place: Place = ()) -> int:
        """The line of a place, or of the nearest one above it that the file has."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, message: str, place: Place = ()) -> Problem:
        """Something wrong at a place."""
        return Problem(self.path, self.line(place), message)


class _Loader(_SafeLoader):
    """Reads plain YAML as a writer expects it: `no` is a word, `0800` and `1:30` are text, not numbers."""


_PLAIN = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag not in _PLAIN]
    for first, rules in _SafeLoader.yaml_implicit_resolvers.items()
}


def _resolve(tag: str, pattern: str, first: str) -> None:
    """Reads plain words of this form as values of the tag."""
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_resolve("bool", r"^(?:true|false)$", "tf")
_resolve("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789")
_resolve("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789")


def read_document(path: Path, name: str) -> Document:
    """The file, called `name` in errors. Raises ContentError when it is not YAML, or one key is given twice."""
    try:
        text = path.read_text(encoding="utf-8")
        node, data = _parse(text)
    except OSError as error:
        raise ContentError([Problem(name, 1, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ContentError([Problem(name, 1, f"not UTF-8: {error.reason}")]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ContentError([Problem(name, mark.line + 1 if mark else 1, f"not YAML: {error.problem}")]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError([Problem(name, 1, f"not YAML: {error}")]) from error
    lines: dict[Place, int] = {}
    twice = _walk(node, (), lines) if node is not None else []
    if twice:
        raise ContentError([Problem(name, line, f"the key {key!r} is given twice") for line, key in twice])
    return Document(name, data, lines)


def _parse(text: str) -> tuple[Node | None, Any]:
    """The tree of the text and what it means."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _walk(node: Node, place: Place, lines: dict[Place, int]) -> list[tuple[int, str]]:
    """Notes the line of everything below the node; returns the line and name of each key that is given twice."""
    lines.setdefault(place, node.start_mark.line + 1)
    twice: list[tuple[int, str]] = []
    if isinstance(node, SequenceNode):
        for position, item in enumerate(node.value):
            twice += _walk(item, (*place, position), lines)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            line, here = key.start_mark.line + 1, (*place, str(key.value))
            if here in lines:
                twice.append((line, str(key.value)))
            lines[here] = line
            twice += _walk(value, here, lines)
    return twice
