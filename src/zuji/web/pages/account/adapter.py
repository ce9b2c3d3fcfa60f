import logging
from io import BytesIO
from smtplib import SMTPException

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from qrcode.image.svg import SvgPathImage

from zuji.registry.accounts import operations as accounts

_log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth publishes no types
    """What this site does differently from allauth's own way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Not by allauth's form: a visitor registers together with an enterprise, or comes by invitation."""
        del request
        return False

    def set_password(self, user: object, password: str) -> None:
        """A changed or reset password also ends the programs that the person set up. Their sessions end with the old password."""
        with transaction.atomic():
            super().set_password(user, password)
            accounts.password_changed(user=user.pk, reset=not self.request.user.is_authenticated)  # type: ignore[attr-defined]  # a User

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        """Somebody with the right password whose account was closed."""
        del user
        return render(request, "account/inactive.html", status=403)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """A mail server that does not answer breaks no page, which would also tell apart who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as failed:
            _log.error("a letter could not be sent: %s", type(failed).__name__)  # no address in the log

    def add_message(self, *args: object, **kwargs: object) -> None:
        """The page that follows shows what was done: no message has to say so again."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth publishes no types
    """The drawing of the secret, as an element of the page: the content security policy lets no data: image in."""

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathImage, border=2).save(drawn)
        text = drawn.getvalue().decode()
        return text[text.index("<svg") :]
