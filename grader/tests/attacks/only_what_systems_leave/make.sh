#!/bin/sh
set -eu
mkdir -p "$name/__MACOSX"
cp "$starter/mlp.cpp" "$name/._mlp.cpp"
cp "$starter/mlp.cpp" "$name/__MACOSX/._mlp.cpp"
touch "$name/.DS_Store" "$name/Thumbs.db"
