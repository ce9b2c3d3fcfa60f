from allauth.account.views import login, logout

from zuji.web.access import Access, page
from zuji.web.pages.account import views

urlpatterns = [
    page("account/", views.account, name="account", access=Access.SIGNED_IN),
    page("account/login/", login, name="account_login", access=Access.PUBLIC, methods=("GET", "HEAD", "POST")),
    page("account/logout/", logout, name="account_logout", access=Access.PUBLIC, methods=("GET", "HEAD", "POST")),
]
