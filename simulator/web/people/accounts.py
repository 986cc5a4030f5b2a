"""Signing in and out; accounts are made in the admin."""

from math import ceil
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from simulator.web.people.sign_ins import seconds_left


class SignIn(LoginView):
    """Ask for name and password, and lead to where the person wanted to go."""

    template_name = "simulator/login.html"
    redirect_authenticated_user = True
    extra_context = {"section": "login"}

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the page again, with what is wrong."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Answer 429 to a name or an address with too many wrong passwords, whatever the password was."""
    seconds = seconds_left(request, credentials)
    context = {"section": "login", "minutes": ceil(seconds / 60)}
    refused = render(request, "simulator/locked_out.html", context, status=429)
    refused["Retry-After"] = str(seconds)
    return refused


class SignOut(LogoutView):
    """End the session; by POST alone, so that no other site's link does it."""

    http_method_names = ["post"]
