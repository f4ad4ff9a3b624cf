#!/bin/sh
set -eu
mkdir "$name"
ln -s "$solution" "$name/02_mlp"
