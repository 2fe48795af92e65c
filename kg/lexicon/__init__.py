"""Knowledge of English and of well-known names, as checked YAML, loaded by `load_lexicon()`."""

from kg.lexicon.entries import NO_OBJECT, Condition, Frame
from kg.lexicon.governors import Effect, Governor, GovernorPart, Governors
from kg.lexicon.lexicon import Lexicon
from kg.lexicon.load import load_lexicon
from kg.lexicon.name_schema import RelationCue
from kg.lexicon.tables import Tables

__all__ = [
    "NO_OBJECT",
    "Condition",
    "Effect",
    "Frame",
    "Governor",
    "GovernorPart",
    "Governors",
    "Lexicon",
    "RelationCue",
    "Tables",
    "load_lexicon",
]
