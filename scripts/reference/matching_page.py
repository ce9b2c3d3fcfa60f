"""The page of matching: how well lines are matched on the labelled set, counted when the page is made."""

from scripts.reference.markdown import page, table
from zuji.engine.text import Language, Text
from zuji.formats.factors.confidence import BANDS, THRESHOLD
from zuji.formats.factors.evaluation import evaluated


def matching(language: Language) -> str:
    """The page of what the matcher gets right and wrong."""
    head, *rows = evaluated(language)
    bands = {"zh": ["原始得分不低于", "可信度"], "en": ["raw score from", "confidence"]}[language]
    lead = Text(
        "物料清单与能源台账中的一行文字（如“42.5普硅袋装”“0#柴油(国VI)”）对应到因子：平台的因子查找、`/v1/factors/match` 和 `zuji match` 用的是同一方法。"
        "方法是词汇的：全角半角、规格、包装、产地、品牌先去掉，再看剩下的字词是否全部由某一事物的名称、同义词、缩写或同音错字说明；说明不全的判为“无对应”。"
        "不用语言模型，也不下载任何东西。",
        "A line of a bill of materials or an energy ledger, such as “42.5普硅袋装” or “nat. gas m3”, to factors: the platform's factor search, "
        "`/v1/factors/match` and `zuji match` do the same. It is lexical: width, sizes, packing, origin and brands are taken away, "
        "and the rest must be said whole by a name, synonym, abbreviation or "
        "slip of one thing; a line that is not understood whole is “no match”. No language model is used, and nothing is downloaded.",
    )
    told = Text(
        "“误信”是最坏的情形：给出了错误的因子而可信度不低于 {threshold}。"
        "标注集由项目自己编写和标注（`src/zuji/library/matching`），编写者也编写了词表，数字只说明在这一集合上的表现；保留半从未用于调整。",
        "“Wrong with confidence” is the worst that can happen: a wrong factor at a confidence of {threshold} or more. The project wrote and labelled the "
        "set itself (`src/zuji/library/matching`), and the list of words too; the figures tell of this set only. The held-out half was never tuned on.",
    ).in_(language)
    print_it = Text("`./x zuji match --evaluate` 打印此表。", "`./x zuji match --evaluate` prints this table.").in_(language)
    calibrated = Text(
        "可信度由调试半得出：各分段中首位候选正确的比例（(正确数＋1)/(行数＋2)）。低于 {threshold} 时回答“无对应”，候选仅供人查看。",
        "A confidence is how often first candidates of such a score were right on the tuning half, (right + 1) / (lines + 2). "
        "Below {threshold} the answer is “no match”, and the candidates are for a person to look at.",
    ).in_(language)
    body = [
        table(head, rows),
        print_it,
        told.format(threshold=THRESHOLD),
        f"## {Text('可信度', 'Confidence').in_(language)}",
        calibrated.format(threshold=THRESHOLD),
        table(bands, [[f"{bound:g}", f"{confidence:g}"] for bound, confidence in BANDS]),
    ]
    return page(Text("因子匹配", "Matching lines to factors"), lead, body, language)
