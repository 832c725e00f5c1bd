# mtclean with LanguageTool in it, so that it needs no network.  Written to be right and not built yet: where it was
# written there is no Docker.  tests/test_shipped.py holds that what it copies and calls is there.
#
#     docker build -t mtclean .
#     docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" mtclean check docs
#     docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" mtclean run texts --output done
#
# Settings are obeyed where they belong to who runs it, so name yourself with --user.
FROM python:3.12-slim-bookworm

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1 \
    MTCLEAN_CACHE=/opt/mtclean/languagetool HOME=/home/mtclean

COPY constraints.txt /src/
RUN pip install --no-deps --require-hashes -r /src/constraints.txt

COPY pyproject.toml README.md LICENSE /src/
COPY flows /src/flows
COPY tasks /src/tasks
COPY mtclean /src/mtclean
RUN pip install --no-deps --no-build-isolation /src

# Whoever runs it writes Prefect's database and logs there.
RUN mkdir -p /home/mtclean /work && mtclean setup && chmod -R a+rwX /home/mtclean /opt/mtclean

WORKDIR /work
ENTRYPOINT ["mtclean"]
CMD ["--help"]
