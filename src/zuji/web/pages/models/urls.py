from zuji.web.access import Access, page
from zuji.web.pages.models import views

urlpatterns = [
    page("models/", views.models, name="models", access=Access.PUBLIC),
    page("models/<slug:model>/", views.model, name="model", access=Access.PUBLIC),
    page("rules/<slug:rule>@<str:version>/", views.rule, name="rule", access=Access.PUBLIC),
]
