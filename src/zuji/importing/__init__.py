"""Importing an inventory database from the file system: read in a limited child process, resumable, judged by the gate.

    from zuji.importing import import_inventory
    done = import_inventory(Path("TianGong.zip"), "ilcd", rule="only-provider", year=2026)

Nothing is stored here: whoever keeps a release in the database calls this first and then writes what it returns as a whole.
"""

from zuji.importing.run import Imported, ImportRefused, decided, import_inventory

__all__ = ["ImportRefused", "Imported", "decided", "import_inventory"]
