# desktop.sh: an X server with a window manager, and a graphical GIMP on it; source it after gimp.sh.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

desktop_pids=()

# desktop_start WORK [SIZE]: starts an X server on a free display, and waits for it and for the window manager.
desktop_start () {
  local work=$1 size=${2:-1280x900} number
  rm -f "$work/display"
  Xvfb -displayfd 9 -screen 0 "${size}x24" -nolisten tcp 9>"$work/display" >/dev/null 2>&1 &
  desktop_pids+=($!)
  wait_for test -s "$work/display" || return 1
  number=$(cat "$work/display")
  export DISPLAY=:$number
  unset WAYLAND_DISPLAY
  openbox >/dev/null 2>&1 &
  desktop_pids+=($!)
  wait_for xdotool get_desktop
}

desktop_stop () {
  local pid
  for pid in "${desktop_pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  desktop_pids=()
}

# wait_for COMMAND...: tries for 30 seconds.
wait_for () {
  local try
  for try in {1..300}; do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  return 1
}

# gimp_desktop FILE: runs a Python file inside a graphical GIMP; GIMP's noise goes to desktop.log.
gimp_desktop () {
  gimp_python "$1"
  timeout ${DOT_TEST_SECONDS:-1300} dbus-run-session -- gimp --no-splash "${gimp_python_arguments[@]}" \
    >"$GIMP3_DIRECTORY/desktop.log" 2>&1 </dev/null
}
