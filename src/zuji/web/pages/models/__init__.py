"""Product models and their rules."""
