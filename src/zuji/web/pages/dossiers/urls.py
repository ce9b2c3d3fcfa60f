from functools import partial

from zuji.web.access import Access, page
from zuji.web.pages.dossiers import desk, documents, editing, sheets, spot_checks
from zuji.workflow.duties import Duty
from zuji.workflow.permissions import Permission

FORM = ("GET", "HEAD", "POST")
of_dossier = partial(page, access=Access.DOSSIER)

urlpatterns = [
    page("dossiers/", desk.listed, name="dossiers", access=Access.SIGNED_IN),
    page("dossiers/statistics/", desk.statistics, name="dossier-statistics", access=Access.PUBLIC),
    page(
        "enterprises/<slug:uscc>/dossiers/new/",
        editing.begin,
        name="dossier-new",
        access=Access.ENTERPRISE,
        permission=Permission.EDIT,
        methods=FORM,
    ),
    of_dossier("dossiers/<slug:dossier>/", sheets.sheet, name="dossier", methods=FORM),
    of_dossier("dossiers/<slug:dossier>/edit/", editing.edit, name="dossier-edit", methods=FORM),
    of_dossier("dossiers/<slug:dossier>/documents/", documents.add, name="dossier-documents", methods=("POST",)),
    of_dossier("dossiers/<slug:dossier>/documents/<slug:file>", documents.read, name="dossier-document"),
    of_dossier("dossiers/<slug:dossier>/history/", sheets.history, name="dossier-history"),
    of_dossier("dossiers/<slug:dossier>/letters/<int:step>.<slug:letter_language>.pdf", sheets.letter, name="dossier-letter"),
    of_dossier("dossiers/<slug:dossier>/impact/", sheets.impact, name="dossier-impact"),
    page("spot-checks/", spot_checks.listed, name="spot-checks", access=Access.PUBLIC),
    page(
        "spot-checks/announce/",
        spot_checks.announce,
        name="spot-check-announce",
        access=Access.DUTY,
        duties=frozenset({Duty.INSPECTOR}),
        methods=FORM,
    ),
    page(
        "spot-checks/<slug:number>/draw/",
        spot_checks.draw,
        name="spot-check-draw",
        access=Access.DUTY,
        duties=frozenset({Duty.INSPECTOR}),
        methods=("POST",),
    ),
    page("spot-checks/<slug:number>/", spot_checks.one, name="spot-check", access=Access.PUBLIC),
]
