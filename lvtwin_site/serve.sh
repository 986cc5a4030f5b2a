#!/bin/sh
# What a container runs: `manage.py up` without the parts that building the image has done.
set -e
cd "$(dirname "$0")/.."
if [ -z "$LVTWIN_SECRET_KEY" ]; then
    LVTWIN_SECRET_KEY=$(python -c 'from lvtwin_site.bootstrap import key, up; print(key.secret_key(up.KEY_FILE))')
fi
# Render tells a service its own name.
LVTWIN_ALLOWED_HOSTS=${LVTWIN_ALLOWED_HOSTS:-$RENDER_EXTERNAL_HOSTNAME}
export LVTWIN_SECRET_KEY LVTWIN_ALLOWED_HOSTS
python manage.py check_database
python manage.py migrate --no-input --verbosity 0
python manage.py load_feeders
python manage.py ensure_admin
python manage.py compile_solver
exec python -m lvtwin_site.server --host 0.0.0.0 --port "${PORT:-8000}"
