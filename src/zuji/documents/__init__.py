"""Reports and charts: a result in, documents out. Pure: no clock, no network, no database."""
