# The images of docker-compose.yml, a target each: worker, monitor, target (the demo API), locust (the stock master), loadtest.
#
#   docker build --target=worker --tag=gregaria/worker .
#
# VERSION labels an image; the program says its own (--version). A test compares the two.
ARG VERSION=0.1.0

FROM golang:1.26-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc libc6-dev libczmq-dev pkg-config \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY internal internal
COPY loadtest loadtest
COPY monitor monitor
COPY worker worker
ENV CGO_CFLAGS="-O2 -Wno-deprecated-declarations"
RUN --mount=type=cache,target=/root/.cache/go-build \
    go build -trimpath -ldflags="-s -w" -o /out/ ./worker ./monitor ./loadtest ./internal/cmd/target \
 && /out/loadtest plugin > /out/gregaria.py

FROM debian:bookworm-slim AS worker
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libczmq4 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt
COPY --from=build /out/worker /usr/local/bin/
# A locustfile that opens files finds those that are mounted here.
WORKDIR /gregaria
USER 10001:10001
ENTRYPOINT ["worker"]
ARG VERSION
LABEL org.opencontainers.image.title="gregaria/worker" \
      org.opencontainers.image.description="A Locust worker in Go" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION"

FROM debian:bookworm-slim AS monitor
COPY --from=build /out/monitor /usr/local/bin/
WORKDIR /gregaria
USER 10001:10001
ENTRYPOINT ["monitor"]
ARG VERSION
LABEL org.opencontainers.image.title="gregaria/monitor" \
      org.opencontainers.image.description="CPU, memory and GPU of a machine, as CSV or for Prometheus" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION"

FROM debian:bookworm-slim AS target
COPY --from=build /out/target /usr/local/bin/
USER 10001:10001
ENTRYPOINT ["target"]
ARG VERSION
LABEL org.opencontainers.image.title="gregaria/target" \
      org.opencontainers.image.description="A story API to shoot at, which counts what it served" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION"

# Locust as PyPI has it, at the version that requirements.txt pins, and the tab Resources, which nobody loads who does not name it.
FROM python:3.12-slim AS locust
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
COPY requirements.txt /tmp/
RUN PYTHONDONTWRITEBYTECODE= pip install --no-cache-dir -r /tmp/requirements.txt && rm /tmp/requirements.txt
COPY --from=build /out/gregaria.py /usr/local/share/
WORKDIR /gregaria
USER 10001:10001
ENTRYPOINT ["locust"]
LABEL org.opencontainers.image.title="gregaria/locust" \
      org.opencontainers.image.description="Stock Locust" \
      org.opencontainers.image.licenses="MIT"

# loadtest starts Locust's master, so its base is Locust.
FROM locust AS loadtest
USER root
# Debian 13 has libczmq4 under another name, since its time is 64 bits wide.
RUN apt-get update \
 && { apt-get install -y --no-install-recommends libczmq4 || apt-get install -y --no-install-recommends libczmq4t64; } \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt
COPY --from=build /out/loadtest /out/monitor /out/worker /usr/local/bin/
USER 10001:10001
ENTRYPOINT ["loadtest"]
ARG VERSION
LABEL org.opencontainers.image.title="gregaria/loadtest" \
      org.opencontainers.image.description="One command, one load test: Locust's master, workers in Go, the monitor, a verdict" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION"
