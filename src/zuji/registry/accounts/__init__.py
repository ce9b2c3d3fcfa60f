"""People, enterprises, and who may act for which enterprise."""
