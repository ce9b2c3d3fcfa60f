from django.urls import register_converter

from zuji.web.access import Access, page
from zuji.web.pages.factors import views


class FactorConverter:
    """A factor's id, or its version: anything but a slash and the @ between the two."""

    regex = "[^/@]{1,120}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FactorConverter, "factor")

urlpatterns = [
    page("factors/", views.browse, name="factors", access=Access.PUBLIC),
    page("factors/<factor:factor>/", views.newest, name="factor-newest", access=Access.PUBLIC),
    page("factors/<factor:factor>@<factor:version>/", views.sheet, name="factor", access=Access.PUBLIC),
    page("factors/<factor:factor>@<factor:version>/factor.json", views.as_json, name="factor-json", access=Access.PUBLIC),
]
