"""The first admin user."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_the_first_admin_gets_a_password_that_works_and_is_shown_once() -> None:
    first, second = StringIO(), StringIO()
    call_command("ensure_admin", stdout=first)
    call_command("ensure_admin", stdout=second)
    password = first.getvalue().split("password ")[1].split()[0]
    user = User.objects.get(username="admin")
    assert user.check_password(password)
    assert user.is_superuser
    assert second.getvalue() == ""


@pytest.mark.django_db
def test_a_user_who_took_the_name_is_not_made_an_administrator() -> None:
    User.objects.create_user("admin")
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("ensure_admin")
