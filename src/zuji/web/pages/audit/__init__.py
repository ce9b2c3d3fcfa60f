"""The record of what was done, for auditors."""
