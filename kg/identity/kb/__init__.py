"""The offline knowledge base: things with their names, how well known they are, and what is said of them."""
