"""The triples of each kind of fact, a module a kind: each adds its kind to the article's triples."""
