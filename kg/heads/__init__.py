"""Learned judgements: vectors and features in, scores out; nothing is decided here."""
