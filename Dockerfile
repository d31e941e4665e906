# 有据 Youju as a container: documents in /corpus, what can be made anew in /data, port 8000.
#
#   docker build -t youju .
#   docker run --rm -p 127.0.0.1:8000:8000 -v ./documents:/corpus:ro youju
#
# .doc, .wps, .rtf, .odt and .xls files are read with LibreOffice, which is in an image of its own, half a gigabyte larger:
#
#   docker build -t youju:full --target full .
#
# BASE may be any image with `python3 -m venv` of Python 3.11 or newer; both stages must use the same one.
ARG BASE=docker.io/library/python:3.12-slim

FROM ${BASE} AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore PIP_PROGRESS_BAR=off \
    PIP_USE_PEP517=1
WORKDIR /src

# What changes seldom comes first: the layer of dependencies is reused until a lock file changes.
COPY requirements-build.lock requirements.lock ./
RUN python3 -m venv /opt/youju/venv \
 && /opt/youju/venv/bin/pip install --quiet --require-hashes --no-build-isolation -r requirements-build.lock \
 && /opt/youju/venv/bin/pip install --quiet --require-hashes --no-build-isolation -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY seeds seeds
COPY static static
COPY templates templates
# --no-index: what the wheel says it needs must already be there, from the lock file. What built it, and pip, stay behind, but for
# what it runs with, too.
RUN /opt/youju/venv/bin/pip install --quiet --no-index --no-build-isolation . \
 && sed -n 's/==.*//p' requirements.lock > /tmp/kept \
 && sed -n 's/==.*//p' requirements-build.lock | grep -vxFf /tmp/kept | xargs /opt/youju/venv/bin/pip uninstall --quiet --yes \
 && /opt/youju/venv/bin/pip check \
 && /opt/youju/venv/bin/pip uninstall --quiet --yes pip

# jieba's dictionary takes a second to parse; parsed once here, it is only read at start, by somebody else than its owner.
RUN YOUJU_CORPUS=/src/seeds YOUJU_DATA=/tmp/youju YOUJU_DICTIONARY=/opt/youju/dictionary /opt/youju/venv/bin/youju index \
 && test -n "$(ls /opt/youju/dictionary)" \
 && chmod -R a+rX /opt/youju

FROM ${BASE} AS slim

ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="youju" \
      org.opencontainers.image.description="Answers questions over a folder of Chinese documents with verbatim, cited passages" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT"

RUN groupadd --gid 10001 youju \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin youju \
 && install --directory --owner=10001 --group=10001 /corpus /data

COPY --from=build /opt/youju /opt/youju
# The seeds answer until documents are mounted over them.
COPY --chown=10001:10001 seeds /corpus

ENV PATH=/opt/youju/venv/bin:$PATH \
    LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    YOUJU_CORPUS=/corpus \
    YOUJU_DATA=/data \
    YOUJU_DICTIONARY=/opt/youju/dictionary \
    YOUJU_HOST=0.0.0.0 \
    YOUJU_PORT=8000

VOLUME ["/corpus", "/data"]
WORKDIR /data
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# The program asks itself, so the image needs no curl.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["youju", "health"]
ENTRYPOINT ["youju"]
CMD ["serve"]

# Writer opens the texts, Calc the tables; without their windows, menus and recommended packages.
FROM slim AS full
USER root
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui \
 && rm -rf /var/lib/apt/lists/*
USER 10001:10001

# What is built when no target is named.
FROM slim
