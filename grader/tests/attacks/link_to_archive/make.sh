#!/bin/sh
set -eu
ln -s "$solution/mlp.cpp" "$name.zip"
