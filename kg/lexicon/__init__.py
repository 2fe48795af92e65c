"""Knowledge of English and of well-known names, as checked YAML, loaded by `load_lexicon()`."""

from kg.event_classes import EventClass
from kg.lexicon.entries import NO_OBJECT, Condition, Frame, Idiom
from kg.lexicon.governors import Effect, Governor, GovernorPart, Governors
from kg.lexicon.lexicon import (
    Cues,
    Lexicon,
    Organizations,
    People,
    Places,
    Relations,
    SpellingVariants,
    Titles,
)
from kg.lexicon.load import load_lexicon
from kg.lexicon.tables import Tables
from kg.lexicon.words import (
    Kinship,
    LightVerb,
    Metonym,
    Organization,
    PersonNoun,
    RelationCue,
    SpeechVerb,
)

__all__ = [
    "NO_OBJECT",
    "Condition",
    "Cues",
    "Effect",
    "EventClass",
    "Frame",
    "Governor",
    "GovernorPart",
    "Governors",
    "Idiom",
    "Kinship",
    "Lexicon",
    "LightVerb",
    "Metonym",
    "Organization",
    "Organizations",
    "People",
    "PersonNoun",
    "Places",
    "RelationCue",
    "Relations",
    "SpeechVerb",
    "SpellingVariants",
    "Tables",
    "Titles",
    "load_lexicon",
]
