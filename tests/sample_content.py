"""A small, valid content folder for tests that need content of a known kind."""

from __future__ import annotations

import textwrap
from pathlib import Path

FILES = {
    "sources.yml": """
        guide:
          title: A guide to backs
          publisher: Back Board
          year: 2020
          url: https://example.org/guide
          checked: page
        hearsay:
          title: What they say
          url: https://example.org/say
          checked: background
        """,
    "help_lines.yml": """
        GB:
          name: United Kingdom
          emergency: {label: Emergency, number: "999", source: guide}
          same_day: {label: Advice today, number: "111", source: guide}
          crisis: null
          poison: null
        """,
    "conditions.yml": """
        thin_bones: {name: Thin bones, told: your bones are thin}
        """,
    "entities.yml": """
        crocs: {kind: shoe, names: [crocs], sentence: Soft clogs slip., general_advice: true}
        """,
    "articles/causes/disc.yml": """
        id: causes/disc
        title: Discs
        short: A disc can be sore. It often settles.
        sources: [guide]
        evidence: moderate
        checked_on: 2026-03-01
        more:
          how:
            text: Walk a little, and often.
            sources: [guide, hearsay]
          why:
            text: Backs like to move.
            general_advice: true
        table:
          caption: What helps
          columns:
            - {key: what, label: What}
            - {key: why, label: Why}
          rows:
            - {what: A walk, why: It is kind}
          sources: [guide]
        exercises: [bridge]
        """,
    "exercises/bridge.yml": """
        id: bridge
        name: Bridge
        kind: strength
        position: on your back
        targets: bottom
        steps: [Lie down., Lift up.]
        dose: {reps: 5 to 10}
        cautions: [Go slowly.]
        sources: [guide]
        checked_on: 2026-03-01
        """,
    "red_flags/cauda_equina.yml": """
        id: cauda_equina
        condition: Squeezed nerves
        urgency: emergency
        screen_order: 4
        title: This needs a check now
        tell: {you: "{emergency} now.", other: "{emergency} for them now."}
        ask: Is there any numbness between your legs?
        questions: [Is there numbness between your legs?]
        verification: checked
        sources: [guide]
        explained: allowed
        alone: [saddle_change]
        together: [bladder_change]
        """,
    "signs/saddle_change.yml": """
        concept: saddle_change
        phrases:
        - numb down there
        - {say: numb, weak: true}
        not_with: [bench]
        also:
        - phrases: [dead down there]
        cases:
          affirmed: [I am numb down there, it is dead down there]
          absent: [numb from the bench]
        """,
    "signs/bladder_change.yml": """
        concept: bladder_change
        event: true
        phrases: [can not pee]
        """,
    "examples/cauda_equina.txt": """
        [affirmed]
        saddle_change+other| gone numb where I sit
        cannot pee since noon
        [look_alike]
        my foot is numb
        """,
}


def write_content(project: Path, changes: dict[str, str | None] | None = None) -> Path:
    """Writes FILES, with some replaced, added or (None) left out, and returns the content folder."""
    root = project / "bot" / "content"
    for name, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    return root
