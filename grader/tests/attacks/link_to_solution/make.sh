#!/bin/sh
set -eu
ln -s "$solution" "$name"
