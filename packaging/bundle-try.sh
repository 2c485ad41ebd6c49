#!/usr/bin/env bash
# bundle-try.sh install|trace|refine ARCHIVE: tries the archive as a person without root; runs in a fresh Debian.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

archive=$PWD/$2
home=/home/person

# GIMP, and none of what building needs.
install () {
  apt-get -q update
  apt-get -q -y -o Dpkg::Options::=--force-unsafe-io install --no-install-recommends gimp xz-utils
  useradd --create-home person
  as_person gimp-console -idfs --batch-interpreter=plug-in-script-fu-eval -b '(gimp-quit 0)'
}

as_person () { su person -c 'cd && exec "$@"' -- person "$@"; }

unpack () { as_person tar -xf "$archive"; }

folder () { basename "$archive" .tar.xz; }

list_home () { find "$home" -path "$home/$(folder)" -prune -o -print | sort; }

# What was there before is there after, and nothing else.
trace () {
  unpack
  list_home >before
  as_person "$home/$(folder)/install.sh"
  as_person "$home/.local/bin/dot-refine" --version
  as_person "$home/.local/lib/dot-refine/uninstall.sh"
  list_home >after
  diff before after
}

# It refines a goldfish in GIMP and on the command line.
refine () {
  unpack
  as_person "$home/$(folder)/install.sh"
  as_person gimp-console -idfs --batch-interpreter=plug-in-script-fu-eval --quit \
    -b '(plug-in-dot-refine #:run-mode RUN-NONINTERACTIVE #:class "goldfish" #:seed 7 #:updates 16 #:export-folder "pictures")'
  count "$home/pictures" 17
  as_person "$home/.local/bin/dot-refine" refine --class goldfish --seed 7 --updates 4 --out others
  count "$home/others" 5
  as_person "$home/.local/bin/dot-refine" refine --class goldfish --updates 4 --out others --export film.gif
  [ -s "$home/film.gif" ]
  as_person "$home/.local/bin/dot-refine" doctor
}

# count FOLDER NUMBER: of pictures.
count () {
  local found
  found=$(find "$1" -name '*.png' | wc -l)
  [ "$found" = "$2" ] || { echo "There are $found pictures in $1 instead of $2."; return 1; }
}

"$1"
