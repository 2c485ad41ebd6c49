#!/usr/bin/env bash
# run.sh PLUGIN_DIR WATCHER...: the dialog in a real GIMP on an X server of its own (checks.py says what is checked).
# The watchers are preloaded into the plug-in.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
plugin=$(cd "$1" && pwd -P)
shift
watchers=$(realpath "$@" | paste -sd :)
. "$here/../../support/gimp.sh"
. "$here/desktop.sh"

need gimp gimp-console Xvfb openbox xdotool dbus-run-session

work=$(mktemp -d)
failed=0
trap 'desktop_stop; rm -rf "$work"' EXIT

fail () { echo "FAILED  $1"; failed=1; }

gimp_home "$work" "$plugin"
export XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config HOME=$work
export DOT_TEST_SCRIPTS=$here DOT_TEST_RESULTS=$work/results DOT_TEST_FOLDER=$work
script_pairs "$work/elsewhere/gray"
# Runs are many here, and long: a smaller pair lies in the place of the one that ships.
mkdir "$work/models"
cp -R "$DOT_REFINE_MODELS/imagenet10-64" "$work/models/imagenet40-64"
cp "$DOT_REFINE_MODELS"/*.tsv "$DOT_REFINE_MODELS"/*.json "$work/models"
export DOT_REFINE_MODELS=$work/models

desktop_start "$work"
# What stalls.c and memory.c find goes to files that the checks read.
export DOT_TEST_STALLS=$work/stalls DOT_TEST_MEMORY=$work/memory
LD_PRELOAD=$watchers gimp_desktop "$here/checks.py" || fail "GIMP ran the checks"
desktop_stop
# Another start of GIMP knows what the dialog ran with last, which is known where all was checked.
starts=1
if [ -z "${DOT_TEST_ONLY:-}" ]; then
  starts=2
  gimp_console "$here/remembered.py" || fail "GIMP ran the checks of another start"
fi

# A GIMP in German.  In the locale C nobody asks LANGUAGE.
german () {
  mkdir "$work/locales"
  localedef -i de_DE -f UTF-8 "$work/locales/de_DE.UTF-8" || return 1
  desktop_start "$work"
  (
    export LOCPATH=$work/locales LC_ALL=de_DE.UTF-8 LANGUAGE=de
    gimp_desktop "$here/german.py"
  )
}
if [[ german =~ ${DOT_TEST_ONLY:-} ]]; then
  starts=$((starts + 1))
  mv "$work/desktop.log" "$work/checks.log"
  german || fail "GIMP ran the checks in German"
  desktop_stop
fi

if [ -f "$work/results" ]; then cat "$work/results"; fi
[ "$(grep -c '^done' "$work/results" 2>/dev/null)" = $starts ] || fail "the checks ran to their end"
if grep -q '^FAILED' "$work/results" 2>/dev/null; then failed=1; fi
# What GTK and ATK say of themselves:
# - GTK 3.24's file chooser remembers that a location was typed (Ctrl+L).  The next one, opened in a folder, gives its
#   location entry the focus while it shows the path bar, so the next keys go to a widget that isn't realized.
# - The first reader of a program's accessibles gets all of them from ATK's bridge, which doesn't expect that a cell of
#   a list that has closed has no state: three complaints of that, then one about unreferencing it.
own_complaints () {
  cat "$work"/*.log | grep -E 'dot-refine.*CRITICAL' |
    sed -e '/WIDGET_REALIZED_FOR_EVENT/d' -e '/atk_state_set_contains_state/,/g_object_unref/d'
}
if [ -n "$(own_complaints)" ]; then own_complaints; fail "GTK has nothing to complain about"; fi

if [ $failed != 0 ]; then
  echo "--- the end of GIMP's log:"
  tail -n 30 "$work"/{checks,desktop}.log 2>/dev/null || true
fi
exit $failed
