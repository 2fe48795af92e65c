"""Knowledge of English and of well-known names, as checked YAML, loaded by `load_lexicon()`."""

from kg.lexicon.entries import NO_OBJECT, Condition, EventClass, Frame, Idiom
from kg.lexicon.lexicon import (
    Cues,
    Lexicon,
    ModalityWords,
    Organizations,
    People,
    Places,
    Relations,
    Spelling,
    Titles,
)
from kg.lexicon.load import load_lexicon
from kg.lexicon.tables import Tables
from kg.lexicon.words import (
    CuePhrase,
    Embedding,
    Kinship,
    LightVerb,
    Metonym,
    Organization,
    PersonNoun,
    RelationCue,
    SpeechVerb,
    Title,
)

__all__ = [
    "NO_OBJECT",
    "Condition",
    "CuePhrase",
    "Cues",
    "Embedding",
    "EventClass",
    "Frame",
    "Idiom",
    "Kinship",
    "Lexicon",
    "LightVerb",
    "Metonym",
    "ModalityWords",
    "Organization",
    "Organizations",
    "People",
    "PersonNoun",
    "Places",
    "RelationCue",
    "Relations",
    "SpeechVerb",
    "Spelling",
    "Tables",
    "Title",
    "Titles",
    "load_lexicon",
]
