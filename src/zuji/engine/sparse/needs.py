"""What each product needs of each other: a sparse matrix by consumer, checked at the door."""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from zuji.engine.errors import BadMatrix
from zuji.engine.sparse.compiled import compiled
from zuji.engine.text import Text

Floats = NDArray[np.float64]
Places = NDArray[np.int32]
Starts = NDArray[np.int64]


Scalar = TypeVar("Scalar", bound=np.generic)


def frozen(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """The array if nobody can write to it, as one mapped from a file; else a copy that nobody can write to."""
    if array.flags.writeable:
        array = array.copy()
        array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False, slots=True)
class Needs:
    """Row j holds what one unit of product j needs: ``amounts[k]`` units of product ``suppliers[k]``, k from ``starts[j]`` to ``starts[j+1]``.

    It is the transpose of the technosphere matrix A of Heijungs and Suh (2002), the part beside the diagonal with inputs positive, in
    compressed rows. ``starts``: int64 (rows + 1); ``suppliers``: int32, ascending within a row, each once; ``amounts``: float64, finite;
    a credit of system expansion is negative. ``columns``: how many products can be needed; equal to the rows for a closed system, the
    size of the background for a foreground on top of it. The arrays are not writable.
    """

    starts: Starts
    suppliers: Places
    amounts: Floats
    columns: int

    @property
    def rows(self) -> int:
        return len(self.starts) - 1

    @property
    def size(self) -> int:
        """How many inputs there are."""
        return len(self.suppliers)

    @classmethod
    def from_triplets(cls, consumers: Any, suppliers: Any, amounts: Any, *, rows: int, columns: int | None = None) -> "Needs":
        """From one entry per input, in any order; several inputs of one product from the same supplier are added up.

        Raises :class:`BadMatrix` for a place outside the matrix and for an amount that is not finite; names the entry.
        """
        width = rows if columns is None else columns
        consumer, supplier = np.asarray(consumers), np.asarray(suppliers)
        amount = np.ascontiguousarray(amounts, dtype=np.float64)
        if not consumer.shape == supplier.shape == amount.shape or amount.ndim != 1:
            raise BadMatrix(Text("三列的长度不同。", "The three columns differ in length."))
        _refuse_places(consumer, rows)
        _refuse_places(supplier, width)
        starts, order = _by_row(consumer.astype(np.int64), rows)
        return cls._checked(starts, supplier.astype(np.int32)[order], amount[order], width)

    @classmethod
    def from_csr(cls, starts: Any, suppliers: Any, amounts: Any, *, columns: int | None = None) -> "Needs":
        """From compressed rows as SciPy and Brightway keep them (``indptr, indices, data`` of the transposed technosphere, inputs positive).

        Raises :class:`BadMatrix` for arrays that do not fit together, a place outside the matrix, or an amount that is not finite.
        """
        begin = np.ascontiguousarray(starts, dtype=np.int64)
        supplier, amount = np.asarray(suppliers), np.ascontiguousarray(amounts, dtype=np.float64)
        if begin.ndim != 1 or len(begin) < 1 or begin[0] != 0 or begin[-1] != len(supplier) or bool((np.diff(begin) < 0).any()):
            raise BadMatrix(Text("行的起点不成序列。", "The starts of the rows do not form a sequence over the entries."))
        if supplier.shape != amount.shape or supplier.ndim != 1:
            raise BadMatrix(Text("列号与数值的个数不同。", "There are not as many places as amounts."))
        width = len(begin) - 1 if columns is None else columns
        _refuse_places(supplier, width)
        return cls._checked(begin, supplier.astype(np.int32), amount, width)

    @classmethod
    def _checked(cls, starts: Starts, suppliers: Places, amounts: Floats, columns: int) -> "Needs":
        if not bool(np.isfinite(amounts).all()):
            k = int(np.flatnonzero(~np.isfinite(amounts))[0])
            row = int(np.searchsorted(starts, k, side="right")) - 1
            raise BadMatrix(
                Text(
                    f"第 {row} 个产品对第 {suppliers[k]} 个产品的用量是 {amounts[k]}，不是数。",
                    f"The amount of product {suppliers[k]} that product {row} needs is {amounts[k]}: not a number.",
                )
            )
        made = (starts, suppliers, amounts) if _tidy(starts, suppliers) else _merged(starts, suppliers, amounts, columns)
        return cls(frozen(made[0]), frozen(made[1]), frozen(made[2]), columns)

    def transposed(self) -> "Needs":
        """By supplier: row i holds what each product needs of product i; the consumers of a product in one stretch."""
        starts, suppliers, amounts, _ = _turned(self.starts, self.suppliers, self.amounts, self.columns)
        return Needs(frozen(starts), frozen(suppliers), frozen(amounts), self.rows)

    def row(self, product: int) -> tuple[Places, Floats]:
        """The suppliers of one product and the amounts of each."""
        here = slice(int(self.starts[product]), int(self.starts[product + 1]))
        return self.suppliers[here], self.amounts[here]


def _refuse_places(places: NDArray[Any], size: int) -> None:
    if not np.issubdtype(places.dtype, np.integer):
        if len(places) == 0:
            return
        raise BadMatrix(Text("位置须为整数。", "Places must be whole numbers."))
    outside = np.flatnonzero((places < 0) | (places >= size))
    if len(outside):
        k = int(outside[0])
        raise BadMatrix(
            Text(f"第 {k} 项指向第 {places[k]} 个产品，而产品只有 {size} 个。", f"Entry {k} points to product {places[k]} of {size}.")
        )


@compiled
def _by_row(rows: Starts, size: int) -> tuple[Starts, Starts]:
    """Where each row starts, and the entries in the order of their rows (stable counting sort)."""
    starts = np.zeros(size + 1, np.int64)
    for row in rows:
        starts[row + 1] += 1
    for j in range(size):
        starts[j + 1] += starts[j]
    following = starts[:-1].copy()
    order = np.empty(len(rows), np.int64)
    for k in range(len(rows)):
        order[following[rows[k]]] = k
        following[rows[k]] += 1
    return starts, order


@compiled
def _tidy(starts: Starts, suppliers: Places) -> bool:
    """Whether suppliers ascend within each row, each once."""
    for j in range(len(starts) - 1):
        for k in range(starts[j] + 1, starts[j + 1]):
            if suppliers[k] <= suppliers[k - 1]:
                return False
    return True


@compiled
def _turned(starts: Starts, suppliers: Places, amounts: Floats, columns: int) -> tuple[Starts, Places, Floats, Starts]:
    """The transposed matrix, and for each of its entries the one it came from. Rows ascend within a row of the transposed."""
    begin = np.zeros(columns + 1, np.int64)
    for k in range(len(suppliers)):
        begin[suppliers[k] + 1] += 1
    for i in range(columns):
        begin[i + 1] += begin[i]
    following = begin[:-1].copy()
    consumers = np.empty(len(suppliers), np.int32)
    turned = np.empty(len(suppliers), np.float64)
    came = np.empty(len(suppliers), np.int64)
    for j in range(len(starts) - 1):
        for k in range(starts[j], starts[j + 1]):
            place = following[suppliers[k]]
            following[suppliers[k]] += 1
            consumers[place] = j
            turned[place] = amounts[k]
            came[place] = k
    return begin, consumers, turned, came


@compiled
def _add_repeats(starts: Starts, suppliers: Places, amounts: Floats) -> tuple[Starts, Places, Floats]:
    """Entries of the same row and supplier, which stand side by side, as their sum."""
    begin = np.zeros(len(starts), np.int64)
    kept_suppliers = np.empty(len(suppliers), np.int32)
    kept_amounts = np.empty(len(suppliers), np.float64)
    kept = 0
    for j in range(len(starts) - 1):
        for k in range(starts[j], starts[j + 1]):
            if k > starts[j] and suppliers[k] == suppliers[k - 1]:
                kept_amounts[kept - 1] += amounts[k]
            else:
                kept_suppliers[kept] = suppliers[k]
                kept_amounts[kept] = amounts[k]
                kept += 1
        begin[j + 1] = kept
    return begin, kept_suppliers[:kept].copy(), kept_amounts[:kept].copy()


def _merged(starts: Starts, suppliers: Places, amounts: Floats, columns: int) -> tuple[Starts, Places, Floats]:
    """Suppliers ascending within a row, each once: turned twice, which sorts, then repeats added up."""
    begin, consumers, turned, _ = _turned(starts, suppliers, amounts, columns)
    again, sorted_suppliers, sorted_amounts, _ = _turned(begin, consumers, turned, len(starts) - 1)
    return _add_repeats(again, sorted_suppliers, sorted_amounts)
