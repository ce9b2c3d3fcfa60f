"""The application as granian's worker processes load it, and only they."""

from zuji.config.belonging import belong_to_the_parent

belong_to_the_parent()  # before the slow imports: the time in which a worker could be left behind is short

from threading import Thread  # noqa: E402  # see above

from django.db import DatabaseError, connection  # noqa: E402  # see above
from django.urls import get_resolver  # noqa: E402  # see above

from zuji.config.wsgi import application  # noqa: E402  # see above
from zuji.registry.factors.holding import current  # noqa: E402  # Django is set up now

__all__ = ["application"]

_ = get_resolver().url_patterns  # every page is read now: what is broken fails the start, not a visitor


def _read_ahead() -> None:
    """Read the factors before a visitor asks: fifty thousand take seconds. Where the database is away, the first search reads them."""
    try:
        current()
    except DatabaseError:
        return
    finally:
        connection.close()


Thread(target=_read_ahead, name="factors", daemon=True).start()
