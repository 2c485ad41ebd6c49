# bundle.sh: one archive to unpack and install, for every GIMP 3 of this kind of computer; sourced by ./dev.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

# What a system with GIMP 3 has under these names: GIMP's own libraries and what they are made of.
# All else that is linked goes into the archive, and what that links.
bundle_system='^(ld-linux.*|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|gimp.*|gegl.*|babl.*|(glib|gobject|gio|gmodule)-2\.0'
bundle_system+='|json-glib-1\.0|gtk-3|gdk-3|gdk_pixbuf-2\.0|atk-1\.0|pango.*|cairo.*|z|lzma|png16|crypto|archive))\.so'
# The GPU's are the driver's and the toolkit's, and larger than all else.
bundle_system+='|^lib(cuda|cudnn|cublas|cublasLt|cudart).*\.so'

bundle_version () { sed -n "s/^ *version: '\(.*\)',/\1/p" "$here/meson.build" | head -n 1; }

# bundle_compile cuda|: builds apart, with what goes into the archive only.
bundle_compile () {
  local cuda=disabled
  [ -z "$1" ] || cuda=enabled
  [ -f "$bundle_build/build.ninja" ] || meson setup "$bundle_build" "$here" -Dplugin=enabled -Dtorch=disabled \
    -Dnative=enabled -Dexport=enabled -Dmetrics=disabled -Ddownload=disabled -Dtests=disabled -Dcuda="$cuda"
  ninja -C "$bundle_build" plugin/dot-refine backend/cli/dot-refine dot-refine-gmo \
    $(cd "$bundle_build" && ninja -t targets all | sed -nE 's/^(backend\/modules\/[^/]*\.so|docs\/[^/]*\.html): .*/\1/p')
}

# Programs and modules find their libraries, models and translations by where they are themselves.
bundle_lay_out () {
  local tree=$1 cuda=$2 own
  mkdir -p "$tree/bin" "$tree/modules" "$tree/models" "$tree/plug-in" "$tree/help"
  cp "$bundle_build/plugin/dot-refine" "$tree/plug-in/"
  cp "$bundle_build/backend/cli/dot-refine" "$tree/bin/"
  cp "$bundle_build"/backend/modules/*.so "$tree/modules/"
  cp -r "$here/models/imagenet40-64" "$tree/models/"
  rm -r "$tree/models/imagenet40-64/training"
  cp -rL "$bundle_build/po" "$tree/locale"
  find "$tree/locale" -type f ! -name '*.mo' -delete
  cp -r "$here/plugin/icons" "$tree/icons"
  cp "$bundle_build"/docs/*.html "$tree/help/"
  for own in locale models; do ln -s "../$own" "$tree/bin/$own"; done
  for own in locale models icons help; do ln -s "../$own" "$tree/plug-in/$own"; done
  if [ -n "$cuda" ]; then
    # The plain pair, which PyTorch's script knows.
    cp -r "$here/models/imagenet10-64" "$tree/models/"
    rm -r "$tree/models/imagenet10-64/training"
    mkdir "$tree/bench"
    cp "$here"/tests/bench/peer*.py "$tree/bench/"
    cp "$here/packaging/bundle/gpu-report.sh" "$tree/"
  fi
  cp "$here/packaging/bundle/install.sh" "$here/packaging/bundle/uninstall.sh" "$here/LICENSE" "$here/COPYING.GPL-3" "$tree/"
}

bundle_needs () { objdump -p "$1" | sed -n 's/^ *NEEDED *//p'; }

# bundle_take MODULES FILE: copies what FILE needs and a system with GIMP hasn't, and what that needs.
bundle_take () {
  local modules=$1 file=$2 name found
  while read -r name; do
    if [[ $name =~ $bundle_system ]] || [ -e "$modules/$name" ]; then continue; fi
    found=$(ldd "$file" | awk -v name="$name" '$1 == name && $2 == "=>" { print $3 }')
    [ -f "$found" ] || { echo "There is no $name, which $file needs." >&2; return 1; }
    cp -L "$found" "$modules/$name"
    bundle_licence "$found" "$modules/../licences/${name%%.so*}.txt"
    bundle_take "$modules" "$found"
  done < <(bundle_needs "$file")
}

# What the package that a library comes from says of its terms.
bundle_licence () {
  local package
  package=$(dpkg -S "$(readlink -f "$1")" | head -n 1 | cut -d: -f1)
  mkdir -p "$(dirname "$2")"
  cp -L "/usr/share/doc/$package/copyright" "$2"
}

bundle_libraries () {
  local tree=$1 file
  for file in "$tree"/bin/dot-refine "$tree"/plug-in/dot-refine "$tree"/modules/dotrefine-*.so; do
    bundle_take "$tree/modules" "$file"
  done
  for file in "$tree"/modules/*.so*; do
    strip --strip-unneeded "$file"
    patchelf --set-rpath '$ORIGIN' "$file"
  done
  for file in "$tree"/bin/dot-refine "$tree"/plug-in/dot-refine; do
    strip "$file"
    patchelf --set-rpath '$ORIGIN/../modules' "$file"
  done
}

# The newest C library that anything of it asks for.
bundle_glibc () {
  find "$1" -type f \( -name '*.so*' -o -name dot-refine \) -exec objdump -T {} + |
    grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -n 1 | tr _ ' '
}

bundle_readme () {
  cat <<TEXT
DOT Refine $(bundle_version) for GIMP 3, on Linux of $(uname -m) with $(bundle_glibc "$1") or newer.

    ./install.sh      puts it into each GIMP 3 of yours; it needs no root
    ./uninstall.sh    takes it out again

Then start GIMP anew: Filters, Generate, DOT Refine.  The help is help/dialog.html; where the
filter doesn't show up, "bin/dot-refine doctor" says why.

The program is under the LGPL, version 3 or later (LICENSE, COPYING.GPL-3).  The libraries that go
with it, in modules/, have their own terms, which are in licences/.  The model's weights were
trained on ImageNet pictures, whose terms allow non-commercial research and education: use them for
that.
TEXT
}

bundle_pack () {
  local name=$1 cuda=$2 out=$here/out/bundle
  rm -rf "$out/$name"
  mkdir -p "$out/$name"
  bundle_lay_out "$out/$name" "$cuda"
  bundle_libraries "$out/$name"
  bundle_readme "$out/$name" >"$out/$name/README"
  tar -C "$out" --owner=0 --group=0 --sort=name -c "$name" | xz -9 -T1 >"$out/$name.tar.xz"
}

# bundle_inside [--cuda]
bundle_inside () {
  local cuda='' name
  case ${1:-} in
    --cuda) cuda=-cuda ;;
    '') ;;
    *) fail "./dev bundle knows --cuda, not $1." ;;
  esac
  command -v patchelf >/dev/null || step "Installing patchelf" apt_install patchelf
  bundle_build=$build-bundle$cuda
  name=dot-refine-$(bundle_version)-linux-$(uname -m)$cuda
  step "Building" bundle_compile "$cuda"
  step "Packing" bundle_pack "$name" "$cuda"
  say "$(du -h "$here/out/bundle/$name.tar.xz" | cut -f1)B: unpack it anywhere and run ./install.sh in it."
  echo "$here/out/bundle/$name.tar.xz"
}

# Named, so that each step has a log of its own; with the archive's name.
bundle_try_install () { in_fresh try bash bundle-try.sh install "$1"; }
bundle_try_trace () { in_fresh try bash bundle-try.sh trace "$1"; }
bundle_try_refine () { in_fresh try bash bundle-try.sh refine "$1"; }

# bundle_try_command ARCHIVE: in a fresh root, which has GIMP and nothing that building needs.
bundle_try_command () {
  local name
  [ -f "${1:-}" ] || fail "Give the archive that ./dev bundle made: ./dev bundle-try out/bundle/NAME.tar.xz"
  name=$(basename "$1")
  setup_clean_root
  fresh_roots "$(mktemp -d "$cache/fresh-XXXXXX")"
  cp "$1" "$here/packaging/bundle-try.sh" "$DOT_REFINE_FRESH/exchange/"
  step "Installing GIMP in a fresh $debian" bundle_try_install "$name"
  step "Installing and uninstalling" bundle_try_trace "$name"
  step "Refining in GIMP and on the command line" bundle_try_refine "$name"
  say "It installs, refines and uninstalls on $debian."
}
