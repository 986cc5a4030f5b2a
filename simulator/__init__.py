"""LV Mini Twin's simulator: from a question about a feeder to an answer on a page.

One way in, one way out; imports point from right to left only::

    grid        what a feeder is      schema, topology, profiles, limits, catalogue, synthesis
    powerflow   how it is solved      pandapower reference, batch solver; one result type
    studies     what is asked         scenario, snapshot, hosting capacity, comparison, guidance
    reports     how it is shown       tables, diagrams, charts, GeoJSON, PDF
    models      what is kept          feeder records (Django)
    web         who asks              forms, views, API, cache, metrics

A request becomes a form, the form a ``Scenario``; the scenario and a ``Feeder`` give injections; a
solver turns these into a ``PowerFlow``; a study reads it into figures and findings; a report shows them
as a page, CSV, PDF or JSON. ``grid`` to ``reports`` know nothing of Django.
"""

import os

# The matrices are small and the solver brings its own threads: BLAS threads would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
