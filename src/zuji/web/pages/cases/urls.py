from zuji.web.access import Access, page
from zuji.web.pages.cases import reports, submission, views

FORM = ("GET", "HEAD", "POST")

urlpatterns = [
    page("products/<slug:code>/v<int:number>/submit/", submission.submit, name="version-submit", access=Access.MEMBER, methods=FORM),
    page("products/<slug:code>/compare/", views.choose, name="product-compare", access=Access.MEMBER),
    page("cases/<slug:number>/", views.case, name="case", access=Access.MEMBER, methods=FORM),
    page("cases/<slug:number>/snapshot.json", views.snapshot, name="case-snapshot", access=Access.MEMBER),
    page("enterprises/<slug:uscc>/cases/", views.listed, name="enterprise-cases", access=Access.MEMBER),
    page("footprints/<slug:code>/reports/", reports.listed, name="footprint-reports", access=Access.MEMBER, methods=FORM),
]
