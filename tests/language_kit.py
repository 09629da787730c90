"""Heads fitted on a few texts with the encoder that ships, for tests that need none of the trained model's knowledge."""

from __future__ import annotations

import functools

from bot.language import assembly
from bot.language.corpus import NOTHING, Row, labelled
from bot.language.encoder import shared_encoder
from bot.language.model_files import Heads, fit
from bot.language.reader import Reader

QUESTIONS = {
    "footwear/fit": ["do these boots fit me", "my shoes are too tight", "should a shoe feel loose"],
    "footwear/fit.toe_room": ["how much room should my toes have", "how wide must the toe box be", "gap at the toe"],
    "causes/disc": ["is it a slipped disc", "my disc bulges at l5", "herniated disc in my back"],
    "causes/disc.heal": ["will my disc heal by itself", "do bulging discs shrink again", "how long until a disc mends"],
    "walking/hills": ["is walking uphill bad", "do slopes hurt my back", "should I avoid hills"],
    "walking/hills.down": ["coming down a slope is sore", "how do I walk downhill", "steep descents hurt me"],
    "social/thanks": ["thank you so much", "thanks a lot", "cheers for that"],
    "social/hello": ["hello there", "good morning to you", "hi"],
    "outside/foreign": ["what is the weather in rome", "book me a flight", "play some music"],
}
DANGERS = {
    "stroke": [
        "his face has dropped on one side", "my arm went weak and my speech is slurred", "she cannot lift one arm",
        "one side of my mouth droops", "my words come out slurred since noon",
    ],
    "cauda_equina": [
        "I am numb between my legs", "I cannot pass water since morning", "I wet myself and feel nothing down there",
        "no feeling when I wipe", "my bladder does not empty any more",
    ],
    NOTHING: [
        "my calves are stiff after a hike", "my toes go cold in winter", "my knee clicks on stairs",
        "no numbness between my legs", "my face is sunburnt", "my arm is tired from the bags",
    ],
}  # fmt: skip


def rows() -> list[Row]:
    """Every text as a row: questions and acts as Rasa names them, dangers as the examples tell them."""
    found = [labelled(text, label) for label, texts in QUESTIONS.items() for text in texts]
    for flag, texts in DANGERS.items():
        section = "affirmed" if flag else "look_alike"
        found += [Row(text, flag=flag, section=section, about=flag or "stroke") for text in texts]
    return found


@functools.lru_cache(maxsize=1)
def heads() -> Heads:
    """Heads fitted on these rows alone."""
    return fit(rows(), shared_encoder().encode, composed=0)


def reader() -> Reader:
    """A reader with these heads, over the signs, flags and entities that ship."""
    return assembly.reader(heads())
