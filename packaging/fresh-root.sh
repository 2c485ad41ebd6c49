# fresh-root.sh: roots of Debian with nothing else in them, to build packages in and to try them in;
# sourced by ./dev, which knows where they are and what they are made of.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

# What all begin as, and is never changed; ./dev's own root has all that the project needs.
clean_root () { echo "$root-clean"; }

make_clean_root () {
  root=$(clean_root)
  make_root
  forbid_services
}

setup_clean_root () {
  [ "$(id -u)" = 0 ] || fail "A fresh $debian needs root: run this as root."
  need_space 8000
  need_debootstrap
  exec 9>"$(clean_root).lock"
  flock 9
  [ -d "$(clean_root)" ] || step "Making a clean $debian root, once (about 2 minutes)" make_clean_root
  exec 9>&-
}

# fresh_roots FOLDER: where what is done in fresh roots is kept; goes with the program.
fresh_roots () {
  export DOT_REFINE_FRESH=$1
  trap 'rm -rf "$DOT_REFINE_FRESH"' EXIT
  mkdir -p "$DOT_REFINE_FRESH/exchange"
}

# in_fresh NAME COMMAND...: runs COMMAND as root in the fresh root NAME, in /exchange, which all have in common.
in_fresh () {
  unshare --mount --pid --fork --kill-child --propagation private -- bash "$self" __fresh "$@"
}

# The clean root is below, and what changes comes to lie above it.
mount_fresh () {
  local above=$DOT_REFINE_FRESH/$1 dir
  mkdir -p "$above/changes" "$above/work" "$above/root"
  mount -t overlay overlay "$above/root" \
    -o "lowerdir=$(clean_root),upperdir=$above/changes,workdir=$above/work"
  mkdir -p "$above/root/exchange"
  mount --bind "$DOT_REFINE_FRESH/exchange" "$above/root/exchange"
  mount -t proc proc "$above/root/proc"
  for dir in /dev /sys; do mount --rbind "$dir" "$above/root$dir"; done
  cp /etc/resolv.conf "$above/root/etc/resolv.conf"
}

# Nothing of the person's environment but the way to the network and what building heeds.
enter_fresh () {
  local name=$1 variable kept=()
  shift
  mount_fresh "$name"
  for variable in http_proxy https_proxy no_proxy DEB_BUILD_OPTIONS DEB_BUILD_PROFILES; do
    if [ -n "${!variable:-}" ]; then kept+=("$variable=${!variable}"); fi
  done
  exec env -i "${kept[@]}" HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$DOT_REFINE_FRESH/$name/root" \
    /bin/bash -c 'cd /exchange && exec "$@"' fresh "$@"
}
