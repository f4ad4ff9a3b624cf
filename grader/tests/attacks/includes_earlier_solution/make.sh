#!/bin/sh
set -eu
mkdir "$name"
printf '#include "%s/01_tensors/tensors.cpp"\n' "$(dirname "$solution")" > "$name/mlp.cpp"
