#!/bin/sh
set -eu
mkdir "$name"
for line in 40 80 120; do
  printf '#line %s "%s/mlp.cpp"\nint shown%s = not_declared_%s;\n' "$line" "$solution" "$line" "$line"
done > "$name/mlp.cpp"
