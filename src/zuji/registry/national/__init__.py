"""Rows of the national database beside ours: taken in, judged, compared, and made into drafts; never published by themselves."""
