"""A released database as files and back: arrays as ``.npy``, a list of processes, and a manifest with the hash of each.

The same database gives the same bytes. Nothing here opens a file: :mod:`zuji.registry.factors.releases` keeps the folder.
"""

from zuji.formats.background.files import BadRelease, Manifest, identity, read_manifest, release_files, released

__all__ = ["BadRelease", "Manifest", "identity", "read_manifest", "release_files", "released"]
