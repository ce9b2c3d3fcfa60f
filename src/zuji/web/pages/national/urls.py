from zuji.web.access import Access, page
from zuji.web.pages.national import views
from zuji.workflow.duties import Duty

OFFICIALS = frozenset(duty for duty in Duty if duty is not Duty.AUDITOR)

urlpatterns = [
    page("authority/national/", views.divergences, name="national", access=Access.DUTY, duties=OFFICIALS),
    page("authority/national/draft/", views.draft, name="national-draft", access=Access.DUTY, duties=OFFICIALS, methods=("POST",)),
]
