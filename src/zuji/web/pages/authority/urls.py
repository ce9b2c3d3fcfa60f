from zuji.web.access import Access, page
from zuji.web.pages.authority import views
from zuji.workflow.duties import Duty

urlpatterns = [page("authority/", views.desk, name="desk", access=Access.DUTY, duties=frozenset(Duty))]
