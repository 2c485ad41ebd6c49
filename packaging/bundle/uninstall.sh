#!/bin/sh
# uninstall.sh: takes out what install.sh put into each GIMP 3.  Models of a person's own, settings and history stay.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -eu

place=$HOME/.local/lib/dot-refine
command=$HOME/.local/bin/dot-refine
settings=${XDG_CONFIG_HOME:-$HOME/.config}/GIMP
found=

# take_out LINK TARGET: only where it is install.sh's.
take_out () {
  if [ "$(readlink "$1" 2>/dev/null || true)" != "$2" ]; then return; fi
  rm "$1"
  echo "DOT Refine is out of $1."
  found=yes
}

for profile in ${GIMP3_DIRECTORY:+"$GIMP3_DIRECTORY"} "$settings"/3.*; do
  take_out "$profile/plug-ins/dot-refine" "$place/plug-in"
done
take_out "$command" "$place/bin/dot-refine"
if [ -d "$place" ]; then
  rm -rf "$place"
  found=yes
fi
# Folders that are empty now go; where something else is in them they stay.
rmdir "$HOME/.local/lib" "$HOME/.local/bin" 2>/dev/null || true
[ -n "$found" ] || echo "DOT Refine is not installed by install.sh."
