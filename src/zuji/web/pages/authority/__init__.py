"""The desk of everybody with a duty: what waits for them, and every page that their duties open."""
