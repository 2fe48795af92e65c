"""The triples of each kind of fact, a module a kind: each writes its kind onto the article's sheet."""
