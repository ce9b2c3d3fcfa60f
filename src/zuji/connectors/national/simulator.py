"""A server of the contract without a socket: it answers the addresses that :class:`HttpNational` asks, from rows in memory."""

import json
import urllib.parse
from collections.abc import Mapping, Sequence

from zuji.connectors.national.contract import CONTRACT


class Simulator:
    """Call it as a fetch. ``token`` is demanded where it is set; ``broken`` are the numbers of requests that fail as a lost connection."""

    def __init__(self, rows: Sequence[object], *, as_of: str = "2026-11-01", token: str = "", broken: Sequence[int] = ()) -> None:
        self.rows = list(rows)
        self.asked: list[str] = []
        self._as_of, self._token, self._broken = as_of, token, frozenset(broken)

    def __call__(self, address: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """The answer to one request. Raises ``ConnectionError`` where it is told to."""
        self.asked.append(address)
        if len(self.asked) in self._broken:
            raise ConnectionError("connection reset")
        if self._token and headers.get("Authorization") != f"Bearer {self._token}":
            return 401, b""
        split = urllib.parse.urlsplit(address)
        if not split.path.endswith("/v1/factors"):
            return 404, b""
        query = dict(urllib.parse.parse_qsl(split.query))
        begin, limit = int(query.get("after", "0")), int(query["limit"])
        end = begin + limit
        page = {
            "contract": CONTRACT,
            "as_of": self._as_of,
            "next": str(end) if end < len(self.rows) else None,
            "rows": self.rows[begin:end],
        }
        return 200, json.dumps(page, ensure_ascii=False).encode()
