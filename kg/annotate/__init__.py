"""Chooses and loads the spaCy pipeline and annotates articles in batches."""

from kg.annotate.pipeline import annotate, load_bare, load_model

__all__ = ["annotate", "load_bare", "load_model"]
