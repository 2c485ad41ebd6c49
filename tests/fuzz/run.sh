#!/usr/bin/env bash
# run.sh BUILD SECONDS [TARGET...]: fuzzes each reader for so long, under AddressSanitizer and
# UndefinedBehaviorSanitizer; what is found lands in BUILD/findings.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

source=$(cd "$(dirname "$0")/../.." && pwd)
build=$1 seconds=$2
shift 2
[ $# -gt 0 ] || set -- labels manifest npy npz png safetensors state torch-file

command -v clang >/dev/null || { echo "fuzz: clang and its runtime are missing: apt-get install clang libclang-rt-19-dev." >&2; exit 1; }
[ -f "$build/build.ninja" ] || CC=clang CXX=clang++ meson setup "$build" "$source" -Dplugin=disabled \
  -Dtorch=disabled -Dnative=disabled -Dcuda=disabled -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
ninja -C "$build" >/dev/null

for name; do
  mkdir -p "$build/corpus/$name" "$build/findings"
  echo "==> $name, $seconds s"
  "$build/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=3000 -print_final_stats=1 \
    -verbosity=0 -max_len=16384 -artifact_prefix="$build/findings/$name-" \
    "$build/corpus/$name" "$source/tests/fuzz/seeds/$name" 2>&1 | grep -vE '^(INFO|#)' || true
done
if ls "$build"/findings/* >/dev/null 2>&1; then echo "Found:" "$build"/findings/*; exit 1; fi
echo "Nothing found."
