"""One archive with everything: the database, the evidence files, and a manifest that says what must be in it."""
