"""The words and numbers of the templates."""
