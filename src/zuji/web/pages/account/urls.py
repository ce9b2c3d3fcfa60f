from allauth.account import views as allauth
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import register_converter

from zuji.web.access import Access, page
from zuji.web.pages.account import programs, views
from zuji.workflow.duties import SEPARATE, Duty


class Base36Converter:
    """A person's number as allauth writes it into the link of a letter."""

    regex = "[0-9A-Za-z]{1,13}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Base36Converter, "base36")
FORM = ("GET", "HEAD", "POST")
DECIDING = frozenset(Duty) - SEPARATE
PUBLIC, SIGNED_IN = Access.PUBLIC, Access.SIGNED_IN

# The names are allauth's own: it looks them up.
urlpatterns = [
    page("account/", views.account, name="account", access=SIGNED_IN),
    page("account/profile/", views.profile, name="profile", access=SIGNED_IN, methods=FORM),
    page("account/close/", views.close, name="close-account", access=SIGNED_IN, methods=FORM),
    page("account/programs/", programs.listed, name="own-programs", access=Access.DUTY, duties=DECIDING, methods=FORM),
    page(
        "account/programs/<slug:client>/revoke/",
        programs.revoke,
        name="own-program-revoke",
        access=Access.DUTY,
        duties=DECIDING,
        methods=("POST",),
    ),
    page("account/enterprise/", views.further_enterprise, name="further-enterprise", access=SIGNED_IN, methods=FORM),
    page("account/login/", allauth.login, name="account_login", access=PUBLIC, methods=FORM),
    page("account/logout/", allauth.logout, name="account_logout", access=PUBLIC, methods=FORM),
    page("account/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate", access=SIGNED_IN, methods=FORM),
    page("account/password/change/", allauth.password_change, name="account_change_password", access=SIGNED_IN, methods=FORM),
    page("account/password/reset/", allauth.password_reset, name="account_reset_password", access=PUBLIC, methods=FORM),
    page("account/password/reset/done/", allauth.password_reset_done, name="account_reset_password_done", access=PUBLIC),
    page(
        "account/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
        access=PUBLIC,
    ),
    page(
        "account/password/reset/key/<base36:uidb36>-<slug:key>/",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
        access=PUBLIC,
        methods=FORM,
    ),
    page("account/sessions/", sessions.list_usersessions, name="usersessions_list", access=SIGNED_IN, methods=FORM),
    page("account/security/", second_factor.index, name="mfa_index", access=SIGNED_IN),
    page("account/security/authenticate/", second_factor.authenticate, name="mfa_authenticate", access=PUBLIC, methods=FORM),
    page("account/security/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate", access=SIGNED_IN, methods=FORM),
    page("account/security/totp/activate/", totp.activate_totp, name="mfa_activate_totp", access=SIGNED_IN, methods=FORM),
    page("account/security/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp", access=SIGNED_IN, methods=FORM),
    page("account/security/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes", access=SIGNED_IN),
    page(
        "account/security/recovery-codes/generate/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
        access=SIGNED_IN,
        methods=FORM,
    ),
    page(
        "account/security/recovery-codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
        access=SIGNED_IN,
    ),
]
