from functools import partial

from zuji.web.access import Access, page
from zuji.web.pages.enterprises import clients, delegations, members, sites, views
from zuji.workflow.permissions import Permission

FORM, POST = ("GET", "HEAD", "POST"), ("POST",)
viewing = partial(page, access=Access.ENTERPRISE, permission=Permission.VIEW)
managing = partial(page, access=Access.ENTERPRISE, permission=Permission.MANAGE)

urlpatterns = [
    viewing("enterprises/<slug:uscc>/", views.home, name="enterprise"),
    viewing("enterprises/<slug:uscc>/history/", views.history, name="enterprise-history"),
    viewing("enterprises/<slug:uscc>/leave/", views.leave, name="enterprise-leave", methods=FORM),
    managing("enterprises/<slug:uscc>/data/", views.data, name="enterprise-data", methods=FORM),
    managing("enterprises/<slug:uscc>/members/", members.listed, name="members", methods=FORM),
    managing("enterprises/<slug:uscc>/members/<int:user>/", members.member, name="member", methods=FORM),
    managing("enterprises/<slug:uscc>/members/<int:user>/remove/", members.remove, name="member-remove", methods=POST),
    managing(
        "enterprises/<slug:uscc>/invitations/<int:invitation>/revoke/", members.revoke_invitation, name="invitation-revoke", methods=POST
    ),
    viewing("enterprises/<slug:uscc>/sites/", sites.listed, name="sites"),
    managing("enterprises/<slug:uscc>/sites/new/", sites.new, name="site-new", methods=FORM),
    managing("enterprises/<slug:uscc>/sites/<int:site>/", sites.change, name="site", methods=FORM),
    managing("enterprises/<slug:uscc>/sites/<int:site>/close/", sites.close, name="site-close", methods=POST),
    managing("enterprises/<slug:uscc>/sites/<int:site>/reopen/", sites.reopen, name="site-reopen", methods=POST),
    managing("enterprises/<slug:uscc>/delegations/", delegations.listed, name="delegations", methods=FORM),
    managing("enterprises/<slug:uscc>/delegations/<int:delegation>/revoke/", delegations.revoke, name="delegation-revoke", methods=POST),
    managing("enterprises/<slug:uscc>/clients/", clients.listed, name="clients", methods=FORM),
    managing("enterprises/<slug:uscc>/clients/<slug:client>/revoke/", clients.revoke, name="client-revoke", methods=POST),
]
