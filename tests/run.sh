#!/usr/bin/env bash
# Runs every test of the build in $1 (or the suites and tests named after it), then those without
# libtorch and GIMP again under AddressSanitizer and UndefinedBehaviorSanitizer.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -uo pipefail

build=$1
shift
source=$(cd "$(dirname "$0")/.." && pwd)
sanitized=$build/sanitized
failed=0

# The figures of all meson runs, for the closing line.
passed_sum=0 failed_sum=0 skipped_sum=0

# Newer versions of meson leave out what is 0.
count () { echo $(($(sed -nE "s/^$1: +([0-9]+) *$/\1/p" "$2" | tail -n 1) + 0)); }

run_tests () {
  local log
  log=$(mktemp)
  meson test "$@" --no-rebuild --print-errorlogs 2>&1 | tee "$log"
  [ "${PIPESTATUS[0]}" = 0 ] || failed=1
  passed_sum=$((passed_sum + $(count Ok "$log")))
  failed_sum=$((failed_sum + $(count Fail "$log") + $(count Timeout "$log")))
  skipped_sum=$((skipped_sum + $(count Skipped "$log")))
  rm -f "$log"
}

build_sanitized () {
  [ -f "$sanitized/build.ninja" ] || meson setup "$sanitized" "$source" -Dplugin=disabled \
    -Dtorch=disabled -Dcuda=disabled -Db_sanitize=address,undefined -Db_lundef=false
  ninja -C "$sanitized"
}

if [ $# -gt 0 ]; then
  # A suite is named as itself, a test by its name.
  if meson introspect --tests "$build" | grep -q "\"dot-refine:$1\""; then run_tests -C "$build" --suite "$1"
  else run_tests -C "$build" "$@"; fi
else
  echo "==> All tests"
  [ -d "$source/../shared" ] || echo "    The reference values (../shared) are absent: tests that need them skip."
  command -v nvcc >/dev/null || echo "    No CUDA toolkit: what needs it is not compiled."
  [ -e /dev/nvidia0 ] || echo "    No GPU: what needs one skips."
  run_tests -C "$build"

  echo "==> What needs nothing under AddressSanitizer and UndefinedBehaviorSanitizer"
  if build_sanitized >"$build/sanitized.log" 2>&1; then
    export ASAN_OPTIONS=detect_leaks=1:log_path=$build/sanitized/report
    export LSAN_OPTIONS=suppressions=$source/tests/support/leaks.supp:print_suppressions=0
    export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:log_path=$build/sanitized/report
    rm -f "$build"/sanitized/report.*
    run_tests -C "$sanitized" --suite plain
    cat "$build"/sanitized/report.* 2>/dev/null && failed=1
  else
    tail -n 30 "$build/sanitized.log"
    failed=1
  fi
fi

echo "$passed_sum passed, $failed_sum failed, $skipped_sum skipped"
exit "$failed"
