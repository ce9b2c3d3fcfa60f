"""What this is, and for whom."""
