"""A talk made of random messages, and what must hold at each of its turns.

python -m tests.conversations.random_talk 10000 7     turns and seed: plays that many and prints what broke
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.conversation import codec
from bot.conversation.alerting import stands
from bot.conversation.questions import MOST_ASKED
from bot.conversation.state import State
from bot.messages import Message
from bot.model import Urgency
from evaluation.playing import REGION, Played, Player, player

DATA = Path("data") / "nlu"
CASES = Path(__file__).parent / "cases" / "thread.yml"
LENGTH = (5, 60)
"""Turns of one conversation, at least and at most."""
DANGER, ACT = 0.04, 0.6
"""Shares of the messages that tell of an emergency, and of the others that are acts rather than questions."""
WISHES = ("goal/", "control/", "reply/", "withdraw/")
"""Acts on which a question is asked because of what was said."""
LOOP = 3
"""The same reply so many times running is a loop."""


@dataclass
class Broken:
    """What was played, and what did not hold: the rule and the messages up to it."""

    turns: int = 0
    alarms: int = 0
    found: list[tuple[str, list[str]]] = field(default_factory=list)


def texts() -> tuple[list[str], list[str], list[str]]:
    """What people type, from the training data: acts and questions; and the alarms of the cases."""
    acts: list[str] = []
    asks: list[str] = []
    for path in sorted(DATA.rglob("*.yml")):
        here = acts if path.parent.name == "conversation" else asks
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            here += [line[2:].strip() for line in str(block["examples"]).splitlines() if line.startswith("- ")]
    return acts, asks, list(yaml.safe_load(CASES.read_text(encoding="utf-8"))["alarms"].values())


def messages_of(choose: random.Random) -> Iterator[tuple[str, bool]]:
    """Messages without end, each with whether it tells of an emergency."""
    acts, asks, alarms = texts()
    while True:
        if choose.random() < DANGER:
            yield choose.choice(alarms), True
        else:
            yield choose.choice(acts if choose.random() < ACT else asks), False


def seen(messages: tuple[Message, ...]) -> str:
    """What a person reads of a turn."""
    return "\n".join(str(message["text"]) for message in messages)


def wrong(now: Played, before: State, after: State, *, danger: bool) -> Iterator[str]:
    """The rules that a turn breaks."""
    if not now.messages:
        yield "silent"
    if danger and now.level is not Urgency.EMERGENCY and not stands(after.episode):
        yield "an alarm is lost"
    fell = stands(before.episode) and (
        not stands(after.episode) or after.episode.level.rank < before.episode.level.rank
    )
    if fell and not now.meaning.alert.stands_down and not now.meaning.alert.new:
        yield "a level fell by itself"
    if codec.load(codec.dump(after)) != after:
        yield "the state is not the same when it is read again"


def counted(before: Mapping[str, int], now: Played, after: State) -> dict[str, int]:
    """How often each question that is open now was asked without being wished for."""
    wished = any(act.act.startswith(WISHES) for act in now.meaning.acts)
    put = "question" in now.types and not wished
    top = after.questions[0].slot if after.questions else None
    return {one.slot: before.get(one.slot, 0) + (put and one.slot == top) for one in after.questions}


def play(who: Player, turns: int, seed: int) -> Broken:
    """Plays so many turns in conversations of random length."""
    choose = random.Random(seed)
    source, result = messages_of(choose), Broken()
    while result.turns < turns:
        state, typed, replies = State(), [], [""]
        asked: dict[str, int] = {}
        for number in range(choose.randint(*LENGTH)):
            text, danger = next(source)
            typed.append(text)
            read = who.reader.read(text)
            meaning = who.interpreter.interpret(read, state, message_id=str(number))
            reply = who.assistant.respond(meaning, region=REGION)
            now = Played(text, read, meaning, reply.messages)
            result.found += [(rule, typed[-6:]) for rule in wrong(now, state, reply.state, danger=danger)]
            replies.append(seen(reply.messages))
            asked = counted(asked, now, reply.state)
            result.found += [
                (f"{slot} asked too often", typed[-6:]) for slot, times in asked.items() if times > MOST_ASKED
            ]
            warned = (
                meaning.alert.level is not None and not meaning.alert.repeat
            )  # a danger told again is alarmed again
            if len(set(replies[-LOOP:])) == 1 and not warned:
                result.found.append(("a loop", [*typed[-6:], replies[-1]]))
            state = reply.state
            result.turns += 1
            result.alarms += danger
    return result


def main(arguments: list[str]) -> int:
    """The command line."""
    turns, seed = (int(one) for one in (arguments + ["10000", "7"][len(arguments) :])[:2])
    began = time.monotonic()
    result = play(player(), turns, seed)
    for rule, typed in result.found:
        sys.stdout.write(f"{rule}: {typed}\n")
    took = time.monotonic() - began
    figures = f"{result.turns} turns, {result.alarms} alarms, {len(result.found)} broken rules"
    sys.stdout.write(f"{figures}, {took:.0f} s, seed {seed}\n")
    return 1 if result.found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
