#!/bin/sh
set -eu
mkdir "$name"
head -c 1048577 /dev/zero | tr '\0' ' ' > "$name/mlp.cpp"
