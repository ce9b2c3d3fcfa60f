from zuji.web.access import Access, page
from zuji.web.pages.audit import views
from zuji.workflow.duties import Duty

AUDITORS = frozenset({Duty.AUDITOR})

urlpatterns = [
    page("audit/", views.reading, name="audit", access=Access.DUTY, duties=AUDITORS),
    page("audit/export/", views.export, name="audit-export", access=Access.DUTY, duties=AUDITORS, methods=("GET",)),
    page("audit/verify/", views.verify, name="audit-verify", access=Access.DUTY, duties=AUDITORS, methods=("POST",)),
]
