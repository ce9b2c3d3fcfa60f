"""Calculated footprints: what was calculated, its result, and the documents written of it, kept as they were."""
