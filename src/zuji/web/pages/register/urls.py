from zuji.web.access import Access, page
from zuji.web.pages.register import invitations, views

FORM = ("GET", "HEAD", "POST")

urlpatterns = [
    page("register/", views.begin, name="account_signup", access=Access.PUBLIC, methods=FORM),  # the name that allauth looks up
    page("register/sent/", views.sent, name="register-sent", access=Access.PUBLIC),
    page("register/complete/<slug:token>/", views.complete, name="register-complete", access=Access.PUBLIC, methods=FORM),
    page("invitations/<slug:token>/", invitations.show, name="invitation", access=Access.PUBLIC, methods=FORM),
    page("invitations/<slug:token>/accept/", invitations.accept, name="invitation-accept", access=Access.SIGNED_IN, methods=("POST",)),
    page("invitations/<slug:token>/mail/", invitations.mail, name="invitation-mail", access=Access.PUBLIC, methods=("POST",)),
]
