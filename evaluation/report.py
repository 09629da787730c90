"""The figures as one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.cases import AGAIN, FIRST, FITTED, READ, UNSEEN
from evaluation.figures import SMALL, Figures, Pair, interval, summed
from evaluation.levels import KINDS, LENGTHS, OTHER_VOICES, VOICES

HEAD = f"""\
# Measured quality

Written by `make evaluate`: every message is played through reader, interpreter and answers in one process. A cell is a share
with its counts; in brackets its 95 % interval by bootstrap, for fewer than {SMALL} cases of which neither none nor all hit.
What a figure is worth: **{FIRST}**, nothing was mended for the set, and it was scored once; **{AGAIN}**, nothing was mended
for it, but it was scored earlier; **{READ}**, the set was read while building, so it flatters; **{FITTED}**, causes of its
misses were mended, so it only shows what broke. No clinician has checked any label.
"""
TRIAGE = """\
## Levels of care

Alerted: at an acceptable level. Or asked: else the right sign's question. Silent: dangers with neither alert nor question. The
three on the right are of harmless messages.
"""
GROUPED = """\
### By how it is said

Dangers of all levels: alerted / alerted or asked / silent. Harmless: false emergency / false urgent / asked.
"""
TOPICS = """\
## Topics and units

Right: answered first. Best and three: the reader's own ranking, of questions that have a topic. Refused: of the same.
"""
LEVELS = ("emergency", "urgent", "see_doctor")
Results = Mapping[str, Mapping[str, Any]]


def page(results: Results) -> str:
    """The whole page."""
    parts = [_models(results), _triage(results), _grouped(results), _topics(results), _scope(results), _rest(results)]
    return "\n".join([HEAD, *("\n".join(lines) + "\n" for part in parts if (lines := list(part)))])


def _models(results: Results) -> Iterator[str]:
    """Which trained model was measured; more than one where sets were measured apart."""
    found: dict[str, list[str]] = {}
    for name, one in _scored(results):
        found.setdefault(one["model"], []).append(f"{name}{', first' if one['worth'] == FIRST else ''}")
    most = max(found, key=lambda model: len(found[model]), default="")
    apart = [f"{model} for {', '.join(names)}" for model, names in found.items() if model != most]
    yield f"Models: {'; '.join([most, *apart])}."


def _scored(results: Results) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every set with its figures; one that was scored before comes twice, its first score first."""
    for name, one in results.items():
        if "first" in one and one["worth"] != FIRST:
            yield name, {**one["first"], "kind": one["kind"], "worth": FIRST}
        yield name, one


def _of_kind(results: Results, *kinds: str) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, one) for name, one in _scored(results) if one["kind"] in kinds]


def _triage(results: Results) -> Iterator[str]:
    """One line a set, the first score of an unseen one apart."""
    found = _of_kind(results, "triage")
    if not found:
        return
    yield TRIAGE
    names = [f"{level}: alerted | or asked" for level in LEVELS]
    yield from _header(
        "set", *names, "silent", "false emergency", "false urgent", "asked", "worth", bars=2 * len(names) + 6
    )
    for name, one in found:
        yield _triage_line(name, one["figures"], one["worth"])


def _triage_line(name: str, figures: Figures, worth: str) -> str:
    cells = [_cell(figures, level, measure) for level in LEVELS for measure in ("alerted", "alerted or asked")]
    cells += [_cell(figures, "all", name) for name in ("silent", "false emergency", "false urgent", "harmless asked")]
    return _line(name, *cells, worth)


def _grouped(results: Results) -> Iterator[str]:
    """The unseen set beside all others together, by group."""
    found = {name: one["figures"] for name, one in results.items() if one["kind"] == "triage"}
    unseen = summed([figures for name, figures in found.items() if name in UNSEEN])
    seen = summed([figures for name, figures in found.items() if name not in UNSEEN and "," not in name])
    if not found:
        return
    yield GROUPED
    yield from _header(
        "group", "blind: dangers", "blind: harmless", "seen sets: dangers", "seen sets: harmless", bars=5
    )
    lengths = [name for _, name in LENGTHS]
    voices = [*(name for _, name in VOICES), OTHER_VOICES]
    for group in ("all", "with a denial", "without a denial", *dict.fromkeys(KINDS.values()), *lengths, *voices):
        if group in unseen or group in seen:
            yield _line(group, *(cell for one in (unseen, seen) for cell in _both(one, group)))


def _both(figures: Figures, group: str) -> tuple[str, str]:
    """Dangers and harmless messages of a group, three figures each."""
    dangers = [_cell(figures, group, name) for name in ("alerted", "alerted or asked", "silent")]
    harmless = [_cell(figures, group, name) for name in ("false emergency", "false urgent", "harmless asked")]
    return _together(dangers), _together(harmless)


def _together(cells: Sequence[str]) -> str:
    return "-" if set(cells) == {"-"} else " / ".join(cells)


def _topics(results: Results) -> Iterator[str]:
    """Topics and units."""
    found = _of_kind(results, "topics", "units")
    if not found:
        return
    yield TOPICS
    yield from _header(
        "set", "right", "right or offered", "refused", "best", "among three", "calibration error", "worth", bars=8
    )
    for name, one in found:
        figures = one["figures"]
        cells = [
            _cell(figures, "all", measure)
            for measure in ("right", "right or offered", "refused", "best is right", "among three")
        ]
        yield _line(name, *cells, _value(one, "calibration error"), one["worth"])


def _scope(results: Results) -> Iterator[str]:
    """What lies outside: a line a set, with what was not answered by category."""
    found = _of_kind(results, "scope")
    if not found:
        return
    yield "## Out of scope: not answered as a topic\n"
    categories = list(dict.fromkeys(group for _, one in found for group in one["figures"] if group != "all"))
    yield from _header("set", *categories, "all", "declined", "alerted or asked", "worth", bars=len(categories) + 5)
    for name, one in found:
        cells = [_cell(one["figures"], group, "not answered") for group in (*categories, "all")]
        cells += [_cell(one["figures"], "all", measure) for measure in ("declined", "alerted or asked")]
        yield _line(name, *cells, one["worth"])


def _rest(results: Results) -> Iterator[str]:
    """Acts and conversations."""
    found = _of_kind(results, "acts", "dialogues")
    if not found:
        return
    yield "## Acts and conversations\n"
    for name, one in found:
        shown = [f"{measure} {_cell(one['figures'], 'all', measure)}" for measure in one["figures"]["all"]]
        shown += [f"{measure} {_value(one, measure)}" for measure in one.get("values", {})]
        yield f"- {name} ({one['worth']}): {'; '.join(shown)}"


def _header(*names: str, bars: int) -> tuple[str, str]:
    return _line(*names), "|" + "---|" * bars


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(figures: Figures, group: str, measure: str) -> str:
    """A share with its counts, and its interval where the cases are few."""
    pair: Pair = figures.get(group, {}).get(measure, (0, 0))
    hits, cases = pair
    if not cases:
        return "-"
    low, high = interval(pair)
    between = f" [{low:.0%}-{high:.0%}]".replace("%-", "-") if cases < SMALL and low < high else ""
    return f"{hits / cases:.0%} {hits}/{cases}{between}"


def _value(one: Mapping[str, Any], name: str) -> str:
    """A figure that is no count."""
    if name not in one.get("values", {}):
        return "-"
    found, low, high, cases = one["values"][name]
    return f"{found:.3f}" + (f" [{low:.3f}-{high:.3f}]" if cases < SMALL else "")
