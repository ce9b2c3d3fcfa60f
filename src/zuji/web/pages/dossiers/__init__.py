"""Factors on their way to publication: drafts, the desk of every duty, spot checks and the record of how submitters do."""
