"""The columns of a factor file, in their order, and the names under which other files carry them."""

COLUMNS: tuple[str, ...] = (
    "id",
    "version",
    "name_zh",
    "name_en",
    "synonyms",
    "category",
    "kind",
    "value",
    "unit",
    "gases",
    "split",
    "gwp",
    "geography",
    "year",
    "boundary",
    "source",
    "publisher",
    "source_year",
    "address",
    "licence",
    "note",
    "confidence",
    "state",
    "superseded_by",
    "state_reason_zh",
    "state_reason_en",
    "use_instead",
    "valid_from",
    "valid_to",
    "gsd",
    "group",
)
"""``synonyms``, ``superseded_by``, ``use_instead``: separated by ``;``. ``group``: rows that describe the same thing stand side by side."""

REQUIRED: tuple[str, ...] = ("id", "value", "unit", "source")

OTHER_NAMES: dict[str, str] = {
    "reference_year": "year",
    "system_boundary": "boundary",
    "source_title": "source",
    "source_publisher": "publisher",
    "source_address": "address",
    "licence_note": "licence",
    "data_quality_note": "note",
    "gas_breakdown": "gases_in_words",
    "编号": "id",
    "版本": "version",
    "名称": "name_zh",
    "英文名称": "name_en",
    "同义词": "synonyms",
    "类别": "category",
    "类型": "kind",
    "数值": "value",
    "因子值": "value",
    "单位": "unit",
    "地区": "geography",
    "年份": "year",
    "系统边界": "boundary",
    "来源": "source",
    "发布者": "publisher",
    "网址": "address",
    "备注": "note",
    "生效日期": "valid_from",
    "失效日期": "valid_to",
}
"""Column names of other files. ``gases_in_words`` is free text: it joins the note and is never calculated with."""

KNOWN: frozenset[str] = frozenset({*COLUMNS, "gases_in_words"})

CONFIDENCE: dict[str, str] = {
    "verified": "verified",
    "secondary": "secondary",
    "unverified": "unverified",
    "": "unverified",
    "verified in source text": "verified",
    "from secondary source": "secondary",
}

STATES: tuple[str, ...] = ("current", "caution", "superseded")
