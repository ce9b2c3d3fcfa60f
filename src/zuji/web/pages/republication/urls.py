from functools import partial

from zuji.web.access import Access, page
from zuji.web.pages.republication import charts, officials, owners
from zuji.workflow.duties import Duty
from zuji.workflow.permissions import Permission

FORM = ("GET", "HEAD", "POST")
viewing = partial(page, access=Access.ENTERPRISE, permission=Permission.VIEW)
deciding = partial(page, access=Access.DUTY, duties=frozenset(Duty) - {Duty.AUDITOR})

urlpatterns = [
    viewing("enterprises/<slug:uscc>/successors/", owners.listed, name="enterprise-successors"),
    viewing("footprints/<slug:code>/successors/<slug:publication>/", owners.successor, name="successor", methods=FORM),
    viewing("footprints/<slug:code>/successors/<slug:publication>/chart.json", charts.option, name="successor-chart"),
    viewing("footprints/<slug:code>/successors/<slug:publication>/chart.svg", charts.drawing, name="successor-drawing"),
    viewing("footprints/<slug:code>/successors/<slug:publication>/chart.csv", charts.table, name="successor-table"),
    deciding("impact/", officials.overview, name="impact", methods=FORM),
    deciding("impact/previews/<slug:digest>/", officials.kept, name="impact-preview"),
    deciding("impact/publications/<slug:publication>/", officials.publication, name="impact-publication"),
]
