#!/bin/sh
# run.sh SEEDS FUZZER NAME SECONDS: runs a fuzzer from its seeds, in a temporary folder. Its findings are printed in
# base64, so that they can be copied from a log.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" "$folder"
cd "$folder"
"$2" -max_total_time="$4" -max_len=16384 -timeout=60 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 "$folder/$3" &&
  exit 0
for finding in crash-* timeout-* oom-* leak-*; do
  [ ! -e "$finding" ] || { echo "$finding:" && base64 "$finding"; }
done
exit 1
