"""Imported basic databases: what came in, what did not and why, and what is behind each number."""
