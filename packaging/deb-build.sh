#!/usr/bin/env bash
# deb-build.sh prepare|build|lint|run_piuparts: makes the packages of the sources in ./sources; runs in a clean Debian.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

profiles=${DEB_BUILD_PROFILES:-}

prepare () {
  local source
  apt-get -q update
  apt-get -q -y -o Dpkg::Options::=--force-unsafe-io install --no-install-recommends build-essential lintian
  for source in sources/*/; do
    apt-get -q -y -o Dpkg::Options::=--force-unsafe-io ${profiles:+-P "$profiles"} --no-install-recommends \
      build-dep "./$source"
  done
}

build () {
  local source
  for source in sources/*/; do
    (cd "$source" && dpkg-buildpackage -us -uc ${profiles:+-P"$profiles"})
  done
  mkdir -p packages
  find sources -maxdepth 1 -type f -exec mv -t packages {} +
}

# What it says of the packages is read, down to the pedantic.
lint () {
  lintian --allow-root --display-info --pedantic --show-overrides \
    --fail-on error,warning,info,pedantic packages/*.changes
}

# Installs and purges them in a Debian of its own, and compares what was there with what is.
run_piuparts () {
  apt-get -q -y -o Dpkg::Options::=--force-unsafe-io install --no-install-recommends \
    debian-archive-keyring debootstrap piuparts
  find packages -name '*.deb' ! -name '*-dbgsym_*' -print0 |
    xargs -0 piuparts --distribution "$1" --mirror "$2 main" --no-eatmydata --scriptsdir /etc/piuparts/scripts
}

"$@"
