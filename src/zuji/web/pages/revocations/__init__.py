"""Revoking a published version: proposed by one publisher, confirmed by another, both on the same preview."""
