"""The calculation: exact product carbon footprints. Usable alone, without a database, a web server or a network."""
