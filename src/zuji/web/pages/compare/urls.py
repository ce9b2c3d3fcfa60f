from zuji.web.access import Access, page
from zuji.web.pages.compare import views
from zuji.workflow.permissions import Permission

urlpatterns = [
    page("footprints/<slug:code>/compare/", views.choose, name="compare-choose", access=Access.MEMBER, permission=Permission.VIEW),
    page("compare/<slug:before>/<slug:after>/", views.side_by_side, name="compare", access=Access.MEMBER, permission=Permission.VIEW),
    page(
        "compare/<slug:before>/<slug:after>/drivers.json",
        views.chart_option,
        name="compare-chart",
        access=Access.MEMBER,
        permission=Permission.VIEW,
    ),
    page(
        "compare/<slug:before>/<slug:after>/drivers.svg",
        views.chart_drawing,
        name="compare-drawing",
        access=Access.MEMBER,
        permission=Permission.VIEW,
    ),
    page(
        "compare/<slug:before>/<slug:after>/drivers.csv",
        views.chart_table,
        name="compare-table",
        access=Access.MEMBER,
        permission=Permission.VIEW,
    ),
]
