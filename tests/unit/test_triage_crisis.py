"""Words of crisis are always heard, and words that only sound like them never are (decision 9)."""

from __future__ import annotations

import pytest

from bot.content.reader import read_content
from bot.content.replies import read_replies
from bot.language.pipeline import FindingReader
from bot.model import Urgency
from bot.triage import Triage
from bot.triage.concepts import CRISIS

REAL = [
    "the voices keep telling me to hurt myself on my walks",
    "im not suicidal or anything i just want it all to end tonight with my pills",
    "I have worked out which bridge and which day",
    "everyone at home would be better off without me and this back",
    "some nights I hope I go to sleep and never wake up",
    "I've been saving my tablets, got about sixty now",
    "wrote letters to the children last night, they are in the drawer",
    "I cut myself on purpose again because of the pain",
    "no fever no numbness, i just dont want to be alive anymore",
    "what's the point of living if i can't walk",
    "I keep thinking about killing myself, sorry, which stretches help?",
    "my husband says he is going to end his life if the op fails",
    "ready to die honestly, 3 years of sciatica",
    "if the pain is still here friday im ending it all",
    "I feel suicidal since the surgeon said no",
    "i cant do another day of this, the rope is in the shed",
    "mum texted goodbye to the family and wont answer",
    "i am going to take all my amitriptyline tonight",
    "I wish I were dead, thanks for the shoe tips anyway",
    "thinking of stepping in front of a train on my way to work",
]
NOT_MEANT = [
    "This is ridiculous. How do I get out of this?",
    "It's not stopping me doing anything.",
    "im fed up with this pain",
    "I can't take it anymore, the treadmill is so boring",
    "this bot is killing me, just answer the question",
    "these shoes are murder on my heels",
    "I give up, you never understand me",
    "my back is killing me after that hill",
    "dying for a cup of tea after my walk",
    "let's end it here, thanks for the help",
    "I'm done with you, useless thing",
    "how do I end this chat?",
    "can I stop this now please",
    "I'd rather stick pins in my eyes than do another plank",
    "my feet are dead after ten miles",
    "that last mile nearly finished me off",
    "the boredom of walking in circles is going to be the death of me",
    "I'm sick of this back pain and sick of being told to rest",
    "no point doing the stretches if I skip the walk is there",
    "what is the point of warming up?",
    "I want this pain to go away so I can dance at the wedding",
    "I have had enough of these questions",
    "I'd kill for a decent pair of insoles",
    "do I have to keep going every day or can I skip one?",
    "you keep asking the same thing, I can't stand it",
    "my old car died on the way to the park",
    "I never want to see another hill again lol",
    "I jumped off the bottom step and felt a twinge",
    "I was hanging my washing and my back went",
    "should I end my walk with a stretch?",
]


@pytest.fixture(scope="module")
def reader() -> FindingReader:
    return FindingReader(read_content().signs.values())


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage(read_content().red_flags)


@pytest.mark.parametrize("text", REAL)
def test_a_real_crisis_alerts(text: str, reader: FindingReader, triage: Triage) -> None:
    assessed = triage.assess(reader.read(text))
    assert CRISIS in assessed.flags
    assert assessed.urgency is Urgency.EMERGENCY


@pytest.mark.parametrize("text", NOT_MEANT)
def test_frustration_boredom_and_idioms_are_no_crisis(text: str, reader: FindingReader, triage: Triage) -> None:
    assessed = triage.assess(reader.read(text))
    assert CRISIS not in (*assessed.flags, *assessed.ask)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("a friend died by suicide years ago", "suicide_bereavement"),
        ("lost my brother to suicide in 2011, walking keeps me sane", "suicide_bereavement"),
        ("my cousin took his own life when we were at school", "suicide_bereavement"),
        ("I was anorexic and now I want to lose weight for my back", "eating_disorder"),
        ("I make myself sick so the weight stays off my spine", "eating_disorder"),
        ("been told I have an eating disorder, how far should I walk?", "eating_disorder"),
    ],
)
def test_what_has_a_reply_of_its_own_is_no_alarm(
    text: str, concept: str, reader: FindingReader, triage: Triage
) -> None:
    found = reader.read(text)
    assert concept in {finding.concept for finding in found if finding.ever}
    assert concept in read_replies().signs
    assert triage.assess(found).urgency is Urgency.SELF_CARE
