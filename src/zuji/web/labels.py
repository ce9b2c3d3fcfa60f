"""The names of codes in both languages, as pages print them. Terms are those of the glossary."""

import re
from collections.abc import Mapping

from zuji.documents import wording
from zuji.engine.candidate import CorrectionReason
from zuji.engine.text import Text, same
from zuji.formats.factors import geographies
from zuji.formats.factors.reasons import REASONS
from zuji.registry.electricity.kinds import TYPES
from zuji.web.factor_labels import CHANGE, DOSSIER_DONE, LIFE_CYCLE
from zuji.web.label import Label
from zuji.workflow import factor
from zuji.workflow.duties import DUTY_NAMES, DUTY_TASKS, Duty
from zuji.workflow.footprint import NAMES, State


def _shared(names: Mapping[str, Text]) -> dict[str, Label]:
    """The names that reports use too: one term each, on the page and on paper."""
    return {code: Label(name) for code, name in names.items()}


KIND = {
    "life-cycle": Label(
        wording.FACTOR_KINDS["life-cycle"],
        Text(
            "从取得原料到交付的全部排放，可直接用于产品碳足迹。",
            "All emissions from the extraction of raw materials to delivery: the kind for product footprints.",
        ),
    ),
    "direct": Label(
        wording.FACTOR_KINDS["direct"],
        Text(
            "仅燃料燃烧当场的排放，不含开采、加工与运输：用于产品碳足迹时须另加燃料上游。",
            "Emissions of burning the fuel only, without mining, processing and transport: a product footprint adds the fuel's upstream.",
        ),
    ),
    "grid-co2": Label(
        wording.FACTOR_KINDS["grid-co2"],
        Text(
            "仅发电环节的二氧化碳，用于企业核算，不可用于产品碳足迹；产品请用电力碳足迹因子。",
            "CO₂ of generation only, for organisations. It is refused inside a product footprint, which takes the electricity footprint factor.",
        ),
    ),
    "process": Label(
        wording.FACTOR_KINDS["process"],
        Text(
            "化学反应等工艺过程的直接排放，不含能源与原料上游。",
            "Direct emissions of a chemical or physical process, without energy and raw materials.",
        ),
    ),
    "spend-based": Label(
        wording.FACTOR_KINDS["spend-based"],
        Text("每单位货币支出的平均排放，粗略，仅作筛查。", "Average emissions per unit of money spent: coarse, for screening only."),
    ),
}
STATE = {
    "current": Label(Text("现行", "current")),
    "caution": Label(
        Text("慎用", "use with caution"),
        Text(
            "来源或数值存疑，使用时会提示，原因见备注。", "Source or value is open to doubt: using it gives a warning. The note says why."
        ),
    ),
    "superseded": Label(
        Text("已被取代", "superseded"),
        Text("已有更新或更可靠的数值，不建议再用。", "A newer or more reliable value exists; take that one."),
    ),
    "revoked": Label(
        Text("已撤销", "revoked"),
        Text(
            "发布后被撤销，不得用于新的核算；已有结果不变。",
            "Revoked after publication: not for new calculations. Results that rest on it stay.",
        ),
    ),
    "expired": Label(
        Text("已过期", "expired"), Text("有效期已过，不得用于新的核算。", "Its validity has ended: not for new calculations.")
    ),
    "published": Label(Text("发布", "published")),
    "loaded": Label(Text("随产品载入", "loaded with the product")),
}
CONFIDENCE = {
    "verified": Label(
        Text("已核对原文", "checked against the source"), Text("数值在来源原文中核对过。", "The value was read in the source itself.")
    ),
    "secondary": Label(
        Text("据二次资料", "from a secondary source"),
        Text("数值取自转载资料，原文尚未核对。", "The value was taken from a work that quotes the source; the source itself was not seen."),
    ),
    "unverified": Label(Text("未核实", "unverified"), Text("来源尚未核实。", "The source has not been verified.")),
}
CATEGORY = {
    "electricity": Label(Text("电力", "Electricity")),
    "inventory": Label(Text("基础数据库（未核实）", "Basic databases (unverified)")),
    "chemicals": Label(Text("化工与化肥", "Chemicals and fertiliser")),
    "fuel-combustion": Label(Text("燃料燃烧", "Fuel combustion")),
    "fuel-upstream": Label(Text("燃料上游", "Fuel upstream")),
    "transport": Label(Text("运输", "Transport")),
    "metals": Label(Text("金属", "Metals")),
    "cement-glass": Label(Text("水泥与玻璃", "Cement and glass")),
    "process": Label(Text("工艺排放", "Process emissions")),
    "agriculture": Label(Text("农业", "Agriculture")),
    "materials-uk": Label(Text("材料（英国）", "Materials (UK)")),
    "materials-ice": Label(Text("材料（ICE v2）", "Materials (ICE v2)")),
    "battery": Label(Text("电池", "Batteries")),
    "spend-based": Label(Text("按支出", "Spend-based")),
    "waste": Label(Text("废物处理", "Waste treatment")),
    "vehicles": Label(Text("车辆与机械", "Vehicles and machinery")),
    "paper": Label(Text("纸与包装", "Paper and packaging")),
    "heat": Label(Text("热力", "Heat")),
    "refrigerants": Label(Text("制冷剂", "Refrigerants")),
    "water": Label(Text("水", "Water")),
    "phosphorus": Label(Text("磷化工", "Phosphorus chemicals")),
    "optical-fibre": Label(Text("光纤", "Optical fibre")),
}
STAGE = _shared(wording.STAGES)
EMISSION = _shared(wording.KINDS)
BOUNDARY = _shared(wording.BOUNDARIES)
SEVERITY = _shared(wording.SEVERITIES)
DATA = {**_shared(wording.DATA_TYPES), "": Label(wording.NOT_STATED)}
INDICATOR = _shared(wording.INDICATORS)
ROLE = {
    "owner": Label(
        Text("负责人", "Owner"),
        Text(
            "管理成员、委托与企业资料，并可填报、签核。",
            "manages members, delegations and the enterprise's data, and does all that the others may.",
        ),
    ),
    "editor": Label(
        Text("编辑", "Editor"), Text("新建产品、填报、核算、提请签核。", "adds products, enters data, calculates and asks for sign-off.")
    ),
    "approver": Label(Text("审批", "Approver"), Text("查看并签核，不改数据。", "reads everything and signs off, and changes no data.")),
    "viewer": Label(Text("查看", "Viewer"), Text("只查看。", "reads everything.")),
}
DELEGATED_ROLE = {
    "editor": Label(
        Text("填报", "Enter data"),
        Text("填报与核算，不能新建产品，不能签核。", "enters data and calculates; adds no products and signs nothing."),
    ),
    "viewer": Label(Text("查看", "View"), Text("只查看。", "reads only.")),
}
IDENTITY = {
    "waiting": Label(Text("身份待确认", "Identity not yet confirmed")),
    "confirmed": Label(Text("身份已确认", "Identity confirmed")),
    "refused": Label(Text("身份未通过", "Identity refused")),
}
IN_FORCE = {
    "open": Label(Text("待接受", "Open")),
    "accepted": Label(Text("已接受", "Accepted")),
    "in_force": Label(Text("有效", "In force")),
    "expired": Label(Text("已过期", "Expired")),
    "revoked": Label(Text("已撤销", "Revoked")),
}
ACTION = {
    "answers.restored": Label(Text("恢复填报数据", "restored answers")),
    "answers.saved": Label(Text("保存填报数据", "saved answers")),
    "evidence.attached": Label(Text("挂接佐证文件", "attached an evidence file")),
    "evidence.detached": Label(Text("取下佐证文件", "detached an evidence file")),
    "evidence.kept": Label(Text("上传佐证文件", "uploaded an evidence file")),
    "evidence.read": Label(Text("下载佐证文件", "downloaded an evidence file")),
    "job.retried": Label(Text("重试后台任务", "had a background job tried again")),
    "platform.backed_up": Label(Text("备份平台", "backed up the platform")),
    "platform.restored": Label(Text("恢复平台", "restored the platform")),
    "product.archived": Label(Text("归档产品", "archived a product")),
    "product.created": Label(Text("新建产品", "added a product")),
    "product.described": Label(Text("修改产品名称与说明", "changed a product's name or description")),
    "reports.written": Label(Text("生成报告", "wrote reports")),
    "version.created": Label(Text("新建产品版本", "made a new version")),
    "version.moved_to_model": Label(Text("改用另一模型版本", "moved a version to another model version")),
    "version.returned": Label(Text("退回版本", "returned a version")),
    "version.sign_off_asked": Label(Text("提请签核", "asked for sign-off")),
    "version.signed": Label(Text("签核并提交", "signed and submitted")),
    "version.taken_back": Label(Text("撤回签核请求", "took back the request for sign-off")),
    "version.withdrawn": Label(Text("撤销提交", "withdrew a submission")),
    "client.made": Label(Text("新建接口客户端", "made an API client")),
    "client.revoked": Label(Text("撤销接口客户端", "revoked an API client")),
    "delegation.made": Label(Text("作出委托", "made a delegation")),
    "delegation.revoked": Label(Text("撤销委托", "revoked a delegation")),
    "enterprise.changed": Label(Text("修改企业资料", "changed the enterprise's data")),
    "enterprise.registered": Label(Text("登记企业", "registered the enterprise")),
    "factors.loaded": Label(Text("载入因子", "loaded factors")),
    "footprint.stored": Label(Text("保存核算结果", "stored a footprint")),
    "identity.confirmed": Label(Text("确认企业身份", "confirmed the enterprise's identity")),
    "identity.refused": Label(Text("未通过企业身份", "refused the enterprise's identity")),
    "inventory.stored": Label(Text("导入基础数据库", "imported a basic database")),
    "inventory.overruled": Label(Text("推翻导入检查的结论", "overruled the import gate")),
    "inventory.adopted": Label(Text("采用数据集为因子", "took datasets over as factors")),
    "invitation.made": Label(Text("发出邀请", "sent an invitation")),
    "invitation.mailed": Label(Text("重发邀请邮件", "had the invitation mailed again")),
    "invitation.revoked": Label(Text("撤销邀请", "revoked an invitation")),
    "member.added": Label(Text("加入企业", "joined the enterprise")),
    "member.changed": Label(Text("更改成员角色", "changed a member's role")),
    "member.left": Label(Text("离开企业", "left the enterprise")),
    "member.removed": Label(Text("移除成员", "removed a member")),
    "operator.appointed": Label(Text("任命平台管理员", "appointed an operator")),
    "operator.dismissed": Label(Text("免去平台管理员", "dismissed an operator")),
    "password.changed": Label(Text("更改密码", "changed the password")),
    "registration.begun": Label(Text("开始注册", "began to register")),
    "site.added": Label(Text("新增场所", "added a site")),
    "site.changed": Label(Text("修改场所", "changed a site")),
    "site.closed": Label(Text("停用场所", "closed a site")),
    "site.reopened": Label(Text("恢复场所", "reopened a site")),
    "user.closed": Label(Text("注销账户", "closed the account")),
    "user.created": Label(Text("建立账户", "made the account")),
    "user.renamed": Label(Text("更改姓名", "changed the name")),
    "audit.exported": Label(Text("导出操作记录", "exported the record")),
    "audit.verified": Label(Text("校验记录链", "verified the chain of the record")),
    "audit.read": Label(Text("查阅操作记录", "read the record")),
    "average.called": Label(Text("征集平均值数据", "called for contributions to an average")),
    "average.contributed": Label(Text("提交平均值数据", "contributed to an average")),
    "average.contribution_read": Label(Text("查阅一份平均值数据", "read a contribution to an average")),
    "average.contribution_withdrawn": Label(Text("撤回平均值数据", "took back a contribution to an average")),
    "average.released": Label(Text("发布平均值", "released an average")),
    "average.withheld": Label(Text("平均值不予发布", "withheld an average")),
    "certificate.registered": Label(Text("登记绿证", "registered a green-power certificate")),
    "certificate.claimed": Label(Text("使用绿证", "claimed a green-power certificate")),
    "certificate.contested": Label(Text("重复登记绿证", "tried to register another's green-power certificate")),
    "certificate.voided": Label(Text("作废绿证登记", "made a registration of a certificate void")),
    "generation.stated": Label(Text("录入发电量", "stated generation")),
    "certificate.claim_released": Label(Text("释放绿证", "released a claim on a certificate")),
    "duty.assigned": Label(Text("任命", "appointed somebody to a duty")),
    "duty.ended": Label(Text("免去职责", "ended a duty")),
    "dossier.created": Label(Text("建立因子档案", "opened a dossier")),
    "dossier.changed": Label(Text("修改因子档案", "changed a dossier")),
    "dossier.read": Label(Text("查阅因子档案", "read a dossier")),
    "dossier.submitted": Label(Text("提交因子", "submitted a factor")),
    "dossier.gated": Label(Text("自动检查", "examined a factor automatically")),
    "dossier.ticked": Label(Text("核对数值", "held a value against its document")),
    "dossier.assigned": Label(Text("安排专家", "assigned an expert")),
    "dossier.opined": Label(Text("提交评审意见", "gave an opinion")),
    "dossier.returned": Label(Text("退回因子", "returned a factor")),
    "dossier.rejected": Label(Text("不予通过因子", "rejected a factor")),
    "dossier.withdrawn": Label(Text("撤回因子", "withdrew a factor")),
    "dossier.appealed": Label(Text("提出申诉", "appealed")),
    "dossier.appeal_decided": Label(Text("答复申诉", "decided an appeal")),
    "dossier.moved": Label(Text("进入下一环节", "moved a dossier on")),
    "factor.proposed": Label(Text("首签发布", "signed a publication first")),
    "factor.published": Label(Text("发布因子", "published a factor")),
    "factor.standing_changed": Label(Text("变更因子状态", "changed the standing of a factor")),
    "gate.overruled": Label(Text("放行检查结果", "overruled a finding of the gate")),
    "national.synchronised": Label(Text("与国家数据库同步", "synchronised with the national database")),
    "person.confirmed": Label(Text("确认本人身份", "confirmed who a person is")),
    "republication.previewed": Label(Text("预览更新影响", "previewed the effect of a publication")),
    "republication.begun": Label(Text("开始更新", "began a republication")),
    "republication.drafted": Label(Text("生成后继草稿", "drafted successors")),
    "republication.finished": Label(Text("完成更新", "finished a republication")),
    "successor.accepted": Label(Text("采纳后继草稿", "accepted a successor")),
    "successor.dismissed": Label(Text("不采纳后继草稿", "dismissed a successor")),
    "residual_mix.computed": Label(Text("计算剩余电力组合", "computed a residual mix")),
    "result.read": Label(Text("查阅核算结果", "read a result")),
    "spot_check.announced": Label(Text("公布抽查种子", "announced the seed of a spot check")),
    "spot_check.drawn": Label(Text("抽取抽查对象", "drew a spot check")),
    "spot_check.found": Label(Text("记录抽查结论", "recorded what a spot check found")),
}
DUTY = {duty.value: Label(DUTY_NAMES[duty], DUTY_TASKS[duty]) for duty in Duty}
PARTY = {party.value: Label(name) for party, name in factor.PARTY_NAMES.items()}
CORRECTION: Mapping[CorrectionReason, Text] = {
    "misprint": Text("录入错误", "misprint"),
    "new-edition": Text("来源出了新版", "new edition of the source"),
    "method": Text("方法更正", "method corrected"),
    "boundary": Text("系统边界更正", "boundary corrected"),
    "data-error": Text("数据有误", "error in the data"),
    "new-year": Text("年度更新", "new year"),
    "unit": Text("单位更正", "unit corrected"),
    "source-withdrawn": Text("来源已撤回", "source withdrawn"),
    "restored": Text("恢复较早的版本", "earlier version restored"),
}
REASON = _shared(dict(factor.REVOCATION_REASONS) | {str(code): name for code, name in CORRECTION.items()})
REVOCATION = {
    "open": Label(Text("待确认", "to be confirmed")),
    "expired": Label(Text("已过期", "expired")),
    "confirmed": Label(Text("已撤销", "revoked")),
    "dropped": Label(Text("已作罢", "dropped")),
}
DOSSIER_STATE = {state.value: Label(factor.NAMES[state.value]) for state in factor.State}
VERDICT: dict[str, Label] = {verdict: Label(name) for verdict, name in factor.VERDICTS.items()}
STATUS = _shared(wording.CLAUSE_STATES)
FOUND = _shared(REASONS)
GAS = _shared(wording.GASES)

RULE_STATUS = {
    "candidate": Label(Text("候选（未生效）", "candidate (not in force)")),
    "in_force": Label(Text("生效", "in force")),
    "superseded": Label(Text("已被取代", "superseded")),
}
FIELD_KIND = {
    "number": Label(Text("数值", "number")),
    "text": Label(Text("文字", "text")),
    "choice": Label(Text("选择", "choice")),
    "date": Label(Text("日期", "date")),
}
MANIFEST = {
    "engine": Label(Text("计算引擎", "Engine")),
    "gwp": Label(Text("全球变暖潜势", "Global warming potentials")),
    "rounding": Label(Text("取整规则", "Rounding")),
    "input": Label(Text("输入校验值", "Input digest")),
    "rule": Label(Text("产品规则", "Product rule")),
    "units": Label(Text("单位表", "Unit table")),
    "declared_unit": Label(Text("声明单位", "Declared unit")),
    "period": Label(Text("数据期间", "Data period")),
    "geography": Label(Text("地域", "Geography")),
}
GEOGRAPHY = {"": Label(wording.NOT_STATED), **{code: Label(Text(*names)) for code, names in geographies().items()}}
STANDING = {
    "ok": Label(Text("符合", "in order")),
    "attention": Label(Text("请留意", "look at this")),
    "blocking": Label(Text("须先解决", "to be solved first")),
}
VERSION_STATE = {state.value: Label(NAMES[state.value]) for state in State}
STEP = {
    "ask_sign_off": Label(Text("提请签核", "Asked for sign-off")),
    "take_back": Label(Text("收回修改", "Taken back")),
    "return": Label(Text("退回修改", "Returned")),
    "sign": Label(Text("签核并提交", "Signed and submitted")),
    "withdraw": Label(Text("撤回提交", "Withdrawn")),
}

PROGRESS = {
    "not_started": Label(Text("未开始", "not started")),
    "seen": Label(Text("已查看未完成", "looked at, not complete")),
    "complete": Label(Text("已完成", "complete")),
    "has_errors": Label(Text("有问题", "has problems")),
}

GENERATION = {code: Label(name) for code, name in TYPES.items()}
CERTIFICATE = {
    "whole": Label(Text("未使用", "unclaimed")),
    "partly": Label(Text("部分使用", "partly claimed")),
    "claimed": Label(Text("已用完", "all claimed")),
    "void": Label(Text("已作废", "void")),
}
PLACE = {
    "result": Label(Text("结果", "Result")),
    "factors": Label(Text("因子", "Factors")),
    "grid_mix": Label(Text("电网电力对照", "Grid mix")),
    "electricity": Label(Text("电力", "Electricity")),
    "rule": Label(Text("产品规则", "Product rule")),
    "data_quality": Label(Text("数据质量", "Data quality")),
    "cut_off": Label(Text("取舍准则", "Cut-off")),
    "period": Label(Text("数据期间", "Data period")),
    "primary_data_share": Label(Text("初级数据占比", "Primary data share")),
    "boundary": Label(Text("系统边界", "System boundary")),
    "declared_unit": Label(Text("声明单位", "Declared unit")),
    "processes": Label(Text("过程", "Processes")),
}
"""Places of a study as a whole that findings name."""

SUCCESSOR_STATE = {
    "open": Label(Text("待处理", "to be decided")),
    "accepted": Label(Text("已采纳", "taken")),
    "dismissed": Label(Text("未采纳", "left aside")),
}
SUCCESSOR_OUTCOME = {
    "linear": Label(Text("按因子用量向量精确得出", "exactly, by the vector of its factors")),
    "exact": Label(Text("逐个重新求解", "solved anew by itself")),
    "refused": Label(Text("新版本不能用于该研究，无数值", "the new version cannot be used: no number")),
    "withdrawn": Label(Text("因子被撤销，无数值", "the factor was withdrawn: no number")),
    "lost": Label(Text("原结果已不能复现，无数值", "the old result cannot be had again: no number")),
}
OBSTACLE = {
    "unknown": Label(Text("没有保存因子用量向量", "no vector of its factors is kept")),
    "kind": Label(Text("因子种类不同", "the factor is of another kind")),
    "state": Label(Text("新版本不是现行版本", "the new version is not current")),
    "gwp": Label(Text("增温潜势不同", "another GWP set")),
    "gas": Label(Text("增温潜势中没有其中的气体", "a gas without a value in the GWP set")),
    "validity": Label(Text("数据期不在有效期内", "not valid in the data period")),
    "unit": Label(Text("单位的量纲不同", "a unit of another dimension")),
    "withdrawn": Label(Text("因子被撤销", "the factor was withdrawn")),
}
TABLES: dict[str, dict[str, Label]] = {
    "place": PLACE,
    "progress": PROGRESS,
    "kind": KIND,
    "state": STATE,
    "confidence": CONFIDENCE,
    "category": CATEGORY,
    "duty": DUTY,
    "party": PARTY,
    "dossier_state": DOSSIER_STATE,
    "reason": REASON,
    "revocation": REVOCATION,
    "dossier_done": DOSSIER_DONE,
    "verdict": VERDICT,
    "stage": STAGE,
    "emission": EMISSION,
    "boundary": BOUNDARY,
    "severity": SEVERITY,
    "data": DATA,
    "indicator": INDICATOR,
    "role": ROLE,
    "delegated_role": DELEGATED_ROLE,
    "identity": IDENTITY,
    "in_force": IN_FORCE,
    "action": ACTION,
    "status": STATUS,
    "found": FOUND,
    "change": CHANGE,
    "life_cycle": LIFE_CYCLE,
    "geography": GEOGRAPHY,
    "manifest": MANIFEST,
    "rule_status": RULE_STATUS,
    "field_kind": FIELD_KIND,
    "gas": GAS,
    "standing": STANDING,
    "version_state": VERSION_STATE,
    "step": STEP,
    "successor_state": SUCCESSOR_STATE,
    "successor_outcome": SUCCESSOR_OUTCOME,
    "obstacle": OBSTACLE,
    "generation": GENERATION,
    "certificate": CERTIFICATE,
}


def name(table: str, code: str) -> Text:
    """The name of ``code``; a code that the table does not have is shown as it is, with its subscripts."""
    label = TABLES[table].get(code)
    return label.name if label else same(printed_unit(code))


def explanation(table: str, code: str) -> Text:
    """The sentence that explains ``code``; empty where none is needed."""
    label = TABLES[table].get(code)
    return label.explanation if label else same("")


_SUBSCRIPTS = (
    ("CO2", "CO₂"), ("CH4", "CH₄"), ("N2O", "N₂O"), ("P2O5", "P₂O₅"), ("K2O", "K₂O"),
    ("HNO3", "HNO₃"), ("CF4", "CF₄"), ("C2F6", "C₂F₆"), ("SF6", "SF₆"), ("NF3", "NF₃"),
)  # fmt: skip
_GAS_AFTER_MASS = re.compile(r"\b(kg|g|t)(?=(?:CO₂|CH₄|N₂O|CF₄|C₂F₆|SF₆|NF₃))")
_VOLUME = re.compile(r"m([23])\b")


def printed_unit(text: str) -> str:
    r"""A unit with subscripts, superscripts and a no-break space between mass and gas.

    >>> printed_unit("kgCO2e/Nm3")
    'kg\u202fCO₂e/Nm³'
    """
    for plain, printed in _SUBSCRIPTS:
        text = text.replace(plain, printed)
    text = _GAS_AFTER_MASS.sub("\\1\u202f", text)
    return _VOLUME.sub(lambda match: "m" + "²³"[int(match[1]) - 2], text)
