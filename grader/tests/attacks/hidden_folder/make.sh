#!/bin/sh
set -eu
mkdir -p "$name/.mine"
cp "$starter/mlp.cpp" "$name/.mine/"
