"""Which names of an article name one thing."""
