from zuji.web.access import Access, page
from zuji.web.pages.inventory import analyses, exporting, files, views

_ONE = "inventory/<slug:code>/<int:number>/<slug:gwp>/"

urlpatterns = [
    page("inventory/", views.releases, name="inventory", access=Access.PUBLIC),
    page("inventory/<slug:code>/", views.release, name="inventory-release", access=Access.PUBLIC),
    page("inventory/<slug:code>/release.json", files.release, name="inventory-release-json", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/dataset.json", files.dataset, name="inventory-dataset-json", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/<slug:form>.zip", exporting.dataset, name="inventory-export", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/", views.dataset, name="inventory-dataset", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/<slug:gwp>/flow.json", views.flow_option, name="inventory-flow", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/<slug:gwp>/flow.svg", views.flow_drawing, name="inventory-drawing", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/<slug:gwp>/<slug:table>.csv", views.table, name="inventory-table", access=Access.PUBLIC),
    page(_ONE + "analysis/", analyses.analyses, name="inventory-analysis", access=Access.PUBLIC),
    page(_ONE + "analysis/<slug:chart>.json", analyses.chart_option, name="inventory-chart", access=Access.PUBLIC),
    page(_ONE + "analysis/<slug:chart>.svg", analyses.chart_drawing, name="inventory-chart-drawing", access=Access.PUBLIC),
    page(_ONE + "analysis/<slug:chart>.csv", analyses.chart_table, name="inventory-chart-table", access=Access.PUBLIC),
    page(_ONE + "since/<slug:earlier>/", analyses.since, name="inventory-since", access=Access.PUBLIC),
    page(_ONE + "since/<slug:earlier>/difference.json", analyses.since_option, name="inventory-since-option", access=Access.PUBLIC),
    page(_ONE + "since/<slug:earlier>/difference.svg", analyses.since_drawing, name="inventory-since-drawing", access=Access.PUBLIC),
    page(_ONE + "since/<slug:earlier>/difference.csv", analyses.since_table, name="inventory-since-table", access=Access.PUBLIC),
]
