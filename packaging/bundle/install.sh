#!/bin/sh
# install.sh: puts DOT Refine into each GIMP 3 of this person; ./uninstall.sh takes it out again.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
place=$HOME/.local/lib/dot-refine
command=$HOME/.local/bin/dot-refine
settings=${XDG_CONFIG_HOME:-$HOME/.config}/GIMP

fail () { echo "install.sh: $*" >&2; exit 1; }

# The settings of each GIMP 3, a folder a line.  A distribution's and an AppImage have them in common.
list_profiles () {
  if [ -n "${GIMP3_DIRECTORY:-}" ]; then
    echo "$GIMP3_DIRECTORY"
    return
  fi
  for folder in "$settings"/3.*; do
    case ${folder##*/3.} in *[!0-9]*) continue ;; esac
    if [ -d "$folder" ]; then echo "$folder"; fi
  done
}

# A GIMP that was never started has no settings yet: its version says where they will be.
list_unstarted () {
  for program in gimp gimp-3 gimp-console gimp-console-3.0; do
    version=$("$program" --version 2>/dev/null | grep -oE '3\.[0-9]+' | head -n 1) || true
    if [ -n "$version" ]; then echo "$settings/$version"; return; fi
  done
}

# What is in a sandbox has libraries of its own, for which this isn't built.
explain_sandboxes () {
  for folder in "$HOME"/.var/app/org.gimp.GIMP/config/GIMP/3.* "$HOME"/snap/gimp/current/.config/GIMP/3.*; do
    if [ ! -d "$folder" ]; then continue; fi
    case $folder in
      */.var/*) echo "Flatpak's GIMP ($folder) is passed over: it runs in a sandbox with libraries of its own and takes" \
        "plug-ins as extensions of it only." ;;
      *) echo "Snap's GIMP ($folder) is passed over: it runs in a sandbox with libraries of its own." ;;
    esac
  done
}

# Nothing of an earlier version stays; what was unpacked may go after this.
copy_tree () {
  if [ "$here" = "$place" ]; then return; fi
  rm -rf "$place"
  mkdir -p "$place" || fail "Can't write $place: make it writable."
  cp -R "$here"/. "$place/" || fail "Can't copy to $place: free some space on that disk."
}

# An earlier link of this is replaced, but nothing that somebody else put there.
check_free () {
  if [ -e "$1" ] && [ ! -L "$1" ]; then
    fail "$1 is there already: take it away (./dev uninstall, where ./dev put it there), then run this again."
  fi
}

# link_to TARGET LINK
link_to () {
  mkdir -p "$(dirname "$2")" || fail "Can't write $(dirname "$2"): make it writable."
  ln -sfn "$1" "$2"
}

profiles=$(list_profiles)
[ -n "$profiles" ] || profiles=$(list_unstarted)
explain_sandboxes
[ -n "$profiles" ] || fail "There is no GIMP 3: install it, start it once, then run this again."
echo "$profiles" | while read -r profile; do check_free "$profile/plug-ins/dot-refine"; done
copy_tree
echo "$profiles" | while read -r profile; do
  link_to "$place/plug-in" "$profile/plug-ins/dot-refine"
  echo "DOT Refine is in $profile/plug-ins/dot-refine."
done
if [ -e "$command" ] && [ ! -L "$command" ]; then
  echo "$command is another program's: the command line is $place/bin/dot-refine."
else link_to "$place/bin/dot-refine" "$command"; fi

"$place/bin/dot-refine" doctor || true
echo "Start GIMP anew, and look under Filters, Generate."
