#!/usr/bin/env bash
# xvfb.sh COMMAND...: a program that speaks TAP, on an X server of its own.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

command -v Xvfb >/dev/null || { echo "Bail out! Xvfb isn't installed: install it (Debian: xvfb)."; exit 1; }

work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
Xvfb -displayfd 9 -screen 0 1600x1200x24 -nolisten tcp 9>"$work/display" >/dev/null 2>&1 &
server=$!
for try in {1..300}; do
  [ -s "$work/display" ] && break
  sleep 0.1
done
[ -s "$work/display" ] || { echo "Bail out! Xvfb didn't start"; exit 1; }

unset WAYLAND_DISPLAY
export DISPLAY=:$(cat "$work/display") GDK_BACKEND=x11 GTK_THEME=Adwaita NO_AT_BRIDGE=1 HOME=$work
export XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data
"$@"
