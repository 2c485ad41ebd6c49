#!/usr/bin/env bash
# bench.sh [peer [CASE…] | OPTION…]: times dot-refine, for ./dev bench, which sets the environment.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

command -v dot-refine >/dev/null || { echo "bench: dot-refine is not on the PATH: start this as ./dev bench." >&2; exit 1; }

# The random pairs that compare.py has made.
DOT_REFINE_MODELS=${XDG_CACHE_HOME:-$HOME/.cache}/dot-refine/real-size/models:${DOT_REFINE_MODELS:-}
export DOT_REFINE_MODELS

if [ "${1:-}" = peer ]; then
  shift
  exec python3 "$here/compare.py" "$@"
elif [ $# -gt 0 ]; then
  exec dot-refine bench "$@"
fi

dot-refine bench
echo
exec dot-refine bench --model random-128 --updates 10
