"""The audit chain: one event for every write, each naming the one before it by its hash."""
