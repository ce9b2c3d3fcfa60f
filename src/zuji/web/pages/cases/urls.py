from functools import partial

from zuji.web.access import Access, page
from zuji.web.pages.cases import reports, submission, views
from zuji.workflow.permissions import Permission

FORM = ("GET", "HEAD", "POST")
viewing = partial(page, access=Access.ENTERPRISE, permission=Permission.VIEW)

urlpatterns = [
    viewing("products/<slug:code>/v<int:number>/submit/", submission.submit, name="version-submit", methods=FORM),
    viewing("products/<slug:code>/compare/", views.choose, name="product-compare"),
    viewing("cases/<slug:number>/", views.case, name="case", methods=FORM),
    viewing("cases/<slug:number>/snapshot.json", views.snapshot, name="case-snapshot"),
    viewing("enterprises/<slug:uscc>/cases/", views.listed, name="enterprise-cases"),
    page(
        "footprints/<slug:code>/reports/",
        reports.listed,
        name="footprint-reports",
        access=Access.MEMBER,
        permission=Permission.VIEW,
        methods=FORM,
    ),
]
