"""What decides whether a message lies outside: the evidence in its words and in the heads, and the model that ships."""

from __future__ import annotations

import pytest

from bot.language.scope import FEATURES, LIMIT, ScopeModel, read_scope
from scripts.tuning.scope import COSTS, thresholds

MODEL = ScopeModel(
    weights=(1.0, -0.5, -2.0, -1.0, 2.0),
    bias=0.0,
    back=frozenset({"back", "disc"}),
    walk=frozenset({"walk", "shoe"}),
    elsewhere=frozenset({"knee", "tooth"}),
)


def named(text: str) -> dict[str, float]:
    return dict(zip(FEATURES, MODEL.features(text, outside=0.5, topic=0.5), strict=True))


@pytest.mark.parametrize(
    ("text", "back", "walk", "elsewhere"),
    [
        ("My knees click", 0.0, 0.0, 1.0),
        ("my knees and my BACK hurt", 1.0, 0.0, 0.0),
        ("which shoes for discs?", 1.0, 1.0, 0.0),
        ("tooth hurts when I walk", 0.0, 1.0, 1.0),
        ("backgammon and footloose", 0.0, 0.0, 0.0),
    ],
)
def test_words_of_the_back_weigh_more_than_other_parts_of_the_body(
    text: str, back: float, walk: float, elsewhere: float
) -> None:
    found = named(text)
    assert (found["back"], found["walk"], found["elsewhere"]) == (back, walk, elsewhere)


def test_the_heads_are_heard_but_no_head_decides_alone() -> None:
    assert named("x")["act"] == named("x")["topic"] == 0.0
    least, most = (MODEL.features("x", outside=odds, topic=odds)[0] for odds in (0.0, 1.0))
    assert (least, most) == (-LIMIT, LIMIT)
    inside, outside = (MODEL.outside(MODEL.features("x", outside=odds, topic=0.5)) for odds in (0.1, 0.9))
    assert 0 < inside < 0.5 < outside < 1


def test_the_model_that_ships_hears_both_sides() -> None:
    model = read_scope()
    near = model.outside(model.features("is a torn meniscus in the knee bad", outside=0.5, topic=0.5))
    ours = model.outside(model.features("is a torn disc in the back bad", outside=0.5, topic=0.5))
    assert ours < near
    assert not model.back & model.elsewhere


def test_the_thresholds_follow_from_the_costs() -> None:
    answer, decline = thresholds()
    assert 0 < decline < answer < 1
    # At each threshold both ways out cost the same.
    answered, offered = (
        COSTS["answered"] * (1 - answer),
        COSTS["offered"] * (1 - answer) + COSTS["offered_ours"] * answer,
    )
    assert answered == pytest.approx(offered)
    offered = COSTS["offered"] * (1 - decline) + COSTS["offered_ours"] * decline
    assert offered == pytest.approx(COSTS["declined_ours"] * decline)
