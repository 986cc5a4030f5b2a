"""The site as WSGI servers take it, loaded whole."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lvtwin_site.settings")

# A visitor is told soon that the database is held by somebody else; a command may wait longer.
os.environ.setdefault("LVTWIN_DATABASE_WAIT_S", "2")

application = get_wsgi_application()

# The solver takes a second to load: the start can wait for it, the first visitor should not.
import_module("simulator.powerflow.libraries").pandapower()
import_module("simulator.powerflow.sweep.engine").loaded()

# What is loaded by now stays: searching it for garbage would stop requests for 0.1 s each time.
gc.collect()
gc.freeze()
