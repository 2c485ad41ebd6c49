#!/usr/bin/env bash
# bench.sh [MODEL:BATCH…]: times dot-refine, for ./dev bench, which sets the environment.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
pair=${XDG_CACHE_HOME:-$HOME/.cache}/dot-refine/bench/random-128

command -v dot-refine >/dev/null || { echo "bench: dot-refine is not on the PATH: start this as ./dev bench." >&2; exit 1; }

if [ ! -f "$pair/discriminator.npz" ]; then
  echo "Making a random 128-pixel pair in $pair, once (about a minute)" >&2
  python3 "$here/make_random_pair.py" "$pair"
fi
exec python3 "$here/bench.py" "$pair" "$@"
