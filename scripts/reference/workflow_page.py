"""The way of a factor, written from the table that the product follows."""

from scripts.reference.markdown import page, table
from zuji.engine.text import Language, Text
from zuji.workflow.factor import FACTOR, FEWEST_EXPERTS, FEWEST_TICKS, NAMES, PARTY_NAMES, TERMS, VERDICTS, Party, State
from zuji.workflow.opinion import LOWEST_TO_ACCEPT, QUESTIONS

LEAD = Text(
    "一份排放因子从草稿到发布的全部环节。下表就是平台执行所依据的表：表中没有的，任何人都做不了。标“平台自动”的一步由前面的人做完而触发："
    "最后一个勾选、最后一份意见、一次抽取。",
    "Every station of an emission factor from a draft to publication. The table below is the one that the platform follows: what it does not hold, "
    "nobody can do. A step of “the platform” follows from what people did: the last tick, the last opinion, a draw.",
)
RULES = Text(
    f"""- 提交、核验、评审、抽查、发布须由不同的人办理；按证件确认的本人计算，一人的两个账户算一人，程序算其设立人。每一步都重新核对。
- 与提交单位有从属关系的人回避：在任一账户中是其成员，或由其委派。专家须声明没有利益冲突，否则回避。
- 专家只评审其专业范围内的类别；至少 {FEWEST_EXPERTS} 人，意见不一时请第三人；三人各不相同即退回修改。
- 每个数值由 {FEWEST_TICKS} 名核验员分别在打开过的文件上核对页码。
- 文件在服务器上被调换的，之后的任何一步都拒绝，并写明文件名。
- 两位发布人先后签发同一内容、同一影响预览的哈希；首签过期、内容或预览改变的，复签拒绝。首签只用一次。
- 已发布的版本永不更改、永不删除；更正即新版本，须写明原因。取代、撤销、到期记在版本之外。""",
    f"""- Submission, tracing, review, spot check and publication are by different people. People are told apart by their papers: two accounts of one person are one, a
  program is who set it up. It is asked again at every step.
- Who belongs to the submitter keeps away: a member through any account, or appointed from it. An expert declares that there is no conflict of interest, or steps back.
- Experts review the categories of their competence; at least {FEWEST_EXPERTS} of them, a third where two differ; three that all differ ask for a revision.
- Every value is held against its page by {FEWEST_TICKS} checkers, each in a document they opened.
- Where a document was swapped on the server, every later step is refused and names it.
- Two publishers sign the same hash of the content and the same hash of the preview. A first signature that has expired, or was given for something else, is not
  completed, and is used once.
- A published version never changes and is never removed; a correction is a new version with its reason. That it is superseded, revoked or expired is said beside it.""",
)
DRAW = Text(
    """种子在抽取之前公布；一轮只包括公布种子之前已提交的档案，之后提交的等下一轮。抽取时公布全部名单和权重，任何人都能重算：

1. 名单按编号排序，抽取数为名单数乘以比例，向上取整，至少一份。
2. 一半（奇数时多的一份也在内）按权重抽，类别为 `risk`；其余等权重抽，类别为 `blind`，从未抽中的名单里抽。
3. 第 `i` 次（从 0 起）：`SHA-256("种子|类别|i")` 的十六进制读作整数，除以剩余权重之和取余；沿名单累加权重，第一个超过余数的即抽中，移出名单。
4. 名单的哈希是每行“编号 空格 权重”、以换行相连的文本的 SHA-256。

权重为 10 加上：自动检查的每条提醒 5（至多四条），每次退回 5（至多两次），专家意见不一 20，
数值变化达到 10% 为 10、达到 50% 为 20，提交单位过往差错率乘以 20；最高 100。
这些权重是平台自定的，未见规定（未核实）。""",
    """The seed is published before the draw. A round covers what was submitted before the seed was published; what comes later waits for the next. The draw publishes
the whole list with its weights, and anybody can draw it again:

1. Sort the list by number. Draw the share of it, rounded up, at least one.
2. Half of them (the odd one too) are drawn by weight, kind `risk`; the rest with equal weights, kind `blind`, from those not drawn yet.
3. Turn `i`, from 0: read the hexadecimal of `SHA-256("seed|kind|i")` as an integer, take the remainder by the sum of the weights left, walk along the list adding
   weights; the first sum above the remainder is drawn and leaves the list.
4. The hash of the list is the SHA-256 of its lines “number, space, weight”, joined by line feeds.

A weight is 10, plus 5 for each remark of the gate (four at most), 5 for each return (two at most), 20 where experts differed, 10 for a value changed by 10 % and 20 for 50 %, and
20 times the share of the submitter's dossiers that had errors; 100 at most. The weights are the platform's own: no rule that sets them was found (unverified).""",
)


def factors(language: Language) -> str:
    """The page: table, terms, rules, form, draw."""
    head = {"zh": ["状态", "可做的事", "由谁", "之后", "须写理由"], "en": ["state", "act", "by", "leads to", "reason"]}[language]
    yes = {"zh": "是", "en": "yes"}[language]
    rows = [
        [
            NAMES[state].in_(language),
            NAMES[each.action].in_(language),
            PARTY_NAMES[Party(each.permission)].in_(language),
            NAMES[each.target].in_(language),
            yes if each.reasoned else "",
        ]
        for state in State
        for each in FACTOR.transitions
        if state in each.sources
    ]
    terms = {"zh": ["状态", "天"], "en": ["state", "days"]}[language]
    questions = {"zh": ["项目（1 至 5 分）"], "en": ["question (1 to 5)"]}[language]
    verdicts = {"zh": "；", "en": ", "}[language].join(text.in_(language) for text in VERDICTS.values())
    form = Text(
        f"结论：{verdicts}。任何一项低于 {LOWEST_TO_ACCEPT} 分的，不能通过。",
        f"Verdicts: {verdicts}. With a score below {LOWEST_TO_ACCEPT} one does not accept.",
    )
    body = [
        "## " + Text("环节", "Stations").in_(language),
        table(head, rows),
        "## " + Text("期限", "Terms").in_(language),
        Text("平台自定的默认值，未见规定（未核实）。", "The platform's own defaults; no rule that sets them was found (unverified).").in_(
            language
        ),
        table(terms, [[NAMES[state].in_(language), str(days)] for state, days in TERMS.items()]),
        "## " + Text("规则", "Rules").in_(language),
        RULES.in_(language),
        "## " + Text("专家评审表", "The experts' form").in_(language),
        table(questions, [[text.in_(language)] for text in QUESTIONS.values()]),
        form.in_(language),
        "## " + Text("抽查的抽取", "The draw of a spot check").in_(language),
        DRAW.in_(language),
    ]
    return page(Text("因子的审核与发布", "Review and publication of factors"), LEAD, body, language)
