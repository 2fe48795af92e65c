"""What the kinds of things are counted by, in SPARQL: one definition for the command line, the site and the page."""

from __future__ import annotations

_ROLES = (
    "{ SELECT DISTINCT ?member ?role ?organization { ?s a org:Membership ; org:member ?member ; org:role ?role "
    "OPTIONAL { ?s org:organization ?organization } } }"
)
COUNTED = {
    "articles": "?s a schema:NewsArticle",
    "people": "?s a schema:Person",
    "organisations": "?s a schema:Organization",
    "places": "?s a schema:Place",
    "events": "?s a sem:Event",
    "statements": "?s a nkg:Statement",
    "roles": _ROLES,
    "relations": "?s a nkg:Relation",
}
"""By the name of each kind the pattern whose rows are counted, with the model's prefixes.

A role is a person, a title and, where it's told, the organisation. The graph has a membership for each article that
tells of one, and one more where the tense or the modality differs: those are its tellings.
"""
COUNTS = "SELECT ?kind (COUNT(*) AS ?n) {{ {} }} GROUP BY ?kind".format(
    " UNION ".join(f'{{ {pattern} BIND ("{kind}" AS ?kind) }}' for kind, pattern in COUNTED.items())
)
"""How many of each kind there are; a kind without any has no row."""
ACTIVE = "nkg:agent|nkg:patient"
"""Who takes part in an event: by how many events somebody is in, actors are ranked everywhere."""
TOGETHER = f"?event {ACTIVE} ?one ; {ACTIVE} ?other"
"""Who takes part in an event with whom: by how many events two are in, pairs are ranked everywhere."""
