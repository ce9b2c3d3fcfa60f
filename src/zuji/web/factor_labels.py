"""The names of what becomes of a factor version, in both languages."""

from zuji.engine.text import Text
from zuji.web.label import Label
from zuji.workflow import factor

CHANGE = {
    "added": Label(Text("新增", "added")),
    "corrected": Label(Text("更正", "corrected")),
    "superseded": Label(Text("被取代", "superseded")),
    "withdrawn": Label(Text("撤回", "withdrawn")),
    "expired": Label(Text("到期", "expired")),
    "loaded": Label(Text("随产品载入", "loaded with the product")),
}
LIFE_CYCLE = {
    "upstream": Label(Text("上游", "upstream")),
    "downstream": Label(Text("下游", "downstream")),
    "waste": Label(Text("废弃", "waste")),
}
DOSSIER_DONE = {
    act: Label(Text(factor.NAMES[act].zh, done))
    for act, done in {
        "submit": "submitted",
        "let_in": "let through the gate",
        "stop": "stopped at the gate",
        "trace": "traced to its documents",
        "agree": "agreed to by the experts",
        "revise": "sent back by the experts",
        "reject": "rejected",
        "appeal": "appealed",
        "admit": "appeal admitted",
        "dismiss": "appeal dismissed",
        "clear": "cleared without being drawn",
        "found_sound": "drawn and found sound",
        "sign": "signed first",
        "unsign": "first signature taken back",
        "lapse": "first signature lapsed",
        "publish": "signed second and published",
        "return": "returned",
        "withdraw": "withdrawn",
        "supersede": "superseded",
        "revoke": "revoked",
        "expire": "expired",
    }.items()
}
"""Every step of a dossier, as pages tell it afterwards."""
