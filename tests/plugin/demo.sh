#!/usr/bin/env bash
# demo.sh OUTDIR: refines a goldfish in a real GIMP without a display and saves all of it in OUTDIR.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
plugin=${DOT_REFINE_PLUGIN:-$here/../../build/plugin}
. "$here/../support/gimp.sh"

fail () { echo "demo: $*" >&2; exit 1; }

[ $# = 1 ] || fail "Give the folder that gets the files: tests/plugin/demo.sh OUTDIR."
mkdir -p "$1" 2>/dev/null || fail "The folder $1 can't be made: choose one that is writable."
out=$(cd "$1" && pwd -P)
rm -f "$out"/*.png "$out"/demo.* || fail "The files of an earlier demo in $out can't be removed: make them writable."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gimp_home "$work" "$(cd "$plugin" && pwd -P)"

export DOT_DEMO_OUT=$out DOT_DEMO_REPORT=$work/report
echo "Refining a goldfish, seed 7, 16 updates, in $(gimp-console --version 2>/dev/null | head -n 1) …"
if ! gimp_console "$here/demo.py" || ! [ -f "$work/report" ]; then
  tail -n 15 "$work/gimp.log" >&2
  fail "$(cat "$work/problem" 2>/dev/null || echo "GIMP stopped; its last lines are above.")"
fi

for file in "$out/demo.xcf" "$out/demo.ora"; do
  [ -s "$file" ] || fail "GIMP didn't write $file: see whether the disk is full."
done
shopt -s nullglob
pictures=("$out"/*.png)
[ ${#pictures[@]} = 17 ] || fail "There are ${#pictures[@]} pictures in $out instead of 17: see whether the disk is full."

printf '%s\n' "$out/demo.xcf" "$out/demo.ora" "${pictures[@]}"
cat "$work/report"
