#!/bin/sh
# gpu-report.sh: tries DOT Refine on this computer's GPU, without installing it, and writes dot-refine-gpu.txt here.
# It needs NVIDIA's driver, cuBLAS and cuDNN 9: the CUDA toolkit's, a Python torch package's, or those of
# "pip install nvidia-cublas nvidia-cudnn-cu13".
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)

# Where a Python's packages have them.
list_python_folders () {
  python3 -c '
import pathlib, site
for folder in site.getsitepackages() + [site.getusersitepackages()]:
    for library in sorted(pathlib.Path(folder).glob("nvidia/*/lib")):
        print(library)' 2>/dev/null || true
}

folders=$(list_python_folders | tr '\n' ':')
export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}/usr/local/cuda/lib64:$folders"
export DOT_REFINE_PEER="$here/bench/peer.py"
exec "$here/bin/dot-refine" doctor --gpu "$@"
