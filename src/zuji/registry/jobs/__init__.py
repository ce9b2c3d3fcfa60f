"""Background jobs: rows beside the change that asks for them, done once although processes die (ADR 0015)."""
