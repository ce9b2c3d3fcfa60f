from zuji.web.access import Access, page
from zuji.web.pages.home import views

urlpatterns = [
    page("", views.home, name="home", access=Access.PUBLIC),
    page("about/", views.about, name="about", access=Access.PUBLIC),
    page("developers/", views.developers, name="developers", access=Access.PUBLIC),
    page("accessibility/", views.accessibility, name="accessibility", access=Access.PUBLIC),
]
