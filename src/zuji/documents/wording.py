"""The field's words as they stand in every output: stages, kinds, data types, severities (glossary of the project)."""

from zuji.engine.text import Text

STAGES = {
    "raw_materials": Text("原材料获取", "Raw materials"),
    "production": Text("生产", "Production"),
    "distribution": Text("分销", "Distribution"),
    "use": Text("使用", "Use"),
    "end_of_life": Text("生命末期", "End of life"),
}
KINDS = {
    "fossil": Text("化石源", "Fossil"),
    "biogenic": Text("生物源排放", "Biogenic emissions"),
    "biogenic_removal": Text("生物源移除", "Biogenic removals"),
    "land_use_change": Text("直接土地利用变化", "Direct land use change"),
    "aircraft": Text("航空", "Aircraft"),
    "unspecified": Text("来源未分列", "Not split by its source"),
}
DATA_TYPES = {
    "primary": Text("初级", "primary"),
    "secondary": Text("次级", "secondary"),
    "unspecified": Text("未说明", "not stated"),
}
SEVERITIES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "info": Text("提示", "info")}
BOUNDARIES = {
    "cradle-to-gate": Text("从摇篮到大门", "cradle to gate"),
    "cradle-to-grave": Text("从摇篮到坟墓", "cradle to grave"),
    "gate-to-gate": Text("从大门到大门", "gate to gate"),
}
FACTOR_KINDS = {
    "life-cycle": Text("产品碳足迹因子(生命周期)", "life-cycle factor"),
    "direct": Text("直接排放(燃烧)因子", "direct (combustion) factor"),
    "grid-co2": Text("电力二氧化碳排放因子", "grid CO2 emission factor"),
    "process": Text("工艺过程排放因子", "process emission factor"),
    "spend-based": Text("按金额计的因子", "spend-based factor"),
}
