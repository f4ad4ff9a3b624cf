#!/bin/sh
set -eu
mkdir "$name"
cp "$starter/mlp.cpp" "$name/"
printf '\0' >> "$name/mlp.cpp"
