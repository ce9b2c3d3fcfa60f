"""Letters by e-mail: in both languages, as plain text, with nothing in them that was not meant for their reader."""

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMessage

from zuji.engine.text import Text
from zuji.registry.governance.notices import Notice, RevocationNotice
from zuji.workflow.factor import NAMES as STATE_NAMES

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    subject: Text
    body: Text

    def text(self) -> str:
        """Chinese first, English below it."""
        return f"{self.body.zh}\n\n----\n\n{self.body.en}\n"


def send(to: str, letter: Letter) -> bool:
    """Whether the letter was handed over. A mail server that does not answer is no reason to lose what was done."""
    message = EmailMessage(subject=f"{letter.subject.zh} · {letter.subject.en}", body=letter.text(), to=[to])
    try:
        message.send()
    except (SMTPException, OSError) as failed:
        _log.error("a letter could not be sent: %s", type(failed).__name__)  # no address in the log
        return False
    return True


def invitation(*, enterprise: Text, by: str, link: str) -> Letter:
    """Asks somebody to act for an enterprise."""
    return Letter(
        Text(f"邀请您加入{enterprise.zh}", f"You are invited to {enterprise.en}"),
        Text(
            f"{by} 邀请您在足迹平台加入“{enterprise.zh}”。请在 14 天内打开以下链接接受邀请：\n\n{link}\n\n如果您不认识对方，请不要理会这封邮件。",
            f"{by} invites you to act for {enterprise.en} on Zuji. Open this link within 14 days to accept:\n\n{link}\n\n"
            "If you do not know the sender, leave this letter alone.",
        ),
    )


def registration(*, link: str) -> Letter:
    """Asks somebody who registers to show that they read the mail of this address."""
    return Letter(
        Text("完成注册", "Complete your registration"),
        Text(
            f"有人用这个邮箱在足迹平台注册。请在 24 小时内打开以下链接，设置密码并完成注册：\n\n{link}\n\n如果不是您，请不要理会，注册不会生效。",
            "Somebody has registered on Zuji with this address. Open this link within 24 hours to choose a password and complete the "
            f"registration:\n\n{link}\n\nIf it was not you, do nothing: nothing is registered then.",
        ),
    )


def known_already(*, sign_in: str, reset: str) -> Letter:
    """Tells somebody who registers again that there is an account; the page has not told."""
    return Letter(
        Text("您已有账户", "You have an account"),
        Text(
            f"有人用这个邮箱在足迹平台注册，而您已有账户。请登录后在“我的企业”中登记企业：\n\n{sign_in}\n\n忘记密码：{reset}\n\n如果不是您，请不要理会。",
            f"Somebody has registered on Zuji with this address, which has an account. Sign in and register the enterprise under My "
            f"enterprises:\n\n{sign_in}\n\nForgotten the password: {reset}\n\nIf it was not you, do nothing.",
        ),
    )


def delegation(*, enterprise: Text, by: str, expires: str, sign_in: str) -> Letter:
    """Tells a consultant what an enterprise has entrusted to them."""
    return Letter(
        Text(f"{enterprise.zh}委托您处理产品碳足迹", f"{enterprise.en} entrusts product footprints to you"),
        Text(
            f"{by} 代表“{enterprise.zh}”委托您处理产品碳足迹，至 {expires} 止。用这个邮箱的账户登录后即可看到：\n\n{sign_in}",
            f"{by} entrusts product footprints of {enterprise.en} to you until {expires}. Sign in with the account of this address to see "
            f"them:\n\n{sign_in}",
        ),
    )


def dossier(found: Notice, *, link: Text) -> Letter:
    """Tells a submitter what became of a factor, or somebody with a duty that one waits for them. Values and reasons stay behind the sign-in."""
    state = STATE_NAMES[found.state]
    if found.act == "assign":
        zh, en = "请您评审这份排放因子", "You are asked for an expert opinion on an emission factor"
    elif found.waits:
        zh, en = f"有一份排放因子等您办理（{state.zh}）", f"An emission factor waits for you ({state.en})"
    else:
        zh, en = f"您提交的排放因子有新进展：{state.zh}", f"The emission factor that you submitted is now: {state.en}"
    name = f"{found.number} {found.name.zh}", f"{found.number} {found.name.en}"
    return Letter(
        Text(f"{zh} {found.number}", f"{en} {found.number}"),
        Text(
            f"{zh}。\n\n{name[0]}\n\n登录后可以查看内容、理由和期限：\n\n{link.zh}",
            f"{en}.\n\n{name[1]}\n\nSign in to see its content, reasons and dates:\n\n{link.en}",
        ),
    )


def revocation(found: RevocationNotice, *, link: Text) -> Letter:
    """Tells a publisher that another one proposes to revoke a published version. The reason stays behind the sign-in."""
    until = found.expires.date().isoformat()
    return Letter(
        Text("撤销因子版本的提议等您确认", "A proposed revocation waits for your signature"),
        Text(
            f"另一位发布人提议撤销一个已发布的因子版本，须由您在 {until} 前确认，或写明理由作罢。\n\n{found.name.zh} {found.reference}\n\n"
            f"登录后可以查看理由和影响预览：\n\n{link.zh}",
            f"Another publisher proposes to revoke a published factor version. Confirm it before {until}, or drop it with a reason.\n\n"
            f"{found.name.en} {found.reference}\n\nSign in to see the reason and the impact preview:\n\n{link.en}",
        ),
    )


def waiting(act: str, *, enterprise: Text, link: Text) -> Letter:
    """Tells somebody that a version waits for them. It names no product and no number: letters are read on their way."""
    if act == "return":
        return Letter(
            Text(f"{enterprise.zh}有一份产品碳足迹被退回修改", f"A product footprint of {enterprise.en} was returned"),
            Text(
                f"您提请签核的一份“{enterprise.zh}”的产品碳足迹被退回修改。原因和需要修改的内容登录后可见：\n\n{link.zh}",
                f"A product footprint of {enterprise.en} for which you asked for sign-off was returned. Sign in to see why, and what to "
                f"mend:\n\n{link.en}",
            ),
        )
    return Letter(
        Text(f"{enterprise.zh}有一份产品碳足迹等您签核", f"A product footprint of {enterprise.en} awaits your signature"),
        Text(
            f"“{enterprise.zh}”有一份产品碳足迹等待签核。登录后可以查看结果和核对清单，签核或退回：\n\n{link.zh}",
            f"A product footprint of {enterprise.en} awaits sign-off. Sign in to see the result and the checklist, and to sign or return "
            f"it:\n\n{link.en}",
        ),
    )


def successors(*, enterprise: Text, link: Text, revoked: bool = False) -> Letter:
    """Tells somebody that a published or revoked factor touches results of their enterprise. It names no product, no factor and no number."""
    if revoked:
        return Letter(
            Text(f"因子撤销：{enterprise.zh}有产品碳足迹用到它", f"A factor was revoked: results of {enterprise.en} rest on it"),
            Text(
                f"一项排放因子已撤销，“{enterprise.zh}”有产品碳足迹用到它。原结果不变，新的核算须改用其他因子。登录后可以查看是哪些：\n\n{link.zh}",
                f"An emission factor was revoked, and product footprints of {enterprise.en} rest on it. The results themselves stay; a new "
                f"calculation takes another factor. Sign in to see which they are:\n\n{link.en}",
            ),
        )
    return Letter(
        Text(f"因子更新：{enterprise.zh}有产品碳足迹草稿待您处理", f"A factor was republished: drafts of {enterprise.en} wait for you"),
        Text(
            f"一项排放因子发布了新版本，“{enterprise.zh}”用到它的产品碳足迹已生成草稿，原结果不变。登录后可以查看变化的原因，采纳或不采纳：\n\n{link.zh}",
            f"An emission factor was republished. Drafts were made of the product footprints of {enterprise.en} that rest on it; the results "
            f"themselves stay. Sign in to see what changes and why, and to accept or dismiss them:\n\n{link.en}",
        ),
    )
