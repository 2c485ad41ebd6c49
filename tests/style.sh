#!/usr/bin/env bash
# style.sh SOURCE: fails where clang-format or black would change a file; ./dev format does.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail
cd "$1"

find backend ui plugin tests -name '*.[ch]' -o -name '*.cc' -o -name '*.cu' | sort |
  xargs clang-format --dry-run --Werror
find tests -name '*.py' | sort | xargs black --quiet --check ||
  { echo "black would change a file in tests/: run ./dev format."; exit 1; }
echo "clang-format and black change nothing."
