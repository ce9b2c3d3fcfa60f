"""Basic databases: imported life cycle inventories as immutable releases, solved, with every dataset that came in and every one that did not."""
