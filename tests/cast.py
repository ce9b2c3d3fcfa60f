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
    """Somebody with an account; ``firm`` and ``role`` are None for those who act for no enterprise, ``duty`` for those with none for the platform."""

    email: str
    name: str
    firm: Firm | None = None
    role: str | None = None
    duty: str | None = None


CEMENT = Firm("91420200MADEM01014", Text("测试水泥厂", "Test Cement Works"), Text("黄石", "Huangshi"))
RIVAL = Firm("91420500MADEM0202C", Text("对手水泥厂", "Rival Cement Works"), Text("宜昌", "Yichang"))
ASSOCIATION_FIRM = Firm("51420500MADEM03039", Text("测试磷化工协会", "Test Phosphate Association"), Text("宜昌", "Yichang"))

OWNER = Person("owner@test.example", "李敏 Li Min", CEMENT, "owner")
EDITOR = Person("editor@test.example", "王强 Wang Qiang", CEMENT, "editor")
APPROVER = Person("approver@test.example", "赵静 Zhao Jing", CEMENT, "approver")
VIEWER = Person("viewer@test.example", "陈晨 Chen Chen", CEMENT, "viewer")
RIVAL_OWNER = Person("rival@test.example", "周涛 Zhou Tao", RIVAL, "owner")
CONSULTANT = Person("consultant@test.example", "孙丽 Sun Li")
VERIFIER = Person("verifier@test.example", "吴波 Wu Bo")
CERTIFIER = Person("certifier@test.example", "郑洁 Zheng Jie")
EXPERT = Person("expert@test.example", "冯刚 Feng Gang", duty="expert")
AUTHORITY = Person("authority@test.example", "褚云 Chu Yun", duty="inspector")
INSPECTOR = AUTHORITY
BANK = Person("bank@test.example", "卫东 Wei Dong")
BUYER = Person("buyer@test.example", "蒋雪 Jiang Xue")
STRANGER = Person("stranger@test.example", "沈力 Shen Li")
LEAVER = Person("leaver@test.example", "韩冰 Han Bing", CEMENT, "editor")
SECOND_OWNER = Person("second-owner@test.example", "杨帆 Yang Fan", CEMENT, "owner")
OPERATOR = Person("operator@test.example", "朱琳 Zhu Lin")
ASSOCIATION = Person("association@test.example", "秦岚 Qin Lan", ASSOCIATION_FIRM, "editor")
SECRETARY = Person("secretary@test.example", "尤佳 You Jia", duty="secretary")
CHECKER = Person("checker@test.example", "许诺 Xu Nuo", duty="checker")
SECOND_CHECKER = Person("second-checker@test.example", "何欢 He Huan", duty="checker")
SECOND_EXPERT = Person("second-expert@test.example", "吕明 Lü Ming", duty="expert")
THIRD_EXPERT = Person("third-expert@test.example", "施远 Shi Yuan", duty="expert")
PUBLISHER = Person("publisher@test.example", "张维 Zhang Wei", duty="publisher")
SECOND_PUBLISHER = Person("second-publisher@test.example", "孔宁 Kong Ning", duty="publisher")
AUDITOR = Person("auditor@test.example", "曹颖 Cao Ying", duty="auditor")

FIRMS = (CEMENT, RIVAL, ASSOCIATION_FIRM)
EVERYBODY = (
    OWNER, EDITOR, APPROVER, VIEWER, RIVAL_OWNER, CONSULTANT, VERIFIER, CERTIFIER, EXPERT, AUTHORITY, BANK, BUYER, STRANGER,
    LEAVER, SECOND_OWNER, OPERATOR, ASSOCIATION, SECRETARY, CHECKER, SECOND_CHECKER, SECOND_EXPERT, THIRD_EXPERT, PUBLISHER,
    SECOND_PUBLISHER, AUDITOR,
)  # fmt: skip
OUTSIDERS = tuple(person for person in EVERYBODY if person.firm is not CEMENT)
