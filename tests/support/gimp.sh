# gimp.sh: a GIMP of its own for a test or a demo.  Source it, then call gimp_home.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

# need TOOL...: fails where one isn't installed.  What is built for GIMP is to be tested in it.
need () {
  local tool missing=
  for tool; do
    command -v "$tool" >/dev/null || { echo "FAILED  $tool isn't installed: install it."; missing=yes; }
  done
  [ -z "$missing" ] || exit 1
}

# gimp_home DIR PLUGIN_DIR: makes a GIMP settings folder in DIR that holds the plug-in of PLUGIN_DIR
# and nothing of the person's own, and that asks no questions at start.
gimp_home () {
  local home=$1 plugin=$2 version
  # GIMP greets who comes from another version.
  version=$(gimp-console --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1) || true
  mkdir -p "$home/plug-ins/dot-refine"
  ln -sfn "$plugin/locale" "$home/plug-ins/dot-refine/locale"
  gimp_wrapper "$home" "$plugin" >"$home/plug-ins/dot-refine/dot-refine"
  chmod +x "$home/plug-ins/dot-refine/dot-refine"
  cat >"$home/gimprc" <<RC
(config-version "$version")
(show-welcome-dialog no)
(check-updates no)
(save-session-info no)
RC
  export GIMP3_DIRECTORY=$home
  unset GIMP3_SYSCONFDIR
}

# The plug-in as GIMP sees it: notes how long a query takes, and runs with what the file "environment"
# beside the settings says, so that a test can take the backend away.
gimp_wrapper () {
  cat <<WRAPPER
#!/usr/bin/env bash
if [ "\$5" = -query ]; then
  start=\$EPOCHREALTIME
  "$2/dot-refine" "\$@"
  echo "\$start \$EPOCHREALTIME" >>"$1/query-times"
  exit
fi
if [ -f "$1/environment" ]; then . "$1/environment"; fi
exec "$2/dot-refine" "\$@"
WRAPPER
}

# gimp_python FILE: the arguments that make GIMP run a Python file.
gimp_python () {
  gimp_python_arguments=(--batch-interpreter=python-fu-eval
    -b "exec(compile(open('$1').read(), '$1', 'exec'))" --quit)
}

# gimp_console FILE: runs a Python file inside a GIMP without a display; GIMP's noise goes to gimp.log.
gimp_console () {
  gimp_python "$1"
  env -u DISPLAY -u WAYLAND_DISPLAY gimp-console -idfs "${gimp_python_arguments[@]}" \
    >"$GIMP3_DIRECTORY/gimp.log" 2>&1 </dev/null
}

# script_pairs FOLDER...: a small gray pair that is TorchScript, in each folder; none where Python has no PyTorch.
script_pairs () {
  python3 -c 'import torch' 2>/dev/null || return 0
  PYTHONDONTWRITEBYTECODE=1 python3 "$(dirname "${BASH_SOURCE[0]}")/script_pair.py" "$@"
}
