from zuji.web.access import Access, page
from zuji.web.pages.footprints import views
from zuji.workflow.permissions import Permission

urlpatterns = [
    page("footprints/", views.demonstrations, name="footprints", access=Access.PUBLIC),
    page("footprints/<slug:code>/", views.sheet, name="footprint", access=Access.MEMBER, permission=Permission.VIEW),
    page("footprints/<slug:code>/result.json", views.as_json, name="footprint-json", access=Access.MEMBER, permission=Permission.VIEW),
    page("footprints/<slug:code>/study.yaml", views.study, name="footprint-study", access=Access.MEMBER, permission=Permission.VIEW),
    page(
        "footprints/<slug:code>/report.<slug:report_language>.<slug:form>",
        views.report,
        name="footprint-report",
        access=Access.MEMBER,
        permission=Permission.VIEW,
    ),
    page(
        "footprints/<slug:code>/charts/<slug:chart>.json",
        views.chart_option,
        name="footprint-chart",
        access=Access.MEMBER,
        permission=Permission.VIEW,
    ),
    page(
        "footprints/<slug:code>/charts/<slug:chart>.svg",
        views.chart_drawing,
        name="footprint-drawing",
        access=Access.MEMBER,
        permission=Permission.VIEW,
    ),
    page(
        "footprints/<slug:code>/charts/<slug:chart>.csv",
        views.chart_table,
        name="footprint-table",
        access=Access.MEMBER,
        permission=Permission.VIEW,
    ),
    page("footprints/<slug:code>/brief/", views.brief, name="footprint-brief", access=Access.MEMBER, permission=Permission.VIEW),
    page(
        "footprints/<slug:code>/reproduce/",
        views.recalculated,
        name="footprint-reproduce",
        access=Access.MEMBER,
        permission=Permission.VIEW,
    ),
]
