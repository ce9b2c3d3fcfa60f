from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def sign_in(request: HttpRequest, *, email: str, password: str) -> HttpResponse:
    """Sign somebody in who has just chosen their password, as the sign-in page does; where that is not possible, send them there."""
    person = get_adapter(request).authenticate(request, email=email, password=password)
    if person is None:
        return redirect("account_login")
    answer: HttpResponse = perform_login(request, person, email_verification="none")
    return answer
