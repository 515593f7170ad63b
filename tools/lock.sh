#!/bin/sh
# Write requirements.lock (to run), requirements-build.lock (to build), requirements-dev.lock (to
# test) and requirements-check.lock (to read PDFs as a screen reader does, and the tables by their
# schemas): versions and hashes, for every system and Python from 3.11, without naming a package
# index. Needs uv.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}
compile pyproject.toml --output-file requirements.lock
# hatchling builds the project itself, without a second, unlocked download.
printf 'hatchling\n' | compile - --constraint requirements.lock --output-file requirements-build.lock
compile pyproject.toml --group dev --constraint requirements.lock \
    --constraint requirements-build.lock --output-file requirements-dev.lock
# Apart: outloud needs a library under AGPL, and none is needed by the tests.
printf 'frictionless==5.21.0\noutloud==0.2.1\npdfua==0.1.3\n' | compile - --output-file requirements-check.lock
