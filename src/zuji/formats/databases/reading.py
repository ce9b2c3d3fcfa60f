"""Every file of a package through the reader of its format, one part after the other: what runs in a child process."""

from collections.abc import Callable, Generator, Mapping
from itertools import islice

from zuji.formats import brightway, ecospold1, ecospold2, ilcd, olca, simapro, tidas
from zuji.formats.intake import open_package
from zuji.formats.inventory import Part, part_to_plain

READER = "3"  # raised when the same file may be read into other parts than before: half-finished work of another reader is done again

FORMATS: Mapping[str, Callable[[str, bytes], Part]] = {
    "ilcd": ilcd.read_member,
    "tidas": tidas.read_member,
    "ecospold1": ecospold1.read_member,
    "ecospold2": ecospold2.read_member,
    "olca": olca.read_member,
    "simapro": simapro.read_member,
    "brightway": brightway.read_member,
}


def read_package(data: bytes, *, form: str, name: str, start: int = 0) -> Generator[dict[str, object], None, int]:
    """For each file of the package, from the ``start``-th on, its name and what it holds; the value at the end is their number.

    The order of the files is that of the package, always the same, so that what was interrupted goes on where it stopped. Raises
    ``PackageRefused`` before the first file where the package as a whole is not taken.
    """
    package = open_package(data, name)
    read = FORMATS[form]
    for file, content in islice(package, start, None):
        yield {"file": file, "of": len(package.members), "part": part_to_plain(read(file, content))}
    return len(package.members)
