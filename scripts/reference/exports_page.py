"""What an export cannot carry and what it may lack, from the tables that the writers use."""

from scripts.reference.markdown import page, table
from zuji.engine.text import Language, Text
from zuji.formats.databases import GAPS
from zuji.formats.ilcd import LOSSES
from zuji.formats.tidas.demands import DEMANDS

_FOLDERS = {"processDataSet": "processes", "flowDataSet": "flows", "flowPropertyDataSet": "flowproperties", "unitGroupDataSet": "unitgroups",
            "sourceDataSet": "sources", "contactDataSet": "contacts"}  # fmt: skip


def write(language: Language) -> str:
    """The page of exports."""
    words = {"zh": ["代码", "含义"], "en": ["code", "meaning"]}[language]
    lost = table(words, [[f"`{code}`", text.in_(language)] for code, text in LOSSES.items()])
    gaps = table(words, [[f"`{code}`", text.in_(language)] for code, text in GAPS.items()])
    heads = {"zh": ["数据集", "位置", "必填"], "en": ["dataset", "place", "demanded"]}[language]
    rows = []
    for path, children in DEMANDS.items():
        kind, _, place = path.partition("/")
        rows.append([_FOLDERS[kind], f"`{place or kind}`", ", ".join(f"`{name}`" for name in children)])
    titles = (
        Text("格式不能承载的", "What the format cannot carry"),
        Text("缺少的", "What is missing"),
        Text("TIDAS 要求的", "What TIDAS demands"),
    )
    demanded = Text(
        "凡出现该位置，就必须有右栏各项；类型不是 `Not reviewed` 的评审还须有范围、说明、评审人和报告。ILCD 1.1 的模式只要求数量的单位可循。",
        "Where the place occurs, it must hold what stands at the right; a review of another type than `Not reviewed` also needs its scope, details, reviewer and "
        "report. The schemas of ILCD 1.1 demand only that amounts have a unit.",
    )
    body = [
        f"## {titles[0].in_(language)}\n\n{lost}",
        f"## {titles[1].in_(language)}\n\n{gaps}",
        f"## {titles[2].in_(language)}\n\n{demanded.in_(language)}\n\n{table(heads, rows)}",
    ]
    lead = Text(
        "`zuji export` 在压缩包的 `zuji-export.json` 中逐个数据集列出这些，终端只显示条数。两种格式相同：TIDAS 是 ILCD 的 JSON 形式。",
        "`zuji export` lists these dataset by dataset in `zuji-export.json` beside the files; the terminal shows how many. Both formats are the same: "
        "TIDAS is ILCD in JSON.",
    )
    return page(Text("导出的限度", "Limits of exports"), lead, body, language)
