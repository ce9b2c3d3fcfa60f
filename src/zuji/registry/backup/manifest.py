"""What an archive says of itself, as its last member; and the names that members may have."""

import re

from pydantic import BaseModel, ConfigDict, Field

from zuji.engine.text import Text
from zuji.registry.refusals import RegistryError

NAME = "manifest.json"
FORM = 1
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
SECRET_KEY = "secret-key"  # noqa: S105  # the name of a member
_SHA256 = r"^[0-9a-f]{64}$"
_MEMBER = re.compile(
    r"database\.sqlite3|database\.dump|secret-key|manifest\.json|files/([0-9a-f]{2})/\1[0-9a-f]{62}|background/[0-9a-f]{64}/[a-z]+\.(?:npy|json)"
)


class Damaged(RegistryError):
    """The archive is not as it was written; ``member`` is where that shows. Nothing was restored."""

    def __init__(self, member: str, zh: str, en: str) -> None:
        super().__init__(
            Text(f"备份损坏：{member}：{zh}。没有恢复任何内容。", f"The backup is damaged: {member}: {en}. Nothing was restored.")
        )
        self.member = member


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Member(_Strict):
    """A file of the archive."""

    size: int = Field(ge=0)
    sha256: str = Field(pattern=_SHA256)


class Manifest(_Strict):
    """All that a restore compares with: ``tables`` has the rows of each, ``head`` is the hash of the last of ``events``."""

    form: int
    version: str
    engine: str
    made: str
    migrations: list[str]
    tables: dict[str, int]
    events: int = Field(ge=0)
    head: str = Field(pattern=_SHA256)
    members: dict[str, Member]


def allowed(name: str) -> bool:
    """Whether a member may be called so: the list is closed, so no name can lead out of the folder."""
    return _MEMBER.fullmatch(name) is not None


def is_evidence(name: str) -> bool:
    return name.startswith("files/")


def is_solved(name: str) -> bool:
    """Whether it is a file of a solved basic database, in the folder of its hash."""
    return name.startswith("background/")
