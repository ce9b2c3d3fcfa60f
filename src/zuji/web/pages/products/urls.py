from functools import partial

from zuji.web.access import Access, page
from zuji.web.pages.products import changes, group, scripting, version, views
from zuji.workflow.permissions import Permission

FORM, POST = ("GET", "HEAD", "POST"), ("POST",)
viewing = partial(page, access=Access.ENTERPRISE, permission=Permission.VIEW)
editing = partial(page, access=Access.ENTERPRISE, permission=Permission.EDIT)
creating = partial(page, access=Access.ENTERPRISE, permission=Permission.CREATE)
V = "products/<slug:code>/v<int:number>/"

urlpatterns = [
    creating("enterprises/<slug:uscc>/products/new/", views.new, name="product-new", methods=FORM),
    viewing("products/<slug:code>/", views.product, name="product"),
    editing("products/<slug:code>/describe/", views.describe, name="product-describe", methods=FORM),
    editing("products/<slug:code>/archive/", views.archive, name="product-archive", methods=POST),
    viewing(V, version.overview, name="version"),
    viewing(V + "g/<slug:group>/", group.show, name="version-group"),
    editing(V + "g/<slug:group>/save/", group.save, name="version-group-save", methods=POST),
    editing(V + "answers/", scripting.save, name="version-answers", methods=POST),
    viewing(V + "live/", scripting.live, name="version-live", methods=POST),
    viewing(V + "factors/<slug:field>/", scripting.choose_factor, name="version-factors"),
    viewing(V + "session/", scripting.session, name="version-session"),
    viewing(V + "check/", version.check, name="version-check"),
    editing(V + "calculate/", version.calculate, name="version-calculate", methods=POST),
    viewing(V + "history/", changes.history, name="version-history"),
    editing(V + "restore/", changes.confirm_restore, name="version-restore"),
    editing(V + "restore/do/", changes.restore, name="version-restore-do", methods=POST),
    editing(V + "new-version/", views.new_version, name="version-new", methods=POST),
    viewing(V + "move-model/", views.move_model, name="move-model"),
    editing(V + "move-model/do/", views.move, name="move-model-do", methods=POST),
]
