from zuji.web.access import Access, page
from zuji.web.pages.evidence import views

urlpatterns = [page("evidence/<slug:code>", views.download, name="evidence", access=Access.MEMBER)]
