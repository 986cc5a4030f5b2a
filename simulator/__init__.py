"""LV Mini Twin's simulator: from a question about a feeder to an answer on a page.

One way in, one way out; a row imports from the rows above it::

    grid          what a feeder is      schema, topology, profiles, limits, catalogue, synthesis
    answers       what is told          figures declared once; JSON and OpenAPI from that
    importing     what people bring     networks and profiles in files, read without trust
    powerflow     how it is solved      pandapower reference, batch solver; one result type
    technologies  what draws, feeds in  load, PV, batteries in each quarter-hour
    questions     what is asked         the one question of every study
    assessment    what is judged        violations, key figures, EN 50160
    drawing       how it is drawn       diagram, profile, bands, heat, GeoJSON
    studies       what is answered      a room a study: answer, guidance, tables, chart, data
    reports       how it is shown       report, glossary, press, PDF
    models        what is kept          feeder records (Django)
    web           who asks              pages, API, work and cache, people, scenarios

A request becomes a form, the form a ``Question``; its powers give injections at ports; a
solver turns these into a ``PowerFlow``; a study reads it into figures and findings; a report shows them
as a page, CSV, PDF or JSON. All but ``models`` and ``web`` know nothing of Django.
"""

import os

# The matrices are small and the solver brings its own threads: BLAS threads would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
