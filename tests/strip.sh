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

row goldfish 101
row monarch 100
row "king penguin" 106
row seashore 103
convert "$folder/row-101.png" "$folder/row-100.png" "$folder/row-106.png" "$folder/row-103.png" -append \
  -define png:exclude-chunks=date,time "$target"
