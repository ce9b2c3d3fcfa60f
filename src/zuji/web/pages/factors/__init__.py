"""The factor browser."""
