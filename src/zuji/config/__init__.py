"""Settings from the environment, addresses, and the wiring of the parts (composition root)."""
