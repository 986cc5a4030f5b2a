"""`manage.py ensure_admin`: the first person who can enter the admin."""

import secrets
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

NAME = "admin"


class Command(BaseCommand):
    """Makes the user `admin` when nobody administers the site yet."""

    help = "Make the first admin user and print its password, once; do nothing when there is one."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Print the generated password: it is stored nowhere in the clear.

        Raises: CommandError when `admin` is the name of somebody who may not administer.
        """
        if User.objects.filter(is_superuser=True).exists():
            return
        if User.objects.filter(username=NAME).exists():
            raise CommandError(f"the user {NAME!r} is not an administrator: run manage.py createsuperuser")
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(NAME, password=password)
        self.stdout.write(f"Admin user {NAME}, password {password} (shown once; change it under /admin/)")
