#!/usr/bin/env bash
# run.sh PLUGIN_DIR: the plug-in inside a GIMP without a display (checks.py says what is checked).
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
plugin=$(cd "$1" && pwd -P)
. "$here/../support/gimp.sh"

need gimp-console

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail () { echo "FAILED  $1"; failed=1; }
pass () { echo "ok      $1"; }

# GIMP would have to load them each time it starts, were it among these.
check_links () {
  local heavy
  heavy=$(readelf -d "$plugin/dot-refine" | grep NEEDED | grep -iE 'torch|c10|cuda|cudnn|blas|gif|webp|lept' || true)
  if [ -n "$heavy" ]; then fail "the executable links no torch, no CUDA and no encoder: $heavy"
  else pass "the executable links no torch, no CUDA and no encoder"; fi
}

report_query () {
  awk '{ printf "info    the query took %.0f ms\n", 1000 * ($2 - $1) }' "$work/query-times"
}

# GIMP was given it, and could read it, or it would have said so.
check_icon () {
  if grep -q 'image-file.*icons/hicolor/scalable/apps/dot-refine.svg' "$work/pluginrc"; then
    pass "GIMP has the plug-in's own icon"
  else fail "GIMP has the plug-in's own icon"; fi
}

check_log () {
  if grep -q "undo in inconsistent state" "$work/gimp.log"; then fail "every undo group is ended"
  else pass "every undo group is ended"; fi
  if grep -E 'dot-refine.*(CRITICAL|catalog directory)' "$work/gimp.log"; then fail "GIMP has nothing to complain about"
  else pass "GIMP has nothing to complain about"; fi
}

check_links
gimp_home "$work" "$plugin"
export XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data HOME=$work
export DOT_TEST_RESULTS=$work/results DOT_TEST_FOLDER=$work
script_pairs "$XDG_DATA_HOME/dot-refine/models/gray" "$work/elsewhere/gray"
gimp_console "$here/checks.py" || fail "GIMP ran the checks"
if [ -f "$work/results" ]; then cat "$work/results"; fi
grep -q '^done' "$work/results" 2>/dev/null || fail "the checks ran to their end"
if grep -q '^FAILED' "$work/results" 2>/dev/null; then failed=1; fi
report_query
check_icon
check_log

if [ $failed != 0 ]; then
  echo "--- the end of GIMP's log:"
  tail -n 40 "$work/gimp.log"
fi
exit $failed
