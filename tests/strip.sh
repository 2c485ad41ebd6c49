#!/usr/bin/env bash
# Makes the README's strip: four candidates, each at updates 0, 4, 8, 12 and 16.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -euo pipefail

target=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

row () {
  dot-refine refine --class "$1" --seed "$2" --keep-every 4 --out "$folder/$2" >"$folder/table"
  montage "$folder/$2"/*.png -filter point -resize 128x128 -tile 5x1 -geometry +2+2 "$folder/row-$2.png"
}

row goldfish 10
row monarch 4
row "king penguin" 13
row seashore 3
convert "$folder/row-10.png" "$folder/row-4.png" "$folder/row-13.png" "$folder/row-3.png" -append \
  -define png:exclude-chunks=date,time "$target"
