"""What people do for the platform rather than for an enterprise. A duty opens steps of regulated processes, and no enterprise's data.

Nobody may act twice on one thing under two duties: that is decided where the steps of a process are taken, by person and not by account.
"""

from enum import StrEnum

from zuji.engine.text import Text


class Duty(StrEnum):
    """The duties. One person may hold several; a process refuses the second step of one person."""

    SECRETARY = "secretary"
    CHECKER = "checker"
    EXPERT = "expert"
    INSPECTOR = "inspector"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"


DUTY_NAMES: dict[Duty, Text] = {
    Duty.SECRETARY: Text("评审秘书", "review secretary"),
    Duty.CHECKER: Text("溯源核验员", "traceability checker"),
    Duty.EXPERT: Text("评审专家", "expert"),
    Duty.INSPECTOR: Text("抽查员", "inspector"),
    Duty.PUBLISHER: Text("发布人", "publisher"),
    Duty.AUDITOR: Text("审计员", "auditor"),
}

DUTY_TASKS: dict[Duty, Text] = {
    Duty.SECRETARY: Text("安排专家与期限，转达结论", "assigns experts and dates, passes on what was decided"),
    Duty.CHECKER: Text("逐项对照文件页核对数值", "holds every value against the page of its document"),
    Duty.EXPERT: Text("在所擅长的类别内评审", "reviews within the categories of their competence"),
    Duty.INSPECTOR: Text("主管部门抽查", "spot checks for the authority"),
    Duty.PUBLISHER: Text("两人共同签发", "signs publications, two persons together"),
    Duty.AUDITOR: Text("查阅操作记录，不参与任何环节", "reads the record of what was done, and takes part in nothing"),
}

SEPARATE = frozenset({Duty.AUDITOR})
"""Duties that go with no other: who reads the record takes part in nothing that it records (GB/T 22239-2019, 8.1.4.2: separate administrators)."""


def together(duties: frozenset[Duty]) -> bool:
    """Whether one person may hold all of ``duties``.

    >>> together(frozenset({Duty.CHECKER, Duty.EXPERT})), together(frozenset({Duty.AUDITOR, Duty.EXPERT}))
    (True, False)
    """
    return len(duties) <= 1 or not duties & SEPARATE
