from django.urls import register_converter

from zuji.web.access import Access, page
from zuji.web.pages.factors import changing, files, views


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
    page("factors/changes/", changing.listed, name="factor-changes", access=Access.PUBLIC),
    page("factors/changes/feed.atom", changing.feed, name="factor-feed", access=Access.PUBLIC),
    page("factors/found.csv", files.found, name="factors-csv", access=Access.PUBLIC),
    page("factors/<factor:factor>/", views.newest, name="factor-newest", access=Access.PUBLIC),
    page("factors/<factor:factor>@<factor:version>/", views.sheet, name="factor", access=Access.PUBLIC),
    page("factors/<factor:factor>@<factor:version>/factor.json", files.as_json, name="factor-json", access=Access.PUBLIC),
    page("factors/<factor:factor>@<factor:version>/factor.csv", files.as_csv, name="factor-csv", access=Access.PUBLIC),
    page(
        "factors/<factor:factor>@<factor:version>/letters/<slug:act>.<slug:letter_language>.pdf",
        views.letter,
        name="factor-letter",
        access=Access.PUBLIC,
    ),
    page(
        "factors/<factor:factor>/compare/<factor:version>/<factor:other>/", changing.compared, name="factor-compare", access=Access.PUBLIC
    ),
]
