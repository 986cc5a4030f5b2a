"""The Django project: settings, addresses, and the set-up that runs before Django is there."""
