from zuji.web.access import Access, page
from zuji.web.pages.evidence import views
from zuji.workflow.permissions import Permission

urlpatterns = [page("evidence/<slug:code>", views.download, name="evidence", access=Access.MEMBER, permission=Permission.VIEW)]
