"""What the next page says about what has just been done, or why it was not."""

from django.contrib import messages
from django.http import HttpRequest

from zuji.engine.text import Text
from zuji.web.asking import language


def done(request: HttpRequest, text: Text) -> None:
    """Say it above the next page."""
    messages.success(request, text.in_(language()))


def refused(request: HttpRequest, text: Text) -> None:
    """Say it above the next page, as what went wrong."""
    messages.error(request, text.in_(language()))
