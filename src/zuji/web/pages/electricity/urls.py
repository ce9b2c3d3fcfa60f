from functools import partial

from zuji.web.access import Access, page
from zuji.web.pages.electricity import certificates, office, views
from zuji.workflow.duties import Duty
from zuji.workflow.permissions import Permission

FORM, POST = ("GET", "HEAD", "POST"), ("POST",)
viewing = partial(page, access=Access.ENTERPRISE, permission=Permission.VIEW)
editing = partial(page, access=Access.ENTERPRISE, permission=Permission.EDIT)
_OWN = "enterprises/<slug:uscc>/certificates/"
_ONE = f"{_OWN}<slug:certificate>/"

urlpatterns = [
    page("electricity/", views.factors, name="electricity", access=Access.PUBLIC),
    viewing(_OWN, certificates.listed, name="certificates"),
    editing(f"{_OWN}new/", certificates.new, name="certificate-new", methods=FORM),
    viewing(_ONE, certificates.one, name="certificate"),
    editing(f"{_ONE}claim/", certificates.claim, name="certificate-claim", methods=FORM),
    editing(f"{_ONE}claims/<slug:claim>/release/", certificates.release, name="claim-release", methods=FORM),
    editing(f"{_ONE}void/", certificates.void, name="certificate-void", methods=FORM),
    page("office/electricity/", office.overview, name="office-electricity", access=Access.OPERATOR),
    page("office/electricity/generation/", office.generation, name="office-generation", access=Access.OPERATOR, methods=FORM),
    page("office/electricity/recompute/", office.recompute, name="office-recompute", access=Access.OPERATOR, methods=POST),
    page("office/electricity/<slug:certificate>/void/", office.void, name="office-void", access=Access.OPERATOR, methods=FORM),
    page("office/electricity/draft/", office.draft, name="office-mix-draft", access=Access.OPERATOR, methods=POST),
    page(
        "authority/electricity/draft/",
        office.draft,
        name="authority-mix-draft",
        access=Access.DUTY,
        duties=frozenset({Duty.SECRETARY, Duty.PUBLISHER}),
        methods=POST,
    ),
    page(
        "authority/electricity/",
        office.overview,
        name="authority-electricity",
        access=Access.DUTY,
        duties=frozenset({Duty.INSPECTOR, Duty.SECRETARY, Duty.PUBLISHER}),
    ),
]
