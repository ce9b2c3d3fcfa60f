from functools import partial

from zuji.web.access import Access, page
from zuji.web.pages.revocations import views
from zuji.workflow.duties import Duty

FORM = ("GET", "HEAD", "POST")
deciding = partial(page, access=Access.DUTY, duties=frozenset(Duty) - {Duty.AUDITOR})

urlpatterns = [
    deciding("authority/revocations/", views.listed, name="revocations"),
    page(
        "authority/revocations/new/",
        views.propose,
        name="revocation-new",
        access=Access.DUTY,
        duties=frozenset({Duty.PUBLISHER}),
        methods=FORM,
    ),
    deciding("authority/revocations/<slug:revocation>/", views.one, name="revocation", methods=FORM),
    page("revocations/<slug:revocation>/letter.<slug:letter_language>.pdf", views.letter, name="revocation-letter", access=Access.PUBLIC),
]
