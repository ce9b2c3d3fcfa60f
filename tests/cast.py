"""The people of the tests, each with one place in the world, so that an access test reads like a sentence."""

from dataclasses import dataclass

from zuji.engine.text import Text

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented enterprise; the check character of its code is right."""

    uscc: str
    name: Text
    city: Text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; ``firm`` and ``role`` are None for those who act for no enterprise."""

    email: str
    name: str
    firm: Firm | None = None
    role: str | None = None


CEMENT = Firm("91420200MADEM01014", Text("测试水泥厂", "Test Cement Works"), Text("黄石", "Huangshi"))
RIVAL = Firm("91420500MADEM0202C", Text("对手水泥厂", "Rival Cement Works"), Text("宜昌", "Yichang"))

OWNER = Person("owner@test.example", "李敏 Li Min", CEMENT, "owner")
EDITOR = Person("editor@test.example", "王强 Wang Qiang", CEMENT, "editor")
APPROVER = Person("approver@test.example", "赵静 Zhao Jing", CEMENT, "approver")
VIEWER = Person("viewer@test.example", "陈晨 Chen Chen", CEMENT, "viewer")
RIVAL_OWNER = Person("rival@test.example", "周涛 Zhou Tao", RIVAL, "owner")
CONSULTANT = Person("consultant@test.example", "孙丽 Sun Li")
VERIFIER = Person("verifier@test.example", "吴波 Wu Bo")
CERTIFIER = Person("certifier@test.example", "郑洁 Zheng Jie")
EXPERT = Person("expert@test.example", "冯刚 Feng Gang")
AUTHORITY = Person("authority@test.example", "褚云 Chu Yun")
BANK = Person("bank@test.example", "卫东 Wei Dong")
BUYER = Person("buyer@test.example", "蒋雪 Jiang Xue")
STRANGER = Person("stranger@test.example", "沈力 Shen Li")
LEAVER = Person("leaver@test.example", "韩冰 Han Bing", CEMENT, "editor")
SECOND_OWNER = Person("second-owner@test.example", "杨帆 Yang Fan", CEMENT, "owner")
OPERATOR = Person("operator@test.example", "朱琳 Zhu Lin")

FIRMS = (CEMENT, RIVAL)
EVERYBODY = (
    OWNER, EDITOR, APPROVER, VIEWER, RIVAL_OWNER, CONSULTANT, VERIFIER, CERTIFIER, EXPERT, AUTHORITY, BANK, BUYER, STRANGER,
    LEAVER, SECOND_OWNER, OPERATOR,
)  # fmt: skip
OUTSIDERS = tuple(person for person in EVERYBODY if person.firm is not CEMENT)
