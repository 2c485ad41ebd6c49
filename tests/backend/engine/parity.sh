#!/usr/bin/env bash
# parity.sh BUILD: prints how near each engine comes to the authors' own code, a line a pair, and
# in its last column how near gradients come to float64: the native engine's, and those of libtorch
# in float64, of which there are the authors' own numbers.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

build=$1
[ -d "$(dirname "$0")/../../../../shared/reference" ] || { echo "The reference values (../shared) are not beside the checkout." >&2; exit 1; }

table () {
  DOT_REFINE_TEST_ENGINE=$1 "$build/tests/test-engine-parity" --verbose | awk '
  # Messages come before the line of their test; numbers are in the fourth field of a trajectory.
  /^# image:/    { image = $3 }
  /^# score:/    { score = $3 }
  /^# gradient:/ { gradient = $3 }
  /^# k_eff:/    { k_eff = $3 }
  /^# gradient against float64:/ { exact = $5 }
  /^# .*_z: start/ { gsub(",", ""); one = $7 > one ? $7 : one; two = $10 > two ? $10 : two
                     if (last == "" || $12 < last) last = $12 }
  /^ok .*\/parity\/questions\//    { name = $3; sub(".*/", "", name); names[++n] = name
                                     row[name] = sprintf("%9s %9s %9s", image, score, gradient) }
  /^ok .*\/parity\/k-eff\//        { name = $3; sub(".*/", "", name); row[name] = row[name] sprintf(" %9s", k_eff) }
  /^ok .*\/parity\/trajectories\// { name = $3; sub(".*/", "", name)
                                     row[name] = row[name] sprintf(" %9s %9s %10s %%", one, two, last)
                                     one = two = 0; last = "" }
  /^ok .*\/parity\/double\// { name = $3; sub(".*/", "", name); row[name] = row[name] sprintf(" %9s", exact == "" ? gradient : exact)
                               exact = "" }
  /^not ok/ { failed = 1; print }
  END {
    printf "%-22s %9s %9s %9s %9s %9s %9s %12s %9s\n", "pair", "image", "score", "gradient", "k_eff", "z, step 1", "z, step 2", "near at 8", "float64"
    for (i = 1; i <= n; i++) printf "%-22s %s\n", names[i], row[names[i]]
    exit failed
  }'
}

for engine in native torch; do
  echo "$engine"
  table $engine
done
