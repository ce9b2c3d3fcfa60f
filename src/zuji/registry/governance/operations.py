"""All writes of the governed factor database, by the people who make them."""

from zuji.registry.governance.drafting import attach, detach, open_dossier, restore, save_fields
from zuji.registry.governance.publishing import expire_due, publish, return_unpublished, sign, unsign
from zuji.registry.governance.reviewing import assign, decide_appeal, opine, recuse, release, return_from_review
from zuji.registry.governance.revoking import confirm_revocation, drop_revocation, propose_revocation
from zuji.registry.governance.spot_checks import announce_round, draw_round, find_sound, reject_drawn, return_drawn
from zuji.registry.governance.submitting import Submitted, appeal, overrule, submit, withdraw
from zuji.registry.governance.tracing import Mark, open_document, read_dossier, return_untraced, tick

__all__ = [
    "Mark",
    "Submitted",
    "announce_round",
    "appeal",
    "assign",
    "attach",
    "confirm_revocation",
    "decide_appeal",
    "detach",
    "draw_round",
    "drop_revocation",
    "expire_due",
    "find_sound",
    "open_document",
    "open_dossier",
    "opine",
    "overrule",
    "propose_revocation",
    "publish",
    "read_dossier",
    "recuse",
    "reject_drawn",
    "release",
    "restore",
    "return_drawn",
    "return_from_review",
    "return_unpublished",
    "return_untraced",
    "save_fields",
    "sign",
    "submit",
    "tick",
    "unsign",
    "withdraw",
]
