# deb.sh: Debian packages, built in a clean root and tried in a fresh one; sourced by ./dev.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

models_source=dot-refine-models-imagenet40

# The files of a clean tree, each ended by a zero byte: what git knows, also where it is changed.
list_clean_tree () {
  if git -C "$here" rev-parse --git-dir >/dev/null 2>&1; then
    git -C "$here" ls-files -z
  else
    (cd "$here" && find . -type f -not -path './build*' -not -path './out/*' -printf '%P\0')
  fi
}

# copy_clean_tree FOLDER GREP...: those files of it that grep with these arguments lets through.
copy_clean_tree () {
  local target=$1
  shift
  mkdir -p "$target"
  list_clean_tree | grep -z "$@" | tar -C "$here" --null -T - -c | tar -C "$target" -x
}

# The models have terms of their own, and so a source package of their own.
lay_out_sources () {
  local sources=$DOT_REFINE_FRESH/exchange/sources
  copy_clean_tree "$sources/dot-refine" -vE '^(models/imagenet[^/]*/|packaging/debian)'
  cp -r "$here/packaging/debian" "$sources/dot-refine/debian"
  copy_clean_tree "$sources/models" -E '^models/imagenet40-64/'
  mv "$sources/models/models" "$sources/$models_source"
  rmdir "$sources/models"
  cp -r "$here/packaging/debian-models" "$sources/$models_source/debian"
  cp "$here"/packaging/deb-*.sh "$DOT_REFINE_FRESH/exchange/"
}

keep_packages () {
  mkdir -p "$here/out/deb"
  rm -f "$here"/out/deb/*
  cp "$DOT_REFINE_FRESH"/exchange/packages/* "$here/out/deb/"
}

# Named, so that each step has a log of its own.
deb_prepare () { in_fresh build bash deb-build.sh prepare; }
deb_build () { in_fresh build bash deb-build.sh build; }
deb_piuparts () { in_fresh build bash deb-build.sh run_piuparts "$suite" "$mirror"; }
deb_lint () { in_fresh build bash deb-build.sh lint; }
deb_install () { in_fresh try bash deb-try.sh install; }
deb_demo () { in_fresh try bash deb-try.sh demo; }
deb_tests () { in_fresh try bash deb-try.sh tests; }
deb_purge () { in_fresh try bash deb-try.sh purge; }

# deb_command [--without-torch]
deb_command () {
  case ${1:-} in
    --without-torch) export DEB_BUILD_PROFILES=pkg.dot-refine.notorch ;;
    '') ;;
    *) fail "./dev deb knows --without-torch, not $1." ;;
  esac
  setup_clean_root
  fresh_roots "$(mktemp -d "$cache/fresh-XXXXXX")"
  lay_out_sources
  step "Installing what building needs" deb_prepare
  step "Building the packages in a clean $debian" deb_build
  keep_packages
  step "Checking them with lintian" deb_lint
  step "Installing them in a fresh $debian with GIMP" deb_install
  step "Running the demo from them" deb_demo
  step "Running their own tests" deb_tests
  step "Taking them out again" deb_purge
  step "Asking piuparts" deb_piuparts
  say "The packages are in $here/out/deb:"
  ls -1 "$here"/out/deb/*.deb
}
