from zuji.web.access import Access, page
from zuji.web.pages.office import views

urlpatterns = [
    page("office/", views.waiting, name="office", access=Access.OPERATOR),
    page("office/<slug:uscc>/", views.identity, name="office-identity", access=Access.OPERATOR, methods=("GET", "HEAD", "POST")),
]
