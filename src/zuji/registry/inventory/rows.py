"""From a judged database to the rows that are kept of it."""

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zuji.engine.sparse.background import Background
from zuji.engine.text import Text
from zuji.formats.factors.terms import normal
from zuji.formats.gate import GateFinding
from zuji.formats.gate.assembly import Assembled
from zuji.formats.gate.case import Line
from zuji.formats.gate.spreads import Drawable, drawable
from zuji.formats.inventory import Dataset as Read
from zuji.formats.inventory import Exchange, Name
from zuji.importing import Imported
from zuji.registry.inventory.models import Content, Dataset, Release
from zuji.registry.inventory.standing import standing_of
from zuji.registry.refusals import Refused

_LONGEST_ID = 200
_SHOWN_SEVERITIES = ("error", "warning")


@dataclass(frozen=True)
class Solved:
    """What the kernels were given and gave; None where no dataset came in."""

    assembled: Assembled
    background: Background


def rows_of(release: Release, imported: Imported, solved: Solved | None) -> list[tuple[Dataset, Content]]:
    """Every dataset that was read, sorted by its identifier, with what it holds."""
    decided = {(o.dataset, o.check): {"by": o.by, "reason": o.reason, "at": o.at} for o in imported.judgement.overruled}
    findings: defaultdict[str, list[GateFinding]] = defaultdict(list)
    for finding in imported.judgement.findings:
        if finding.severity in _SHOWN_SEVERITIES:
            findings[finding.dataset].append(finding)
    tied = _Ties(imported, solved)
    made = []
    for number, read in enumerate(sorted(imported.inventory.datasets, key=lambda d: d.id), 1):
        if len(read.id) > _LONGEST_ID:
            raise Refused(
                Text(f"数据集编号超过 {_LONGEST_ID} 个字符：{read.place}", f"An identifier is longer than {_LONGEST_ID}: {read.place}")
            )
        dataset = _dataset(release, number, read, tied, imported, solved)
        content = Content(
            dataset=dataset,
            exchanges=packed([tied.plain(line) for line in imported.case.lines_of[read.id]]),
            findings=packed([_finding(finding, decided) for finding in findings[read.id]]),
        )
        made.append((dataset, content))
    return made


def _dataset(release: Release, number: int, read: Read, tied: "_Ties", imported: Imported, solved: Solved | None) -> Dataset:
    case, judgement = imported.case, imported.judgement
    wanted = [line for line in case.lines_of[read.id] if case.needs_provider(line)]
    position = solved.assembled.place.get(read.id) if solved and read.id in judgement.admitted else None
    standing = "refused"
    if solved and position is not None:
        standing = standing_of(read, needs_suppliers=bool(wanted), assembled=solved.assembled, background=solved.background)
    reference = next((e for n in read.references if (e := read.exchange(n)) is not None), None)
    flow = case.inventory.flows.get(reference.flow) if reference else None
    product = (flow.name if flow else reference.name) if reference else Name()
    zh, en, product_zh, product_en = (*_words(read.name), *_words(product))
    return Dataset(
        release=release,
        number=number,
        uuid=storable(read.id),
        version=storable(read.version)[:80],
        name_zh=zh,
        name_en=en,
        location=storable(read.location)[:80],
        year=read.year,
        kind=read.kind,
        product_zh=product_zh,
        product_en=product_en,
        amount=str(reference.amount)[:80] if reference and reference.amount is not None else "",
        unit=storable(case.inventory.unit(reference))[:80] if reference else "",
        standing=standing,
        position=position,
        inputs=len(wanted),
        supplied=sum(not tied.lack(line) for line in wanted) if position is not None else 0,
        lacks=sum(bool(tied.lack(line)) for line in case.lines_of[read.id]) + tied.rootless(read.id),
        reasons=json.dumps(judgement.refused.get(read.id, ())),
        words=normal(" ".join((zh, en, product_zh, product_en, read.id, storable(read.location)))),
        digest=read.digest,
    )


class _Ties:
    """Who supplies an exchange, and why nobody does."""

    def __init__(self, imported: Imported, solved: Solved | None) -> None:
        self._case = imported.case
        self._links: defaultdict[tuple[str, int], list[Mapping[str, str]]] = defaultdict(list)
        for link in imported.judgement.linking.links:
            self._links[link.dataset, link.exchange].append(
                {"dataset": link.provider, "share": f"{float(link.share):.6g}", "how": link.how, "side": link.side}
            )
        self._lacks = {(lack.dataset, lack.exchange): lack.reason for lack in solved.assembled.lacks} if solved else {}
        self._rootless = solved.assembled.rootless if solved else frozenset()

    def lack(self, line: Line) -> str:
        """Why an exchange is not in the numbers; empty where it is."""
        return self._lacks.get((line.dataset.id, line.exchange.number), "")

    def rootless(self, dataset: str) -> bool:
        """Whether nothing goes into a dataset, or nothing in it counts."""
        return dataset in self._rootless

    def plain(self, line: Line) -> dict[str, Any]:
        """An exchange as it is kept; what is at its default is left out."""
        exchange, gas = line.exchange, self._case.gases.get(line.exchange.flow)
        zh, en = _words(line.flow.name if line.flow else exchange.name)
        lack = self.lack(line)
        held = {
            "n": exchange.number,
            "zh": zh,
            "en": en,
            "direction": exchange.direction,
            "amount": "" if exchange.amount is None else str(exchange.amount),
            "unit": line.unit,
            "kind": line.flow.kind if line.flow else "missing",
            "reference": line.is_reference,
            "avoided": exchange.avoided,
            "uncertainty": _uncertainty(exchange),
            "gas": gas.gas if gas else "",
            "origin": gas.kind if gas else "",
            "suppliers": [] if lack else self._links.get((line.dataset.id, exchange.number), []),
            "lack": lack,
        }
        return {name: value for name, value in held.items() if value not in ("", False, [])}


def _uncertainty(exchange: Exchange) -> dict[str, str] | str:
    """What is stated of an amount's uncertainty, and whether it is drawn: ``drawn``, ``none`` (no spread) or the reason that it is not."""
    stated = exchange.uncertainty
    if stated is None:
        return ""
    found = drawable(exchange)
    numbers = {"centre": stated.centre, "spread": stated.spread, "min": stated.minimum, "max": stated.maximum}
    held = {name: f"{value:.6g}" for name, value in numbers.items() if value is not None}
    use = "drawn" if isinstance(found, Drawable) else found or "none"
    return {"distribution": stated.distribution, **held, **({"stated": storable(stated.stated)} if stated.stated else {}), "use": use}


def _words(name: Name) -> tuple[str, str]:
    """A name in Chinese and English; one in another language stands for both."""
    return storable(name.zh or ("" if name.en else name.other)), storable(name.en or ("" if name.zh else name.other))


def _finding(finding: GateFinding, decided: Mapping[tuple[str, str], Mapping[str, str]]) -> dict[str, Any]:
    """A finding, and who overruled it."""
    decision = decided.get((finding.dataset, finding.code)) if finding.severity == "error" else None
    return plain_finding(finding) | ({"overruled": decision} if decision else {})


def plain_finding(finding: GateFinding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "exchange": finding.exchange,
        "file": finding.place.file,
        "element": finding.place.element,
        "zh": finding.message.zh,
        "en": finding.message.en,
    }


def storable(text: str) -> str:
    """A text that both databases keep: without NUL and without half a surrogate pair, which a file may hold."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode())


def unpacked(content: bytes | memoryview) -> Any:
    return json.loads(zlib.decompress(bytes(content)))
