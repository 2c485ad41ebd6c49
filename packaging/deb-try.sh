#!/usr/bin/env bash
# deb-try.sh install|demo|tests|purge: tries the packages in ./packages; runs in a fresh Debian.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

# Those that were made, without what is there to debug them.
list_names () {
  local file
  for file in packages/*.deb; do
    case $file in *-dbgsym_*) ;; *) dpkg-deb -f "$file" Package ;; esac
  done
}

list_files () {
  local name
  for name in $(list_names); do echo ./packages/"$name"_*.deb; done
}

# GIMP comes first, so that what is installed after it is what the packages themselves ask for.
install () {
  apt-get -q update
  apt-get -q -y -o Dpkg::Options::=--force-unsafe-io install --no-install-recommends \
    gimp python3-gi gir1.2-gimp-3.0 python3-numpy
  # shellcheck disable=SC2046
  apt-get -q -y -o Dpkg::Options::=--force-unsafe-io install --no-install-recommends $(list_files)
}

demo () {
  local plugin
  plugin=$(dirname "$(dpkg -L gimp-dot-refine | grep '/plug-ins/dot-refine/dot-refine$')")
  DOT_REFINE_PLUGIN=$plugin bash sources/dot-refine/tests/plugin/demo.sh demo
}

# As autopkgtest does it, which packages' tests are written for; those of a package that isn't here are left out.
run_test () {
  local source=$1 name=$2
  echo "==> $source: $name"
  AUTOPKGTEST_TMP=$(mktemp -d)
  export AUTOPKGTEST_TMP
  (cd "sources/$source" && sh "debian/tests/$name")
}

tests () {
  local source name
  for source in dot-refine dot-refine-models-imagenet40; do
    for name in $(sed -n 's/^Tests: *//p' "sources/$source/debian/tests/control"); do
      if [ "$name" = torch ] && ! dpkg -s dot-refine-torch >/dev/null 2>&1; then
        echo "==> $source: $name is left out: there is no dot-refine-torch."
      else run_test "$source" "$name"; fi
    done
  done
}

# Nothing of theirs may be left, but what they made for a person.
purge () {
  local left
  # shellcheck disable=SC2046
  apt-get -q -y purge $(list_names)
  left=$(find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /exchange -o -path /root -o -path /tmp \
    -o -path /var/log -o -path /var/cache \) -prune -o -iname '*dot*refine*' -print)
  [ -z "$left" ] || { echo "This is left behind: $left"; exit 1; }
}

"$@"
