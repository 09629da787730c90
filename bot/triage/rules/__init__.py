"""Combination rules by condition. Every module of this package registers its rules; RULES holds them all."""

from __future__ import annotations

import importlib
import pkgutil

from bot.triage.rules.registry import Rule, registered

for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")

RULES: tuple[Rule, ...] = registered()

__all__ = ["RULES", "Rule"]
