#!/bin/sh
set -eu
mkdir -p "$name/labs"
ln -s "$solution" "$name/labs/02_mlp"
