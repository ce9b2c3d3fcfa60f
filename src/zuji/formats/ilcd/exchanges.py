"""The exchanges of a process dataset and their allocation."""

from typing import cast

from zuji.engine.excerpt import head
from zuji.engine.text import Text
from zuji.formats.ilcd.tree import Element, attribute, children, find, name_of, place_of, text
from zuji.formats.ilcd.uncertainty import uncertainty
from zuji.formats.intake import Unreadable, read_decimal, read_number
from zuji.formats.inventory import Allocation, DatasetDraft, Direction, Exchange, Place

_MOST_COMMENT = 300


def exchanges(root: Element, draft: DatasetDraft) -> None:
    """Every exchange of the dataset."""
    draft.exchanges = tuple(_exchange(e, draft.place) for e in children(find(root, "exchanges"), "exchange"))


def _exchange(element: Element, file: Place) -> Exchange:
    written = attribute(element, "dataSetInternalID")
    place = place_of(element, file, f"exchanges/exchange[{written}]")
    flow = find(element, "referenceToFlowDataSet")
    written_amount = text(element, "resultingAmount") or text(element, "meanAmount")
    comments = (" ".join((c.text or "").split()) for c in children(element, "generalComment"))
    return Exchange(
        number=read_number(written, place.at("@dataSetInternalID")),
        flow=attribute(flow, "refObjectId").lower(),
        name=name_of(flow, "shortDescription"),
        direction=_direction(text(element, "exchangeDirection"), place),
        amount=read_decimal(written_amount, place.at("resultingAmount")) if written_amount else None,
        location=text(element, "location"),
        uncertainty=uncertainty(element),
        missing=(derivation := text(element, "dataDerivationTypeStatus")).startswith("Missing"),
        derivation=derivation,
        comment=" / ".join(filter(None, comments))[:_MOST_COMMENT],
        place=place,
    )


def _direction(written: str, place: Place) -> Direction:
    direction = written.lower()
    if direction not in {"input", "output"}:
        raise Unreadable(
            "direction",
            place.at("exchangeDirection"),
            Text(f"“{head(written, 40)}”既不是 Input 也不是 Output。", f"'{head(written, 40)}' is neither Input nor Output."),
        )
    return cast("Direction", direction)


def allocations(root: Element, draft: DatasetDraft) -> None:
    """Allocated fractions (in the file in per cent) of exchanges to co-products."""
    found = []
    for element in children(find(root, "exchanges"), "exchange"):
        for share in children(find(element, "allocations"), "allocation"):
            if not share.attrib:
                continue  # an empty element, as TIDAS writes them
            number = read_number(attribute(element, "dataSetInternalID"), draft.place)
            place = place_of(share, draft.place, f"exchanges/exchange[{number}]/allocations/allocation")
            fraction = read_decimal(attribute(share, "allocatedFraction"), place) / 100
            found.append(Allocation(read_number(attribute(share, "internalReferenceToCoProduct"), place), fraction, number))
    draft.allocations = tuple(found)
