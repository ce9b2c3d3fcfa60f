"""The application as granian's worker processes load it, and only they."""

from zuji.config.belonging import belong_to_the_parent

belong_to_the_parent()  # before the slow imports: the time in which a worker could be left behind is short

from django.urls import get_resolver  # noqa: E402  # see above

from zuji.config.wsgi import application  # noqa: E402  # see above

__all__ = ["application"]

_ = get_resolver().url_patterns  # every page is read now: what is broken fails the start, not a visitor
