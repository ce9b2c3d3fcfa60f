"""Where the national database diverges from what is published here, for those who decide on factors."""
