"""What the keys and values of answers are called."""

from zuji.engine.text import Text, same
from zuji.rules.models import ProductModel

ASIDE_NAMES = {
    "unit": Text("单位", "unit"),
    "factor": Text("因子", "factor"),
    "source": Text("因子来源", "source of the factor"),
    "type": Text("数据类型", "type of data"),
    "quality": Text("数据质量评分", "data quality scores"),
    "gsd": Text("离散度", "spread"),
    "evidence": Text("数据依据", "what it rests on"),
}
EMPTY = Text("（空）", "(empty)")
_TYPES = {"primary": Text("初级数据", "primary data"), "secondary": Text("次级数据", "secondary data")}


def answer_name(key: str, model: ProductModel | None) -> Text:
    """The name of an answer: its question, and what of it (烟煤 · 因子). A key that the model does not have stands for itself."""
    field, _, aside = key.partition(".")
    question = model.model.fields.get(field) if model else None
    named = question.label.text if question else same(field)
    if not aside:
        return named
    beside = ASIDE_NAMES.get(aside, same(aside))
    return Text(f"{named.zh} · {beside.zh}", f"{named.en} · {beside.en}")


def answer_value(key: str, value: str | None, model: ProductModel | None) -> Text:
    """An answer in words: the name of a choice, the text otherwise."""
    if value is None or value == "":
        return EMPTY
    field, _, aside = key.partition(".")
    if aside == "type":
        return _TYPES.get(value, same(value))
    question = model.model.fields.get(field) if model else None
    options = {option.id: option.label.text for option in question.options} if question and not aside else {}
    return options.get(value, same(value))
