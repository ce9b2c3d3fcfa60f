"""Allocation keeps the order avoid, physical, other, and says why where it departs (ISO 14067:2018 6.4.6.1)."""

from zuji.engine.findings import Finding
from zuji.engine.study import AllocationMethod, Process
from zuji.engine.text import Text
from zuji.rules.case import Case

NAMES: dict[AllocationMethod, Text] = {
    "mass": Text("质量", "mass"),
    "energy": Text("热值", "energy"),
    "economic": Text("经济价值", "economic value"),
    "custom": Text("自定义份额", "custom shares"),
    "system_expansion": Text("系统扩展", "system expansion"),
}


def allocation_order(case: Case) -> list[Finding]:
    """A warning where a method below the first step of the rule's order has no reason; a note where it has one."""
    found = [_process(case, process) for process in case.study.processes]
    return [finding for finding in found if finding is not None]


def _process(case: Case, process: Process) -> Finding | None:
    if process.allocation is None or not process.coproducts:
        return None
    method = process.allocation.method
    order = case.rule.allocation.value
    step = next((index for index, methods in enumerate(order) if method in methods), len(order))
    where = f"{process.id} / allocation"
    if step == 0:
        return None
    before = Text(
        zh="、".join(NAMES[m].zh for methods in order[:step] for m in methods),
        en=", ".join(NAMES[m].en for methods in order[:step] for m in methods),
    )
    if not (process.allocation.reason and process.allocation.reason.zh.strip()):
        message = Text(
            zh=f"按{NAMES[method].zh}分配，但没有说明为何不能用先行的方法（{before.zh}）。请在 allocation.reason 写明。",
            en=f"Allocation by {NAMES[method].en} without a reason why the methods before it ({before.en}) cannot be used. State it in allocation.reason.",
        )
        return case.finding("allocation.no-reason", "warning", where, message, "allocation")
    if step == 1:
        return None
    message = Text(
        zh=f"按{NAMES[method].zh}分配并说明了理由。报告列出其他可由填报数据计算的分配方法的结果；缺少质量、热值或价格的方法不在其列。",
        en=f"Allocation by {NAMES[method].en}, with a reason. The report shows the result of every other method that the stated data allow; "
        "methods whose mass, heating value or price is not stated are not among them.",
    )
    return case.finding("allocation.sensitivity", "info", where, message, "allocation")
