"""Runs a build: writes what it gives, all files or none, and sums it up."""
