"""Whom pronouns and descriptions speak of."""
