from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth publishes no types
    """What this site does differently from allauth's own way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an enterprise's owner, not by visitors."""
        del request
        return False

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        """Somebody with the right password whose account was closed."""
        del user
        return render(request, "account/inactive.html", status=403)

    def add_message(self, *args: object, **kwargs: object) -> None:
        """The page that follows shows who is signed in: no message has to say so again."""
