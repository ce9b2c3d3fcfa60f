"""Other systems: each with a protocol, the real one, and one that stands in where there is none."""
