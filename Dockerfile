FROM python:3.11-slim

# What WeasyPrint needs for PDF reports, and a font.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN useradd --system --create-home lvtwin && install --directory --owner=lvtwin var

USER lvtwin
ENV PYTHONUNBUFFERED=1 PORT=8000
# The database, when DATABASE_URL names no other, and the signing key, when LVTWIN_SECRET_KEY does not hold it.
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["sh", "lvtwin_site/serve.sh"]
