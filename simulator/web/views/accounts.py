"""Signing in and out; accounts are made in the admin."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse


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


class SignOut(LogoutView):
    """End the session; by POST alone, so that no other site's link does it."""

    http_method_names = ["post"]
