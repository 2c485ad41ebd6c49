#!/usr/bin/env bash
# screenshots.sh OUTDIR: dialog.png and models.png (the dialogs) and layers.png (what a run leaves), on an X server of its own.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
plugin=${DOT_REFINE_PLUGIN:-$here/../../build/plugin}
. "$here/../gimp.sh"
. "$here/desktop.sh"

fail () { echo "screenshots: $*" >&2; exit 1; }

[ $# = 1 ] || fail "Give the folder that gets the pictures: tests/dialog/screenshots.sh OUTDIR."
mkdir -p "$1" 2>/dev/null || fail "The folder $1 can't be made: choose one that is writable."
out=$(cd "$1" && pwd -P)
rm -f "$out"/{dialog,models,layers}.png

work=$(mktemp -d)
# The home folder's path is in the pictures: a neutral one, where one may be made.
home=/home/you
mkdir "$home" 2>/dev/null || home=$work
trap 'desktop_stop; rm -rf "$work" "$home"' EXIT
gimp_home "$work" "$(cd "$plugin" && pwd -P)"
# One window, with nothing beside the picture but its layers.
cat >"$work/sessionrc" <<'RC'
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

export DOT_TEST_SCRIPTS=$here DOT_SCREENSHOTS=$out HOME=$home
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
desktop_start "$work" 1240x800 || fail "The X server didn't start: install xvfb and openbox."
gimp_desktop "$here/screenshots.py" || { tail -n 15 "$work/desktop.log" >&2; fail "GIMP stopped; its last lines are above."; }
for file in "$out"/{dialog,models,layers}.png; do
  [ -s "$file" ] || { cat "$work/problem" >&2 2>/dev/null || true; fail "$file wasn't made."; }
  echo "$file"
done
