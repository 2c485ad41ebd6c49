#!/usr/bin/env bash
# screenshots.sh OUTDIR: the dialogs and what a run leaves, on an X server of its own: as they are, then the dialog in a
# light theme, on a screen of twice the density, from right to left, and in Japanese.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
plugin=${DOT_REFINE_PLUGIN:-$here/../../../build/plugin}
. "$here/../../support/gimp.sh"
. "$here/desktop.sh"

fail () { echo "screenshots: $*" >&2; exit 1; }

[ $# = 1 ] || fail "Give the folder that gets the pictures: tests/plugin/dialog/screenshots.sh OUTDIR."
mkdir -p "$1" 2>/dev/null || fail "The folder $1 can't be made: choose one that is writable."
out=$(cd "$1" && pwd -P)
pictures=(first dialog advanced history models layers dialog-light dialog-2x dialog-rtl dialog-ja)
for name in "${pictures[@]}"; do rm -f "$out/$name.png"; done

# The home folder's path is in the pictures: a neutral one, where one may be made.
home=/home/you
work=
locales=
trap 'desktop_stop; rm -rf "$work" "$home" "$locales"' EXIT

# One window, with nothing beside the picture but its layers.
session () {
  cat <<'RC'
(session-info "toplevel"
    (factory-entry "gimp-single-image-window")
    (position 0 0)
    (size 1240 760)
    (open-on-exit)
    (aux-info
        (left-docks-width "140")
        (right-docks-width "510")
        (maximized "no"))
    (gimp-toolbox
        (side left))
    (gimp-dock
        (side right)
        (book
            (current-page 0)
            (dockable "gimp-layer-list"
                (tab-style automatic)
                (preview-size 32)))))
RC
}

# shoot VARIANT SCREEN SCHEME [NAME=VALUE...]: a GIMP of its own in a theme, a screen and a language.
shoot () {
  local variant=$1 screen=$2 scheme=$3
  shift 3
  work=$(mktemp -d)
  mkdir -p "$home" 2>/dev/null || home=$work
  gimp_home "$work" "$(cd "$plugin" && pwd -P)"
  echo "(theme-color-scheme $scheme)" >>"$work/gimprc"
  session >"$work/sessionrc"
  desktop_start "$work" "$screen" || fail "The X server didn't start: install xvfb and openbox."
  env_of_variant "$@"
  DOT_SCREENSHOT_VARIANT=$variant gimp_desktop "$here/screenshots.py" ||
    { tail -n 15 "$work/desktop.log" >&2; fail "GIMP stopped; its last lines are above."; }
  desktop_stop
  if [ -f "$work/problem" ]; then cat "$work/problem" >&2; fi
  rm -rf "$work" "$home"
}

env_of_variant () {
  unset GDK_SCALE LANGUAGE
  if [ $# -gt 0 ]; then export "$@"; fi
}

# In the locale C nobody asks LANGUAGE.
locales=$(mktemp -d)
localedef -i en_US -f UTF-8 "$locales/en_US.UTF-8" || fail "No locale could be made: install locales."

export DOT_TEST_SCRIPTS=$here DOT_SCREENSHOTS=$out HOME=$home LOCPATH=$locales LC_ALL=en_US.UTF-8
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
shoot '' 1240x800 dark
shoot light 1240x800 light
shoot 2x 2480x1600 dark GDK_SCALE=2
# GTK writes from right to left where its own texts are Arabic
shoot rtl 1240x800 dark LANGUAGE=ar
shoot ja 1240x800 dark LANGUAGE=ja

for name in "${pictures[@]}"; do
  [ -s "$out/$name.png" ] || fail "$out/$name.png wasn't made."
  echo "$out/$name.png"
done
