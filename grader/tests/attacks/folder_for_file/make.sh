#!/bin/sh
set -eu
mkdir -p "$name/mlp.cpp"
cp "$starter/mlp.cpp" "$name/mlp.cpp/mlp.cpp"
cp "$starter/mlp.cpp" "$name/mlp.cpp/other.cpp"
