#!/bin/sh
set -eu
mkdir "$name"
ln -s "$(dirname "$solution")" "$name/labs"
