from zuji.web.access import Access, page
from zuji.web.pages.inventory import views

urlpatterns = [
    page("inventory/", views.releases, name="inventory", access=Access.PUBLIC),
    page("inventory/<slug:code>/", views.release, name="inventory-release", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/", views.dataset, name="inventory-dataset", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/<slug:gwp>/flow.json", views.flow_option, name="inventory-flow", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/<slug:gwp>/flow.svg", views.flow_drawing, name="inventory-drawing", access=Access.PUBLIC),
    page("inventory/<slug:code>/<int:number>/<slug:gwp>/<slug:table>.csv", views.table, name="inventory-table", access=Access.PUBLIC),
]
