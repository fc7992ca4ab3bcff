# syntax=docker/dockerfile:1
# Two stages: the first builds a virtual environment from the locked versions, the second holds nothing else.
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
RUN python3 -m venv /opt/watcher
COPY requirements.lock ./
RUN /opt/watcher/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY watcher ./watcher
RUN /opt/watcher/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim-bookworm
ENV PATH=/opt/watcher/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TZ=Asia/Shanghai \
    WATCHER_CONFIG=/app/sources.yaml \
    WATCHER_STATE=/app/state
RUN useradd --uid 10001 --home-dir /app --shell /usr/sbin/nologin watcher \
    && mkdir -p /app/state/archive /app/state/backups \
    && chown -R watcher:watcher /app
COPY --from=build /opt/watcher /opt/watcher
COPY --chown=watcher:watcher sources.yaml /app/sources.yaml
WORKDIR /app
USER 10001:10001
VOLUME ["/app/state"]
STOPSIGNAL SIGTERM
# `doctor --alive` fails when the service has not finished a scheduling round for a while.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 CMD ["watcher", "doctor", "--alive"]
ENTRYPOINT ["watcher"]
CMD ["run"]
