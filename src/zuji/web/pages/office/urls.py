from zuji.web.access import Access, page
from zuji.web.pages.office import duties, views

urlpatterns = [
    page("office/", views.waiting, name="office", access=Access.OPERATOR),
    page("office/duties/", duties.held, name="office-duties", access=Access.OPERATOR, methods=("GET", "HEAD", "POST")),
    page("office/duties/<int:appointment>/end/", duties.end, name="office-duty-end", access=Access.OPERATOR, methods=("POST",)),
    page("office/<slug:uscc>/", views.identity, name="office-identity", access=Access.OPERATOR, methods=("GET", "HEAD", "POST")),
]
