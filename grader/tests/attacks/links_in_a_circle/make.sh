#!/bin/sh
set -eu
mkdir "$name"
ln -s mlp.cpp "$name/mlp.cpp"
ln -s . "$name/again"
