"""Trains the Rasa model of this checkout: `python -m bot.nlu.train --out models --name stridewell`.

Rasa's warnings that do not fit are silenced, every other one about our data is an error. docs/architecture.md names them.
"""

from __future__ import annotations

import argparse
import re
import sys
import warnings

EXPECTED = (
    # Our retrieval intents are answered by actions, not by a response of the domain.
    re.compile(r"Action 'utter_[a-z_]+' is listed as a response action in the domain file, but there is no matching"),
    re.compile(
        r"You either need to add a response phrase or correct the intent for this example in your training data"
    ),
    re.compile(r"does not include a response selector component"),
    # Rasa adds the retrieval intents to the domain by itself, and finds them there.
    re.compile(r"duplicated intents have been found across multiple domain files"),
    # Said by training alone. bot.rasa_host.policy takes RulePolicy's place, with its default intents.
    re.compile(r"'RulePolicy' is not included in the model's policy configuration"),
    # Said by training alone, of every domain with slots.
    re.compile(r"Slot auto-fill has been removed"),
)


def train(*, out: str, name: str, data: str = "data", domain: str = "domain.yml", config: str = "config.yml") -> str:
    """Trains and returns the model's path. Raises UserWarning for any warning of Rasa's that is not expected."""
    import rasa.api  # heavy: only when training

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        result = rasa.api.train(domain, config, [data], out, fixed_model_name=name, force_training=True)
    unexpected = [str(warning.message) for warning in caught if _matters(warning)]
    if unexpected:
        raise UserWarning("\n".join(unexpected))
    if not result.model:
        raise RuntimeError(f"Rasa trained no model (code {result.code})")
    return str(result.model)


def _matters(warning: warnings.WarningMessage) -> bool:
    """Whether a warning is Rasa's word on our data and not one of the two expected."""
    text = str(warning.message)
    ours = issubclass(warning.category, UserWarning) and "rasa" in warning.filename
    return ours and not any(pattern.search(text) for pattern in EXPECTED)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="models")
    parser.add_argument("--name", default="stridewell")
    arguments = parser.parse_args()
    train(out=arguments.out, name=arguments.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
