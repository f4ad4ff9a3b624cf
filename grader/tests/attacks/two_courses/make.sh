#!/bin/sh
set -eu
for course in mine theirs; do
  mkdir -p "$name/$course/labs/02_mlp"
  cp "$starter/mlp.cpp" "$name/$course/labs/02_mlp/"
done
