"""Trains the reader: from annotated text to the weights in kg/heads/weights. Not part of the wheel."""
