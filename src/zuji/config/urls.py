"""All addresses. Those of pages carry their language: Chinese at the root, English under ``/en/``."""

from django.conf.urls.i18n import i18n_patterns

from zuji.web.api.urls import urlpatterns as api
from zuji.web.pages import health
from zuji.web.pages.account.urls import urlpatterns as account
from zuji.web.pages.audit.urls import urlpatterns as audit
from zuji.web.pages.authority.urls import urlpatterns as authority
from zuji.web.pages.averages.urls import urlpatterns as averages
from zuji.web.pages.cases.urls import urlpatterns as cases
from zuji.web.pages.compare.urls import urlpatterns as compare
from zuji.web.pages.dossiers.urls import urlpatterns as dossiers
from zuji.web.pages.electricity.urls import urlpatterns as electricity
from zuji.web.pages.enterprises.urls import urlpatterns as enterprises
from zuji.web.pages.evidence.urls import urlpatterns as evidence
from zuji.web.pages.factors.urls import urlpatterns as factors
from zuji.web.pages.footprints.urls import urlpatterns as footprints
from zuji.web.pages.home.urls import urlpatterns as home
from zuji.web.pages.inventory.urls import urlpatterns as inventory
from zuji.web.pages.models.urls import urlpatterns as models
from zuji.web.pages.national.urls import urlpatterns as national
from zuji.web.pages.office.urls import urlpatterns as office
from zuji.web.pages.products.urls import urlpatterns as products
from zuji.web.pages.register.urls import urlpatterns as register
from zuji.web.pages.republication.urls import urlpatterns as republication
from zuji.web.pages.revocations.urls import urlpatterns as revocations

urlpatterns = [
    *health.urlpatterns,
    *api,
    *i18n_patterns(
        *home,
        *factors,
        *inventory,
        *models,
        *footprints,
        *compare,
        *account,
        *register,
        *enterprises,
        *products,
        *averages,
        *electricity,  # before the office, whose last address takes any word
        *office,
        *audit,
        *authority,
        *national,
        *dossiers,
        *evidence,
        *cases,
        *republication,
        *revocations,
        prefix_default_language=False,
    ),
]

handler400 = "zuji.web.pages.errors.bad_request"
handler403 = "zuji.web.pages.errors.forbidden"
handler404 = "zuji.web.pages.errors.not_found"
handler429 = "zuji.web.pages.errors.too_many"  # allauth asks for it when sign-in is tried too often
handler500 = "zuji.web.pages.errors.broken"
