"""The fields of forms about enterprises, each described once."""

import datetime
from collections.abc import Mapping

from django.utils import timezone

from zuji.engine.text import Text
from zuji.registry.accounts.cities import HUBEI
from zuji.web.forms import Line
from zuji.web.label import Label
from zuji.web.labels import DELEGATED_ROLE, ROLE

USCC = Line(
    "uscc",
    Text("统一社会信用代码", "Unified social credit code"),
    Text(
        "营业执照上的 18 位代码（GB 32100），校验位会自动核对。",
        "The 18 characters on the business licence (GB 32100); its check character is tested.",
    ),
)
NAME_ZH = Line(
    "name_zh",
    Text("企业名称", "Name in Chinese"),
    Text("与营业执照一致。", "As on the business licence."),
    autocomplete="organization",
    most=200,
)
NAME_EN = Line(
    "name_en",
    Text("企业英文名称", "Name in English"),
    Text("不填时英文页面显示中文名称。", "Left out, the Chinese name is shown on English pages."),
    needed=False,
    most=200,
)
CITY = Line(
    "city",
    Text("所在市州", "City"),
    Text("湖北的市州可从列表选择，英文自动对应。", "Choose a city of Hubei from the list, or write another."),
    offered=HUBEI,
    most=60,
)
PERSON = Line("name", Text("您的姓名", "Your name"), autocomplete="name", most=120)
EMAIL = Line("email", Text("邮箱", "E-mail"), kind="email", autocomplete="email", most=254)
NEW_PASSWORD = Line(
    "password",
    Text("密码", "Password"),
    Text(
        "至少 12 个字符；几个不相关的词连在一起既好记又安全。",
        "At least 12 characters; a few unrelated words are easy to remember and safe.",
    ),
    kind="password",
    autocomplete="new-password",
)


def _options(table: Mapping[str, Label]) -> tuple[tuple[str, Text], ...]:
    return tuple(
        (code, Text(f"{label.name.zh}：{label.explanation.zh}", f"{label.name.en}: {label.explanation.en}"))
        for code, label in table.items()
    )


MEMBER_ROLE = Line("role", Text("角色", "Role"), kind="radio", options=_options(ROLE))
OUTSIDE_ROLE = Line("role", Text("可做什么", "What they may do"), kind="radio", options=_options(DELEGATED_ROLE))
SITE = (
    Line("name_zh", Text("场所名称", "Name in Chinese"), most=200),
    Line("name_en", Text("英文名称", "Name in English"), NAME_EN.help, needed=False, most=200),
    Line("address", Text("详细地址", "Address"), autocomplete="street-address", most=300),
    Line(
        "division",
        Text("行政区划代码", "Division code"),
        Text(
            "县级区划的 6 位代码（GB/T 2260），如武汉市青山区 420107。",
            "Six digits of the county-level division (GB/T 2260), such as 420107.",
        ),
        most=20,
    ),
)


def last_day(longest: datetime.timedelta) -> Line:
    """Asks for a day from today to at most ``longest`` from now."""
    today = timezone.localdate()
    return Line(
        "expires",
        Text("有效期至", "Valid until"),
        Text("含当日，最长一年。", "This day included; at most a year."),
        kind="date",
        least=today.isoformat(),
        latest=(today + longest).isoformat(),
    )
