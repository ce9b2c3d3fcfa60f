"""The programming interface, ``/v1``: the same queries and operations as the pages, one endpoint group a file."""
