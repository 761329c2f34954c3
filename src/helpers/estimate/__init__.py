"""Estimates: what can be said of the dead whom no list names."""
