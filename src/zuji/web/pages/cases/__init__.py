"""Submitting a version, signing it, and the cases that come of it."""
