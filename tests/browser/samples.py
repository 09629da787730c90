"""One message of every kind, as the schema allows it, and the same full of what must do nothing."""

from __future__ import annotations

import copy
from typing import Any

Message = dict[str, Any]

SOURCES = [
    {"id": "nice", "title": "Low back pain: assessment and management", "publisher": "NICE", "year": 2020,
     "url": "https://www.nice.org.uk/guidance/ng59"},
    {"id": "walkback", "title": "WalkBack: walking and education to prevent back pain", "publisher": "The Lancet", "year": 2024},
]  # fmt: skip


def _message(kind: str, text: str, /, **fields: Any) -> Message:
    return {"v": 1, "id": f"sample-{kind}", "type": kind, "text": text, **fields}


def alert(level: str, title: str) -> Message:
    return {
        **_message(
            "alert",
            f"{title}.",
            level=level,
            title=title,
            body="You said you have **numbness between your legs**. This can be a sign of pressure on the nerves of the lower "
            "back. It needs care now.\n\n- Do not drive yourself.\n- Do not eat or drink until you were seen.",
            actions=[
                {"label": "Find a department near you", "url": "https://www.nhs.uk/service-search"},
                {"label": "Call 999 (ambulance)", "url": "tel:999"},
            ],
            ack_payload='/acknowledge{"alert":"cauda_equina"}',
            urgency=level,
            flags=["cauda_equina"],
        ),
        "id": f"sample-{level}",
    }


SAMPLES: dict[str, Message] = {
    "text": _message(
        "text",
        "Hello. I can help when your back hurts on walks. I am not a doctor and cannot say what you have.",
        quick_replies=[
            {"title": "Why does my back hurt?", "payload": '/causes{"topic":"causes/overview"}'},
            {"title": "Should I keep walking?", "payload": '/walking{"topic":"walking/keep_walking"}'},
            {"title": "Check my symptoms", "payload": "/check_symptoms"},
        ],
    ),
    "answer": _message(
        "answer",
        "Most people can and should keep walking.",
        topic="walking/keep_walking",
        title="Should I keep walking or rest?",
        body="Most people **can and should keep walking**, at a level that feels all right. Rest in bed for days makes "
        "it last longer.\n\nA simple rule:\n\n- Pain that stays mild and settles within a day is *fine*.\n"
        "- Pain that climbs as you walk means: slow down, or turn back.\n\n1. Halve the distance.\n2. Walk every day.\n"
        "3. Add a little each week.\n\nMore at [NICE](https://www.nice.org.uk/guidance/ng59).",
        sources=SOURCES,
        evidence="strong",
        checked_on="2026-03-12",
        see_also=[
            {"topic": "walking/pace", "title": "How fast should I walk?", "payload": '/walking{"topic":"walking/pace"}'},
            {"topic": "care/pain_relief", "title": "What eases the pain", "payload": '/care{"topic":"care/pain_relief"}'},
        ],
        quick_replies=[{"title": "Why is that?", "payload": '/why{"topic":"walking/keep_walking"}'}],
    ),
    "choices": _message(
        "choices",
        "Which of these do you mean?",
        options=[
            {"title": "Shoes: how much cushioning do I need?", "topic": "footwear/fit", "payload": "/a"},
            {"title": "Insoles and arch support", "topic": "footwear/insoles", "payload": "/b"},
            {"title": "When to buy new shoes", "topic": "footwear/replacement", "payload": "/c"},
        ],
    ),
    "emergency": alert("emergency", "Call 999 or go to A&E now"),
    "urgent": alert("urgent", "See a doctor today"),
    "see_doctor": alert("see_doctor", "Book a visit in the next days"),
    "question": _message(
        "question",
        "Is there numbness between your legs, or a new change in how you pee or poo?",
        step=2,
        of=11,
        kind="yes_no",
        options=[{"title": word, "payload": f"/{word}"} for word in ("Yes", "No", "Not sure")],
        skip_payload="/skip",
    ),
    "number": {
        **_message("question", "How strong is the pain now, from 0 to 10?", step=1, of=1, kind="number"),
        "id": "sample-number",
    },
    "exercise": _message(
        "exercise",
        "Bird-dog: trunk and hip muscles.",
        title="Bird-dog",
        image={"src": "/static/exercises/bird_dog.svg", "alt": "On hands and knees, one leg and the other arm reach out."},
        steps=[
            "Start on your hands and knees, with your back flat.",
            "Slide one foot back until the leg is straight. Lift it no higher than your back.",
            "Reach forward with the other arm. Breathe.",
            "Come back slowly and change sides.",
        ],
        dose={"sets": "1 to 3", "reps": "5 to 10 on each side, slowly", "hold": "3 to 5 seconds", "how_often": "every other day",
              "note": "Stop while it still feels easy."},
        cautions=["Put a folded towel under sore knees.", "Leave it out if leaning on your wrists hurts."],
        easier="Only slide the foot back and keep both hands down.",
        harder="Hold for ten seconds.",
        sources=SOURCES[:1],
        evidence="moderate",
        checked_on="2026-03-12",
    ),
    "table": _message(
        "table",
        "Walking shoes compared.",
        caption="Which shoe for which walk?",
        columns=[{"key": "shoe", "label": "Shoe"}, {"key": "cushioning", "label": "Cushioning"},
                 {"key": "walks", "label": "Good for"}, {"key": "watch", "label": "Watch out for"}],
        rows=[
            {"shoe": "Walking shoe", "cushioning": "Medium", "walks": "Paths and roads", "watch": "Heel that is too stiff"},
            {"shoe": "Running shoe", "cushioning": "High", "walks": "Pavement", "watch": "Wears out sooner"},
            {"shoe": "Light boot", "cushioning": "Low to medium", "walks": "Rough ground", "watch": "Weight: tired legs"},
        ],
        sources=SOURCES[1:],
        evidence="weak",
    ),
    "chart": _message(
        "chart",
        "Your pain fell from 6 to 3 while your walks grew from 10 to 25 minutes.",
        title="Your last ten days",
        x=[f"{day} March" for day in range(1, 11)],
        series=[
            {"name": "Pain", "unit": "0 to 10", "max": 10, "values": [6, 6, 5, None, 5, 4, 4, 3, 4, 3]},
            {"name": "Walk", "unit": "minutes", "values": [10, 10, 12, 0, 15, 15, 18, 20, 20, 25]},
        ],
    ),
    "plan": _message(
        "plan",
        "A gentle plan of three weeks.",
        title="Back to walking, gently",
        weeks=[
            {"label": f"Week {week}", "days": [
                {"day": "Monday", "what": "Walk on the flat", "minutes": 5 + 5 * week},
                {"day": "Tuesday", "what": "Rest, or a slow stretch"},
                {"day": "Thursday", "what": "Walk, with one short hill", "minutes": 8 + 5 * week},
                {"day": "Saturday", "what": "Walk with a friend", "minutes": 10 + 5 * week},
            ]} for week in (1, 2, 3)
        ],
        download="/static/plan.txt",
        sources=SOURCES,
        evidence="guides_disagree",
    ),
    "summary": _message(
        "summary",
        "Here is what you told me.",
        title="Your symptom check",
        sections=[
            {"heading": "What you told me", "lines": ["Back pain for five weeks, on walks over a mile.", "No numbness, no fever."]},
            {"heading": "What to do", "lines": ["Please book a visit with your doctor or a physio, and show them this list."]},
            {"heading": "What to watch for", "lines": ["Numbness between your legs, weak legs, fever. If one comes, call 999."]},
        ],
    ),
    "notice": _message(
        "notice",
        "I am sorry, I cannot help with that. I only know about back pain and walking.",
        reason="out_of_scope",
        quick_replies=[{"title": "When to see a doctor", "payload": '/care{"topic":"care/when_to_see_doctor"}'}],
    ),
}  # fmt: skip

HOSTILE = (
    '"><img src=x onerror="window.hacked=1"><svg onload=window.hacked=1><script>window.hacked=1</script>'
    "[click](javascript:window.hacked=1) **[b](data:text/html,<script>window.hacked=1</script>)** ${window.hacked=1} {{7*7}}"
)
HOSTILE_ADDRESSES = (
    "javascript:window.hacked=1", " javascript:window.hacked=1", "JaVaScRiPt:window.hacked=1", "java\nscript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>", "vbscript:x", "blob:x", "file:///etc/passwd", "https://evil.example/x.png",
    "//evil.example/x.png", "/\\evil.example/x.png",
)  # fmt: skip


def hostile(message: Message, address: str) -> Message:
    """The message with markup in place of every text and an address of a bad kind in place of every good one."""
    kept = {"v", "id", "type", "level", "kind", "evidence", "reason", "urgency", "key"}

    def spoil(value: Any, name: str = "") -> Any:
        if name in kept:
            return value
        if isinstance(value, dict):
            return {key: spoil(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [spoil(one, name) for one in value]
        if isinstance(value, str):
            return address if name in ("url", "src", "download") else HOSTILE
        return value

    spoiled: Message = spoil(copy.deepcopy(message))
    return spoiled
