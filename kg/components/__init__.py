"""The analysis in parts that can be exchanged: six seams, what is built in, and what other packages plug in.

A package offers a component by an entry point of the group `kg.components`, `docs/extending.md` shows how.
"""

from kg.components.registry import BUILT_IN, Components, load_components
from kg.extract.seams import (
    Discourse,
    EventExtractor,
    Extractors,
    RelationExtractor,
    RoleExtractor,
    StatementExtractor,
)
from kg.resolve.seams import CoreferenceResolver, MentionDetector, Resolvers

__all__ = [
    "BUILT_IN",
    "Components",
    "CoreferenceResolver",
    "Discourse",
    "EventExtractor",
    "Extractors",
    "MentionDetector",
    "RelationExtractor",
    "Resolvers",
    "RoleExtractor",
    "StatementExtractor",
    "load_components",
]
