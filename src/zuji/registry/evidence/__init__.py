"""Evidence files: what an enterprise hands in to show where a number comes from."""
