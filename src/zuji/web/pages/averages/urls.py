from functools import partial

from zuji.web.access import Access, page
from zuji.web.pages.averages import authority, contributing, views
from zuji.workflow.duties import Duty
from zuji.workflow.permissions import Permission

FORM, POST = ("GET", "HEAD", "POST"), ("POST",)
_OWN = "enterprises/<slug:uscc>/contributions/"
_ONE = "averages/<slug:call>/contribute/<slug:uscc>/"
viewing = partial(page, access=Access.ENTERPRISE, permission=Permission.VIEW)
editing = partial(page, access=Access.ENTERPRISE, permission=Permission.EDIT)
office = partial(page, access=Access.DUTY, duties=frozenset({Duty.SECRETARY, Duty.PUBLISHER}))
auditing = partial(page, access=Access.DUTY, duties=frozenset({Duty.AUDITOR}))

urlpatterns = [
    page("averages/", views.listed, name="averages", access=Access.PUBLIC),
    page("averages/<slug:call>/", views.one, name="average", access=Access.PUBLIC),
    viewing(_OWN, contributing.listed, name="contributions"),
    editing(_ONE, contributing.contribute, name="contribution", methods=FORM),
    editing(f"{_ONE}retract/", contributing.retract, name="contribution-retract", methods=POST),
    office("authority/averages/", authority.listed, name="authority-averages", methods=FORM),
    office("authority/averages/<slug:call>/release/", authority.release, name="average-release", methods=POST),
    office("authority/averages/<slug:call>/draft/", authority.draft, name="average-draft", methods=POST),
    auditing("authority/averages/<slug:call>/contributions/", authority.contributions, name="average-contributions"),
    auditing("authority/contributions/<slug:contribution>/", authority.read, name="contribution-read", methods=FORM),
]
