"""Two footprints side by side."""
