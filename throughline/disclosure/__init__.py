"""Hides small counts so that nobody can work them out, and tries to work them out."""

# Loaded at once, not when first used: a late import of the module `attack` would take the place of the function.
from .attack import attack, broken
from .suppression import Suppressed, suppress

__all__ = ["Suppressed", "attack", "broken", "suppress"]
