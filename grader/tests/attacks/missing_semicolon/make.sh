#!/bin/sh
set -eu
mkdir "$name"
sed 's/^  Real sum = 0;$/  Real sum = 0/' "$solution/mlp.cpp" > "$name/mlp.cpp"
