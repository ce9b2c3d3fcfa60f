"""The study file, field by field: types from :mod:`zuji.engine.study`, words from ``study_fields.yaml``."""

import inspect
import types
import typing
from pathlib import Path

import pydantic
import yaml
from pydantic.fields import FieldInfo

from scripts.reference.markdown import page, table
from zuji.engine import study
from zuji.engine.text import Language, Text

WORDS = Path(__file__).with_name("study_fields.yaml")
NOT_FIELDS = {"Part", "GasAmount"}  # a base class, and a part of the library's factors that no study holds


def models() -> dict[str, type[pydantic.BaseModel]]:
    """The parts of a study by name, the study itself first."""
    found = {
        name: part
        for name, part in vars(study).items()
        if inspect.isclass(part) and issubclass(part, pydantic.BaseModel) and part.__module__ == study.__name__ and name not in NOT_FIELDS
    }
    order = ["Study", "Process", "Input", "Emission", *found]
    return {name: found[name] for name in dict.fromkeys(order)}


def words() -> dict[str, dict[str, Text]]:
    """The description of every part (``_``) and field. Raises ValueError where one is missing or too many."""
    content = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    found = {part: {field: Text(text["zh"], text["en"]) for field, text in fields.items()} for part, fields in content.items()}
    for name, part in models().items():
        wanted = {"_", *part.model_fields}
        if set(found.get(name, {})) != wanted:
            raise ValueError(f"{WORDS.name}: {name} should describe {sorted(wanted)}, describes {sorted(found.get(name, {}))}")
    if set(found) != set(models()):
        raise ValueError(f"{WORDS.name}: there is no {sorted(set(found) - set(models()))}")
    return found


def type_text(annotation: object) -> str:
    """A type as a reader of the file sees it."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return type_text(typing.get_args(annotation)[0])
    if origin is typing.Literal:
        return " / ".join(f"`{value}`" for value in typing.get_args(annotation))
    if origin in (types.UnionType, typing.Union):
        return " / ".join(dict.fromkeys(type_text(part) for part in typing.get_args(annotation) if part is not types.NoneType))
    if origin is tuple:
        return f"[{type_text(typing.get_args(annotation)[0])}]"
    if origin is dict:
        key, value = typing.get_args(annotation)
        return f"{{{type_text(key)}: {type_text(value)}}}"
    if inspect.isclass(annotation) and issubclass(annotation, pydantic.BaseModel):
        name = annotation.__name__
        return f"[{name}](#{name.lower()})"
    return {"str": "text", "int": "1, 2, …", "bool": "true / false", "date": "YYYY-MM-DD"}.get(
        getattr(annotation, "__name__", ""), str(annotation)
    )


def need(field: FieldInfo, language: Language) -> str:
    """Whether a field must be there, or what it is when left out."""
    if field.is_required():
        return {"zh": "必填", "en": "yes"}[language]
    if field.default in (None, ()) or field.default_factory is not None:
        return ""
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def write(language: Language) -> str:
    """The page of the study file."""
    described = words()
    head = {"zh": ["字段", "类型", "必填或默认", "含义"], "en": ["field", "type", "needed, or default", "meaning"]}[language]
    body = []
    for name, part in models().items():
        rows = [
            [f"`{field}`", type_text(info.rebuild_annotation()), need(info, language), described[name][field].in_(language)]
            for field, info in part.model_fields.items()
        ]
        body += [f"## {name}", described[name]["_"].in_(language), table(head, rows)]
    lead = Text(
        "研究文件用 YAML 或 JSON 书写，编码为 UTF-8。数量写成字符串形式的十进制数；不认识的字段会被拒绝。"
        "相应的 JSON Schema 由 `./x zuji schema` 打印。从[教程](../tutorial.md)开始更容易。",
        "A study is YAML or JSON in UTF-8. Quantities are decimal numbers written as strings; a field that is not known is refused. "
        "`./x zuji schema` prints the JSON Schema. The [tutorial](../tutorial.md) is the easier start.",
    )
    return page(Text("研究文件", "The study file"), lead, body, language)
