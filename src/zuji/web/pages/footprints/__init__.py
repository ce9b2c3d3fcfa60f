"""Calculated footprints and their reports."""
