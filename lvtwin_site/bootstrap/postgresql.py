"""A PostgreSQL to run the database tests on: where it is looked for, and what it must allow."""

import os

from lvtwin_site.bootstrap.steps import SITE_PYTHON, last_error, run_quietly

WHAT_TO_DO = (
    "start PostgreSQL with a database `test` and a user that may create databases; "
    "PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE say where and who"
)
# psycopg's own library reads PGUSER and PGPASSWORD; without a user's name it takes the system's.
PROBE = (
    "import sys, psycopg\n"
    "with psycopg.connect(sys.argv[1], connect_timeout=5) as c:\n"
    "    may = c.execute('SELECT bool_or(rolcreatedb OR rolsuper) FROM pg_roles "
    "WHERE rolname = current_user').fetchone()[0]\n"
    "sys.exit(0 if may else 'ERROR: this user may not create databases')\n"
)


def url() -> str:
    """Return the address of the PostgreSQL to test with."""
    host, port = os.environ.get("PGHOST") or "127.0.0.1", os.environ.get("PGPORT") or "5432"
    return f"postgres://{host}:{port}/{os.environ.get('PGDATABASE') or 'test'}"


def missing() -> str:
    """Say why no test can run on PostgreSQL, or nothing where they can."""
    answer = run_quietly([SITE_PYTHON, "-c", PROBE, url()])
    return last_error(answer.stdout) if answer.returncode else ""
