"""An enterprise's products: the guided form, its answers with their history, and the way to a calculated footprint."""
